//! The messages and enums at the top level of a closure's files, by name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::describe::flaw::Flaw;
use crate::describe::outline::Outline;
use crate::describe::outline::file;
use crate::describe::outline::name_of;
use crate::describe::outline::qualify;
use crate::describe::well_known;
use crate::describe::wire::Malformed;
use crate::describe::wire::fields;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeKind {
    Message,
    Enum,
}

/// One top-level message or enum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declaration<'a> {
    /// Index of its file in the closure.
    pub file: usize,
    pub kind: TypeKind,
    pub package: &'a str,
    pub name: &'a str,
    /// The descriptor on the wire.
    pub bytes: &'a [u8],
    /// It is the built-in copy of a well-known message, in proto3.
    pub is_ours: bool,
}

pub(super) struct Declarations<'a> {
    list: Vec<Declaration<'a>>,
    by_name: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Declarations<'a> {
    /// # Errors
    /// When a file cannot be read, or a name is declared twice, and not alike: a file that is there under two
    /// names does no harm.
    pub(super) fn index(files: &[Outline<'a>]) -> Result<Self, Flaw> {
        let mut index = Self {
            list: Vec::new(),
            by_name: HashMap::new(),
        };
        for (number, outline) in files.iter().enumerate() {
            for field in fields(outline.bytes) {
                let field = field.map_err(|error| malformed(outline, &error))?;
                let kind = match field.number {
                    file::MESSAGE => TypeKind::Message,
                    file::ENUM => TypeKind::Enum,
                    _ => continue,
                };
                let bytes = field.bytes().map_err(|error| malformed(outline, &error))?;
                let name = name_of(bytes).map_err(|error| malformed(outline, &error))?;
                let ours = match kind {
                    TypeKind::Message => well_known::message(outline.package, name),
                    TypeKind::Enum => None,
                };
                index.add(
                    files,
                    Declaration {
                        file: number,
                        kind,
                        package: outline.package,
                        name,
                        bytes: ours.unwrap_or(bytes),
                        is_ours: ours.is_some(),
                    },
                )?;
            }
        }
        Ok(index)
    }

    fn add(&mut self, files: &[Outline<'a>], new: Declaration<'a>) -> Result<(), Flaw> {
        match self.by_name.entry((new.package, new.name)) {
            Entry::Vacant(vacant) => {
                vacant.insert(self.list.len());
                self.list.push(new);
                Ok(())
            }
            Entry::Occupied(held) if self.list[*held.get()].bytes == new.bytes => Ok(()),
            Entry::Occupied(held) => {
                let held = self.list[*held.get()].file;
                Err(Flaw::DeclaredTwice {
                    symbol: qualify(new.package, new.name),
                    files: [held, new.file].map(|file| files[file].name.to_owned()),
                })
            }
        }
    }

    pub(super) fn all(&self) -> &[Declaration<'a>] {
        &self.list
    }

    /// The index of a top-level declaration.
    pub(super) fn get(&self, package: &str, name: &str) -> Option<usize> {
        self.by_name.get(&(package, name)).copied()
    }

    /// Every declaration that `reference`, made inside `scope`, can mean or lie in. An absolute one
    /// (`.a.B`) means one; of a relative one all that the scopes offer, since the linker decides.
    pub(super) fn meant_by(&self, reference: &str, scope: &str) -> Vec<usize> {
        if let Some(absolute) = reference.strip_prefix('.') {
            return self.containing(absolute).into_iter().collect();
        }
        scopes(scope)
            .filter_map(|scope| self.containing(&qualify(scope, reference)))
            .collect()
    }

    /// The top-level declaration that is `full_name` or holds it.
    fn containing(&self, full_name: &str) -> Option<usize> {
        let dots = full_name.rmatch_indices('.').map(|(at, _)| at);
        let in_a_package = dots
            .map(|at| (&full_name[..at], &full_name[at + 1..]))
            .find_map(|(package, rest)| self.get(package, outermost(rest)));
        in_a_package.or_else(|| self.get("", outermost(full_name)))
    }
}

/// `a.b.c`, `a.b`, `a` and the empty scope.
fn scopes(innermost: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(innermost), |scope| {
        (!scope.is_empty()).then(|| scope.rsplit_once('.').map_or("", |(outer, _)| outer))
    })
}

/// Bytes that [`Declarations::meant_by`] compares at most.
pub(super) fn lookup_work(reference: &str, scope: &str) -> usize {
    let splits = |name: &str| 1 + name.matches('.').count();
    if reference.starts_with('.') {
        return splits(reference) * reference.len();
    }
    splits(scope) * (splits(scope) + splits(reference)) * (scope.len() + reference.len())
}

fn outermost(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

fn malformed(outline: &Outline<'_>, error: &Malformed) -> Flaw {
    Flaw::Malformed {
        place: outline.name.to_owned(),
        why: error.to_string(),
    }
}
