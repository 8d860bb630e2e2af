//! The files that one file needs, dependencies first.
//!
//! The library that links descriptors accepts an import cycle and a self-import silently, and walks
//! public imports recursively: so circles, depth and number are judged here.

use std::collections::HashMap;

use crate::describe::descriptor_set::LazySet;
use crate::describe::flaw::Flaw;
use crate::describe::flaw::MissingImport;
use crate::describe::outline::Outline;
use crate::describe::well_known;

/// Files in a chain of imports.
const MAX_IMPORT_DEPTH: usize = 1024;
/// Import lines of all files together: a hostile set can name each of its files in each of them.
const MAX_IMPORTS: usize = 200_000;

/// A file being visited: the next of its imports to look at.
struct Visit<'a> {
    file: Outline<'a>,
    next: usize,
    /// Longest chain found below it so far.
    depth: usize,
}

/// A file and what it imports, directly and not, each file after those that it imports.
#[derive(Debug, Default)]
pub(super) struct Closure<'a> {
    pub files: Vec<Outline<'a>>,
    /// Imports that are not there: of options, mostly, which no message needs.
    pub missing: Vec<MissingImport>,
}

/// The closure of `root`. Well-known types that `set` lacks are taken from our own copy.
///
/// # Errors
/// A circular or self-import, or more than the bounds above.
pub(super) fn of<'a>(set: &LazySet<'a>, root: &Outline<'a>) -> Result<Closure<'a>, Flaw> {
    let mut walk = Walk::default();
    walk.enter(root.clone())?;
    while let Some(visit) = walk.path.last_mut() {
        let Some(import) = visit.file.dependencies.get(visit.next).copied() else {
            walk.leave();
            continue;
        };
        visit.next += 1;
        if let Some(&depth) = walk.depths.get(import) {
            visit.depth = visit.depth.max(depth);
            walk.check_depth(depth)?;
        } else if walk.on_path.contains_key(import) {
            return Err(walk.circle(import));
        } else {
            let importer = visit.file.name;
            let file = set
                .file(import)
                .cloned()
                .or_else(|| well_known::file(import));
            let why = set.why_missing(import);
            if file.is_none() || why.is_some() {
                walk.lack(import, importer, why);
            }
            match file {
                Some(file) => walk.enter(file)?,
                None => drop(walk.depths.insert(import, 0)),
            }
        }
    }
    Ok(Closure {
        files: walk.done,
        missing: walk.missing,
    })
}

impl<'a> LazySet<'a> {
    /// The file of `symbol` and all that it imports, each after those that it imports.
    ///
    /// # Errors
    /// As [`LazySet::closure_for_symbol`].
    pub(super) fn closure_of(&self, symbol: &str) -> Result<Closure<'a>, Flaw> {
        let root = self.file_of(symbol).ok_or_else(|| Flaw::Undeclared {
            symbol: symbol.to_owned(),
        })?;
        of(self, root)
    }
}

#[derive(Default)]
struct Walk<'a> {
    path: Vec<Visit<'a>>,
    /// Where on the path a file stands.
    on_path: HashMap<&'a str, usize>,
    /// The finished files' longest chains, themselves included.
    depths: HashMap<&'a str, usize>,
    done: Vec<Outline<'a>>,
    missing: Vec<MissingImport>,
    imports: usize,
}

impl<'a> Walk<'a> {
    fn enter(&mut self, file: Outline<'a>) -> Result<(), Flaw> {
        self.imports += file.dependencies.len();
        if self.imports > MAX_IMPORTS {
            return Err(Flaw::TooLarge {
                what: format!("the files have more than {MAX_IMPORTS} imports"),
            });
        }
        self.on_path.insert(file.name, self.path.len());
        self.path.push(Visit {
            file,
            next: 0,
            depth: 0,
        });
        self.check_depth(0)
    }

    /// Takes note of an import that is not there, or that the server has under another name.
    fn lack(&mut self, import: &str, importer: &str, why: Option<&str>) {
        self.missing.push(MissingImport {
            import: import.to_owned(),
            importer: importer.to_owned(),
            why: why.map(str::to_owned),
        });
    }

    fn leave(&mut self) {
        let Some(visit) = self.path.pop() else { return };
        let depth = visit.depth + 1;
        self.on_path.remove(visit.file.name);
        self.depths.insert(visit.file.name, depth);
        self.done.push(visit.file);
        if let Some(importer) = self.path.last_mut() {
            importer.depth = importer.depth.max(depth);
        }
    }

    /// Judges the chain of the files on the path and `below` more.
    fn check_depth(&self, below: usize) -> Result<(), Flaw> {
        if self.path.len() + below <= MAX_IMPORT_DEPTH {
            return Ok(());
        }
        Err(Flaw::TooDeep {
            file: self.path[0].file.name.to_owned(),
            most: MAX_IMPORT_DEPTH,
        })
    }

    fn circle(&self, import: &str) -> Flaw {
        let start = self.on_path.get(import).copied().unwrap_or_default();
        let mut files: Vec<String> = self.path[start..]
            .iter()
            .map(|visit| visit.file.name.to_owned())
            .collect();
        if files.len() == 1 {
            return Flaw::SelfImport {
                file: import.to_owned(),
            };
        }
        files.push(import.to_owned());
        Flaw::Cycle { files }
    }
}
