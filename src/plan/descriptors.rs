//! Where descriptors come from, planned: files are read here, the cache's place is found here.

use std::borrow::Cow;
use std::path::PathBuf;

use crate::cli::descriptors::DescriptorCache;
use crate::cli::descriptors::DescriptorFlags;
use crate::describe::NotDescribed;
use crate::describe::cache::Entry;
use crate::describe::given::Given;
use crate::describe::proto_files;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::files;
use crate::plan::profile::Profile;
use crate::plan::usage;

/// Where descriptors come from, and what becomes of them.
#[derive(Debug)]
pub struct Descriptors {
    protosets: Given,
    protos: Vec<PathBuf>,
    import_paths: Vec<PathBuf>,
    /// The server is asked: for everything, or for what the files lack.
    pub reflection: bool,
    pub out: Option<PathBuf>,
    pub cache: Option<Entry>,
}

impl Descriptors {
    /// Those that the program itself has: the server is not contacted for them.
    pub(crate) fn built_in(given: Given) -> Self {
        Self {
            protosets: given,
            protos: Vec::new(),
            import_paths: Vec::new(),
            reflection: false,
            out: None,
            cache: None,
        }
    }

    /// All files given, sources compiled. Sets count before sources.
    ///
    /// # Errors
    /// When a source does not compile.
    pub fn given(&self) -> Result<Given, NotDescribed> {
        let mut given = self.protosets.clone();
        if !self.protos.is_empty() {
            let compiled = proto_files::compile(&self.protos, &self.import_paths)?;
            given.sets.push(compiled);
            given.paths.extend(self.protos.iter().cloned());
        }
        Ok(given)
    }
}

/// The flags, or where they name no files, those of the profile.
pub(crate) fn or_of<'a>(
    flags: &'a DescriptorFlags,
    profile: Option<&Profile>,
) -> Cow<'a, DescriptorFlags> {
    let files = profile.map(|profile| &profile.schema);
    match files.filter(|files| !files.protosets.is_empty() || !files.protos.is_empty()) {
        Some(files) if !has_files(flags) && !flags.no_reflection => Cow::Owned(DescriptorFlags {
            protoset: files.protosets.clone(),
            proto: files.protos.clone(),
            import_path: files.import_paths.clone(),
            ..flags.clone()
        }),
        _ => Cow::Borrowed(flags),
    }
}

/// Whether the flags name files and nothing else is to be asked.
pub(crate) fn files_say_all(flags: &DescriptorFlags) -> bool {
    has_files(flags) && !flags.use_reflection
}

/// Whether the flags name files.
pub(crate) fn has_files(flags: &DescriptorFlags) -> bool {
    !flags.protoset.is_empty() || !flags.proto.is_empty()
}

/// Plans from the flags; `key`: what the cache knows the descriptors by.
pub(crate) fn plan(flags: &DescriptorFlags, key: &[&str]) -> Planned<Descriptors> {
    if flags.no_reflection && !has_files(flags) {
        return Err(usage(
            "--no-reflection leaves nothing that could describe the service",
            "name descriptors with --protoset FILE or --proto FILE",
        ));
    }
    if flags.descriptor_cache == DescriptorCache::On && (flags.no_reflection || has_files(flags)) {
        return Err(usage(
            "--descriptor-cache on keeps what reflection gives, and files are given or reflection is off",
            "remove --descriptor-cache on, or --protoset, --proto and --no-reflection",
        ));
    }
    let mut protosets = Given::default();
    for path in &flags.protoset {
        protosets.sets.push(files::read("--protoset", path)?.into());
        protosets.paths.push(path.clone());
    }
    let cache = match flags.descriptor_cache {
        DescriptorCache::Off => None,
        DescriptorCache::On => Some(Entry::new(&cache_directory()?, key)),
    };
    Ok(Descriptors {
        protosets,
        protos: flags.proto.clone(),
        import_paths: flags.import_path.clone(),
        reflection: !files_say_all(flags),
        out: flags.protoset_out.clone(),
        cache,
    })
}

/// `$XDG_CACHE_HOME/grpcauth/descriptors`, or `~/.cache/…`.
pub(super) fn cache_directory() -> Planned<PathBuf> {
    let directory = environment::cache_directory().map_err(|error| {
        usage(
            format!("--descriptor-cache on: no cache directory can be found: {error}"),
            "set HOME or XDG_CACHE_HOME, or leave the cache off",
        )
    })?;
    Ok(directory.join("descriptors"))
}
