//! Descriptors that the user gave in files. Of two files of one name the one given first counts.

use std::path::PathBuf;

use bytes::Bytes;

use crate::describe::described::NotDescribed;
use crate::describe::described::Source;
use crate::describe::descriptor_set::LazySet;
use crate::describe::flaw::Flaw;
use crate::describe::outline::Outline;

/// Sets of descriptors, each beside the file that it came from.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The files as the user named them; none for what is built in.
    pub paths: Vec<PathBuf>,
    /// Serialized `FileDescriptorSet`s, in the order of precedence.
    pub sets: Vec<Bytes>,
    /// Comes from the cache, not from the user.
    pub cached: bool,
}

impl Given {
    /// One file's set.
    pub fn one(path: PathBuf, set: Bytes) -> Self {
        Self {
            paths: vec![path],
            sets: vec![set],
            cached: false,
        }
    }

    /// A set of the program itself.
    pub(super) fn built_in(set: Bytes) -> Self {
        Self {
            paths: Vec::new(),
            sets: vec![set],
            cached: false,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// All files of all sets.
    ///
    /// # Errors
    /// When one of them is no set, or contradicts itself.
    pub fn scan(&self) -> Result<LazySet<'_>, NotDescribed> {
        let mut all = LazySet::default();
        for (index, set) in self.sets.iter().enumerate() {
            all.add_set(set)
                .map_err(|flaw| self.bad_file(index, &flaw))?;
        }
        Ok(all)
    }

    /// What is wrong with the set numbered `index`, or with all of them together.
    pub(super) fn bad_file(&self, index: usize, flaw: &Flaw) -> NotDescribed {
        if let Flaw::Unsupported { what } = flaw {
            return NotDescribed::Unsupported {
                what: what.clone(),
                instead: None,
            };
        }
        let path = self.paths.get(index).or(self.paths.first());
        NotDescribed::BadFile {
            path: path.cloned().unwrap_or_default(),
            what: flaw.to_string(),
        }
    }

    pub(super) fn source(&self) -> Source {
        match self.paths.first() {
            Some(path) if self.cached => Source::Cache(path.clone()),
            None => Source::BuiltIn,
            _ => Source::Files(self.paths.clone()),
        }
    }

    /// The files' bytes, shared with the sets where they lie in one.
    pub(super) fn share(&self, files: &[Outline<'_>]) -> Vec<Bytes> {
        let share = |file: &Outline<'_>| {
            let within = |set: &&Bytes| set.as_ptr_range().contains(&file.bytes.as_ptr());
            match self.sets.iter().find(within) {
                Some(set) => set.slice_ref(file.bytes),
                None => Bytes::copy_from_slice(file.bytes),
            }
        };
        files.iter().map(share).collect()
    }
}

/// A `FileDescriptorSet` of these serialized files, as they are.
pub(crate) fn set_of(files: &[Bytes]) -> Vec<u8> {
    let mut set = Vec::with_capacity(files.iter().map(|file| file.len() + 8).sum());
    for file in files {
        crate::describe::wire::put_bytes(1, file, &mut set);
    }
    set
}
