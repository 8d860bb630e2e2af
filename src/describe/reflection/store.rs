//! The files that a server has sent.

use std::collections::HashMap;
use std::collections::HashSet;
use std::collections::hash_map::Entry;

use bytes::Bytes;

use crate::describe::described::NotDescribed;
use crate::describe::descriptor_set::LazySet;
use crate::describe::flaw::Flaw;
use crate::describe::flaw::quote;
use crate::describe::given::Given;
use crate::describe::outline::Outline;
use crate::describe::reflection::messages::Question;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::well_known;

/// Files of one description.
const MAX_FILES: usize = 10_000;

/// Files by name, each once.
#[derive(Debug, Default)]
pub(super) struct Store {
    files: HashMap<String, Bytes>,
    /// The names of those that the user gave: the server's of the same name count for nothing.
    given: HashSet<String>,
}

impl Store {
    /// A store that holds what the user gave.
    ///
    /// # Errors
    /// When that cannot be read.
    pub(super) fn with(given: &Given) -> Result<Self, NotDescribed> {
        let mut store = Self::default();
        let set = given.scan()?;
        for (outline, bytes) in set.files().iter().zip(given.share(set.files())) {
            store.given.insert(outline.name.to_owned());
            store.files.insert(outline.name.to_owned(), bytes);
        }
        Ok(store)
    }

    /// The bytes of these files, shared with the store where it has them.
    pub(super) fn share(&self, files: &[Outline<'_>]) -> Vec<Bytes> {
        files
            .iter()
            .map(|file| match self.files.get(file.name) {
                Some(held) => held.clone(),
                None => Bytes::copy_from_slice(file.bytes),
            })
            .collect()
    }

    /// Adds what one reply brought; returns the names, in its order.
    ///
    /// # Errors
    /// When a file is malformed or unnamed, differs from one of its name, or there are too many.
    pub(super) fn add(&mut self, files: Vec<Bytes>) -> Result<Vec<String>, NotDescribed> {
        let mut names = Vec::with_capacity(files.len());
        for file in files {
            let name = name_of(&file).map_err(flawed)?;
            match self.files.entry(name.clone()) {
                Entry::Occupied(_) if self.given.contains(&name) => {}
                Entry::Occupied(held) if *held.get() == file => {}
                Entry::Occupied(_) => return Err(flawed(Flaw::Conflict { file: name })),
                Entry::Vacant(vacant) => {
                    vacant.insert(file);
                }
            }
            names.push(name);
        }
        if self.files.len() - self.given.len() > MAX_FILES {
            return Err(broken(format!("it sends more than {MAX_FILES} files")));
        }
        Ok(names)
    }

    /// The full names of the services in it.
    pub(super) fn services(&self) -> Result<Vec<String>, NotDescribed> {
        let set = self.set()?;
        Ok(set.services().map(|service| service.full_name()).collect())
    }

    /// All files, in the order of their names.
    pub(super) fn set(&self) -> Result<LazySet<'_>, NotDescribed> {
        let mut files: Vec<_> = self.files.iter().collect();
        files.sort_unstable_by_key(|(name, _)| name.as_str());
        let mut set = LazySet::default();
        for (_, file) in files {
            set.add(file).map_err(flawed)?;
        }
        Ok(set)
    }

    /// Fetches what the files `roots` import and what that imports, one flight for each level.
    /// Well-known files are not asked for: we have them.
    pub(super) async fn complete(
        &mut self,
        session: &mut Session,
        roots: &[String],
    ) -> Result<(), NotDescribed> {
        let mut wanted = Wanted::default();
        for root in roots {
            wanted.add(root, "");
        }
        loop {
            self.look_up(&mut wanted)?;
            if wanted.missing.is_empty() {
                return Ok(());
            }
            let questions: Vec<_> = wanted
                .missing
                .iter()
                .map(|(name, _)| Question::File(name.clone()))
                .collect();
            let replies = session.ask(&questions).await?;
            for ((import, importer), reply) in wanted.missing.drain(..).zip(replies) {
                self.take_import(&import, &importer, reply)?;
                wanted.open.push(import);
            }
        }
    }

    /// Follows imports through the files that are here, to those that are not.
    fn look_up(&self, wanted: &mut Wanted) -> Result<(), NotDescribed> {
        while let Some(name) = wanted.open.pop() {
            match self.files.get(&name) {
                Some(file) => {
                    let outline = outline_of(file).map_err(flawed)?;
                    for import in outline.dependencies {
                        wanted.add(import, &name);
                    }
                }
                None if well_known::file(&name).is_some() => {}
                None => {
                    let importer = wanted.seen.get(&name).cloned().unwrap_or_default();
                    wanted.missing.push((name, importer));
                }
            }
        }
        if self.files.len() - self.given.len() + wanted.missing.len() > MAX_FILES {
            return Err(broken(format!("it names more than {MAX_FILES} files")));
        }
        Ok(())
    }

    fn take_import(
        &mut self,
        import: &str,
        importer: &str,
        reply: Reply,
    ) -> Result<(), NotDescribed> {
        let names = match reply {
            Reply::Files(files) => self.add(files)?,
            Reply::Services(_) => return Err(odd_reply(import)),
            Reply::Error { message, .. } => {
                let missing = Flaw::Missing {
                    import: import.to_owned(),
                    importer: importer.to_owned(),
                };
                return Err(broken(format!(
                    "{missing} (the server says: {})",
                    message.quoted(200)
                )));
            }
        };
        if self.files.contains_key(import) {
            return Ok(());
        }
        let sent = names
            .first()
            .map_or_else(|| "nothing".to_owned(), |name| quote(name));
        Err(broken(format!(
            "asked for {}, it sends {sent}",
            quote(import)
        )))
    }
}

/// Where the walk through the imports stands.
#[derive(Default)]
struct Wanted {
    /// Each name met, and who imported it first.
    seen: HashMap<String, String>,
    open: Vec<String>,
    missing: Vec<(String, String)>,
}

impl Wanted {
    fn add(&mut self, name: &str, importer: &str) {
        if !self.seen.contains_key(name) {
            self.seen.insert(name.to_owned(), importer.to_owned());
            self.open.push(name.to_owned());
        }
    }
}

fn outline_of(file: &Bytes) -> Result<Outline<'_>, Flaw> {
    Outline::scan(file).map_err(|error| Flaw::Malformed {
        place: "a file".to_owned(),
        why: error.to_string(),
    })
}

fn name_of(file: &Bytes) -> Result<String, Flaw> {
    let name = outline_of(file)?.name;
    if name.is_empty() {
        return Err(Flaw::Unnamed);
    }
    Ok(name.to_owned())
}

/// Names that were found in files, each once, in their order.
pub(super) fn distinct(names: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    names
        .into_iter()
        .filter(|name| seen.insert(name.clone()))
        .collect()
}

pub(super) fn flawed(flaw: Flaw) -> NotDescribed {
    match flaw {
        Flaw::Unsupported { what } => NotDescribed::Unsupported {
            what,
            instead: None,
        },
        flaw => broken(flaw.to_string()),
    }
}

/// The reply answers another question.
pub(super) fn odd_reply(asked: &str) -> NotDescribed {
    broken(format!(
        "asked for {}, it answers another question",
        quote(asked)
    ))
}
