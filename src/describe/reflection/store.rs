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
use crate::describe::outline::NAME;
use crate::describe::outline::Outline;
use crate::describe::reflection::messages::Question;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::session::Session;
use crate::describe::reflection::session::broken;
use crate::describe::well_known;
use crate::describe::wire::put_bytes;

/// Files of one description.
const MAX_FILES: usize = 10_000;

/// Files by name, each once.
#[derive(Debug, Default)]
pub(super) struct Store {
    files: HashMap<String, Bytes>,
    /// The names of those that the user gave: the server's of the same name count for nothing.
    given: HashSet<String>,
    /// Files of the server whose names others of it have too, with other content.
    others: Vec<Bytes>,
    /// Imports that the server does not have, with what it says of them, escaped.
    denials: HashMap<String, String>,
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
            .map(|file| {
                let held = self.files.get(file.name).into_iter().chain(&self.others);
                let is_file = |held: &&Bytes| held.as_ptr() == file.bytes.as_ptr();
                match held.into_iter().find(is_file) {
                    Some(held) => held.clone(),
                    None => Bytes::copy_from_slice(file.bytes),
                }
            })
            .collect()
    }

    /// Adds what one reply brought; returns the names, in its order.
    ///
    /// # Errors
    /// When a file is malformed or unnamed, or there are too many.
    pub(super) fn add(&mut self, files: Vec<Bytes>) -> Result<Vec<String>, NotDescribed> {
        let mut names = Vec::with_capacity(files.len());
        for file in files {
            let name = name_of(&file).map_err(flawed)?;
            match self.files.entry(name.clone()) {
                Entry::Occupied(_) if self.given.contains(&name) => {}
                Entry::Occupied(held) if *held.get() == file => {}
                Entry::Occupied(_) if self.others.contains(&file) => {}
                Entry::Occupied(_) => self.others.push(file),
                Entry::Vacant(vacant) => {
                    vacant.insert(file);
                }
            }
            names.push(name);
        }
        if self.files.len() + self.others.len() - self.given.len() > MAX_FILES {
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
        for file in files.into_iter().map(|(_, file)| file).chain(&self.others) {
            set.add(file).map_err(flawed)?;
        }
        for (import, why) in &self.denials {
            set.deny(import, why);
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
            wanted.add(root);
        }
        loop {
            self.look_up(&mut wanted)?;
            if wanted.missing.is_empty() {
                return Ok(());
            }
            let questions: Vec<_> = wanted.missing.iter().cloned().map(Question::File).collect();
            let replies = session.ask(&questions).await?;
            for (import, reply) in wanted.missing.drain(..).zip(replies) {
                self.take_import(&import, reply)?;
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
                        wanted.add(import);
                    }
                }
                None if well_known::file(&name).is_some() => {}
                None if self.denials.contains_key(&name) => {}
                None => wanted.missing.push(name),
            }
        }
        if self.files.len() - self.given.len() + wanted.missing.len() > MAX_FILES {
            return Err(broken(format!("it names more than {MAX_FILES} files")));
        }
        Ok(())
    }

    /// Takes what a server answers when it is asked for an import. That it has none matters only if something of
    /// it is needed.
    fn take_import(&mut self, import: &str, reply: Reply) -> Result<(), NotDescribed> {
        let files = match reply {
            Reply::Files(files) => files,
            Reply::Services(_) => return Err(odd_reply(import)),
            Reply::Error { message, .. } => {
                self.deny(import, format!("the server says: {}", message.quoted(200)));
                return Ok(());
            }
        };
        let first = files.first().cloned();
        let names = self.add(files)?;
        if self.files.contains_key(import) {
            return Ok(());
        }
        match first.zip(names.first()) {
            None => self.deny(import, "the server sends nothing for it".to_owned()),
            Some((first, name)) => {
                self.deny(import, format!("the server sends {} for it", quote(name)));
                self.files
                    .insert(import.to_owned(), renamed(&first, import));
            }
        }
        Ok(())
    }

    fn deny(&mut self, import: &str, why: String) {
        self.denials.insert(import.to_owned(), why);
    }
}

/// A file under the name that others import it by: it is registered under another on some servers. Of a name
/// given twice the last one counts.
fn renamed(file: &Bytes, name: &str) -> Bytes {
    let mut renamed = file.to_vec();
    put_bytes(NAME, name.as_bytes(), &mut renamed);
    renamed.into()
}

/// Where the walk through the imports stands.
#[derive(Default)]
struct Wanted {
    seen: HashSet<String>,
    open: Vec<String>,
    missing: Vec<String>,
}

impl Wanted {
    fn add(&mut self, name: &str) {
        if self.seen.insert(name.to_owned()) {
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
