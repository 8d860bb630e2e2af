//! A suite, planned: its file and what it refers to are read, its identities are those of profiles.

use std::path::Path;
use std::path::PathBuf;

use toml::de::DeTable;

use crate::cli::profile::ProfileFlags;
use crate::evidence::Evidence;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::identity::channel::TlsSpec;
use crate::plan::Planned;
use crate::plan::document::Document;
use crate::plan::environment;
use crate::plan::files;
use crate::plan::hosts::Hosts;
use crate::plan::identities::Identities;
use crate::plan::identities::Identity;
use crate::plan::profile::Profile;
use crate::plan::profile::SchemaFiles;
use crate::plan::usage;
use crate::suite::Suite;
use crate::suite::document::CallPolicyWord;
use crate::suite::document::schema_source::SchemaSource;
use crate::suite::model::Sends;
use crate::suite::resolve;
use crate::suite::source::Complaint;
use crate::suite::source::Fault;
use crate::suite::source::Source;
use crate::suite::variables;
use crate::suite::variables::Surroundings;
use crate::target;
use crate::text::escape;
use crate::verdict;
use crate::verdict::Expectation;

/// The keys that an identity has in a suite and not in a profile.
const SUITE_KEYS: &[&str] = &["control", "owns", "expect"];

/// A suite that was read.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// As it was named.
    pub file: String,
    pub source: Source,
    pub suite: Suite,
    /// By the suite's identities.
    identities: Vec<Identity>,
}

/// Reads a suite. Nothing of what its identities refer to is read yet.
pub(crate) fn load(path: &Path, given: &[(String, String)]) -> Result<Loaded, Complaint> {
    let bytes = files::read("FILE", path).map_err(|refusal| unreadable(path, &refusal))?;
    let text = String::from_utf8(bytes).map_err(|_| Complaint {
        place: path.display().to_string(),
        what: "not text in UTF-8".to_owned(),
        hint: "a suite is TOML or JSON".to_owned(),
        excerpt: Vec::new(),
    })?;
    let source = Source::new(path, text);
    let (suite, identities) = read(&source, given)?;
    let loaded = Loaded {
        file: path.display().to_string(),
        source,
        suite,
        identities,
    };
    for identity in 0..loaded.suite.identities.len() {
        let profile = loaded.profile(0, identity);
        profile
            .guard_programs(path)
            .map_err(|refusal| complaint(&refusal))?;
    }
    Ok(loaded)
}

fn read(source: &Source, given: &[(String, String)]) -> Result<(Suite, Vec<Identity>), Complaint> {
    let surroundings = Surroundings {
        given,
        environment: &|name| match environment::text(name) {
            Some(value) if !value.is_empty() => Ok(value),
            Some(_) => Err(format!("the variable {} is empty", escape(name))),
            None => Err(format!("the variable {} is not set", escape(name))),
        },
        file: &|path| {
            let path = source.beside(path);
            std::fs::read_to_string(&path)
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))
        },
    };
    let at = |fault: Fault| source.complaint(&fault);
    let mut tables = source.parse().map_err(at)?;
    variables::expand(&mut tables, &surroundings).map_err(at)?;
    let written = identities(source, &tables);
    let name = source
        .path()
        .file_name()
        .unwrap_or_default()
        .to_string_lossy();
    let name = name.strip_suffix(".auth.toml").unwrap_or(&name);
    let document = source.document(tables).map_err(at)?;
    let mut suite = resolve::suite(document, name).map_err(at)?;
    let written = written.map_err(|refusal| complaint(&refusal))?;
    let mut identities = Vec::with_capacity(suite.identities.len());
    for identity in &mut suite.identities {
        let found = written.iter().find(|(name, _)| *name == identity.name);
        let own = found.map(|(_, own)| own.clone()).unwrap_or_default();
        identity.sends = Sends {
            call_credential: !own.auth.is_empty(),
            certificate: own.tls.client.is_some(),
        };
        identities.push(own);
    }
    Ok((suite, identities))
}

/// `auth` and `tls` of each identity, as a profile has them.
fn identities(source: &Source, tables: &DeTable<'_>) -> Planned<Vec<(String, Identity)>> {
    let document = Document::new(source.path(), source.text().to_owned());
    let all = Identities::of(document.table(tables), SUITE_KEYS)?.all()?;
    let all = all.into_iter();
    Ok(all.map(|(name, own)| (name.to_owned(), own)).collect())
}

/// The suite of a target without a file: nobody may reach anything without a credential.
pub(crate) fn of_target(
    address: &str,
    call: CallPolicyWord,
    public: &[String],
) -> Result<Loaded, Complaint> {
    let source = Source::new(Path::new(address), String::new());
    let refused = |fault: Fault| Complaint {
        place: String::new(),
        what: fault.what,
        hint: fault.hint,
        excerpt: Vec::new(),
    };
    Ok(Loaded {
        file: address.to_owned(),
        source,
        suite: Suite::of_target(address, call, public).map_err(refused)?,
        identities: vec![Identity::default()],
    })
}

impl Loaded {
    /// Whether it is that of a target alone.
    pub(crate) fn is_without_file(&self) -> bool {
        self.source.text().is_empty()
    }

    /// A target, and who calls it: what a profile is.
    pub(crate) fn profile(&self, target: usize, identity: usize) -> Profile {
        let (of, own) = (
            &self.suite.targets[target],
            &self.suite.identities[identity],
        );
        let beside = |file: &String| self.source.beside(file);
        let tls = TlsSpec {
            ca: of.ca.iter().map(beside).collect(),
            server_name: of.server_name.clone(),
            ..TlsSpec::default()
        };
        let identity = &self.identities[identity];
        let address = target::Target::parse(&of.address);
        let hosts = address.map(|address| Hosts::of_target(&address, false));
        Profile {
            name: own.name.clone(),
            place: format!("{}:{}", self.file, self.source.line(&own.at)),
            hosts: hosts.unwrap_or_default(),
            channel: ChannelSpec {
                target: Some(of.address.value.clone()),
                authority: of.authority.clone(),
                tls: identity.tls.clone().over(&tls),
                ..ChannelSpec::default()
            },
            caller: CallerSpec {
                credentials: identity.auth.clone(),
                ..CallerSpec::default()
            },
            schema: self.schema_files(target),
        }
    }

    /// The files that describe a target's methods.
    fn schema_files(&self, target: usize) -> SchemaFiles {
        let beside = |files: &[String]| -> Vec<PathBuf> {
            files.iter().map(|file| self.source.beside(file)).collect()
        };
        match &self.suite.targets[target].schema {
            SchemaSource::Reflection => SchemaFiles::default(),
            SchemaSource::Files(files) => SchemaFiles {
                protosets: beside(&files.protoset.0),
                protos: beside(&files.proto.0),
                import_paths: match files.include.0.is_empty() {
                    true => beside(&[".".to_owned()]),
                    false => beside(&files.include.0),
                },
            },
        }
    }

    /// What a refusal of a credential or certificate says, at its identity.
    pub(crate) fn complain(&self, identity: usize, refusal: &Refusal) -> Complaint {
        let own = &self.suite.identities[identity];
        let said = complaint(refusal);
        let what = format!("{}: {}", own.name, said.what);
        self.source.complaint(&Fault::new(&own.at, what, said.hint))
    }
}

/// The profile that `--suite FILE --as IDENTITY` means.
pub(super) fn profile_of(file: &Path, flags: &ProfileFlags) -> Planned<Profile> {
    let loaded =
        load(file, &flags.var).map_err(|complaint| usage(complaint.to_string(), complaint.hint))?;
    let suite = &loaded.suite;
    let targets: Vec<&str> = suite
        .targets
        .iter()
        .map(|target| target.name.as_str())
        .collect();
    let target = match &flags.suite_target {
        None if targets.len() == 1 => 0,
        None => {
            return Err(usage(
                format!("{} has several targets", loaded.file),
                format!("name one with --suite-target: {}", targets.join(", ")),
            ));
        }
        Some(name) => position(name, &targets, "--suite-target", &loaded.file)?,
    };
    let identities: Vec<&str> = suite
        .identities
        .iter()
        .map(|own| own.name.as_str())
        .collect();
    let name = flags.identity.as_deref().unwrap_or_default();
    let identity = position(name, &identities, "--as", &loaded.file)?;
    Ok(loaded.profile(target, identity))
}

fn position(name: &str, known: &[&str], flag: &str, file: &str) -> Planned<usize> {
    let found = known.iter().position(|known| *known == name);
    found.ok_or_else(|| {
        let what = format!("{flag} {}: {file} has none of this name", escape(name));
        let near = crate::text::did_you_mean(name, known.iter().copied());
        match near {
            Some(near) => usage(what, format!("did you mean `{near}`?")),
            None => usage(what, format!("known: {}", known.join(", "))),
        }
    })
}

/// A refusal in the words of its diagnosis.
pub(crate) fn complaint(refusal: &Refusal) -> Complaint {
    if let Refusal::Usage { what, hint } = refusal {
        return Complaint {
            place: String::new(),
            what: what.clone(),
            hint: hint.clone(),
            excerpt: Vec::new(),
        };
    }
    let mut evidence = Evidence::of_nothing(time::OffsetDateTime::UNIX_EPOCH);
    evidence.refusal = Some(refusal.clone());
    let diagnosis = verdict::judge(&Expectation::default(), &evidence).diagnosis;
    let (what, hint) = diagnosis.map_or_else(
        || ("it was refused".to_owned(), String::new()),
        |finding| (finding.cause, finding.hint),
    );
    Complaint {
        place: String::new(),
        what,
        hint,
        excerpt: Vec::new(),
    }
}

fn unreadable(path: &Path, refusal: &Refusal) -> Complaint {
    let what = match refusal {
        Refusal::File {
            fault: FileProblem::NotFound,
            ..
        } => "no such file".to_owned(),
        Refusal::File {
            fault: FileProblem::Unreadable(why),
            ..
        } => format!("cannot be read: {why}"),
        other => complaint(other).what,
    };
    Complaint {
        place: path.display().to_string(),
        what,
        hint: "name a suite, *.auth.toml; a server is checked with --anonymous".to_owned(),
        excerpt: Vec::new(),
    }
}
