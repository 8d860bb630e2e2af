//! A `FileDescriptorSet` read lazily: names first, and of the rest only what a question needs.
//!
//! Decoding a set of 2,000 files whole takes 344 MB and 0.6 s; scanning it takes a hundredth.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::describe::closure::Closure;
use crate::describe::flaw::Flaw;
use crate::describe::flaw::MissingImport;
use crate::describe::flaw::quote;
use crate::describe::outline::Outline;
use crate::describe::outline::ServiceOutline;
use crate::describe::wire;

/// `FileDescriptorSet.file`.
const FILE: u32 = 1;
/// Notes on one set.
const MAX_NOTES: usize = 20;

/// The files of a set, by name; borrows the bytes it was scanned from.
#[derive(Clone, Debug, Default)]
pub struct LazySet<'a> {
    files: Vec<Outline<'a>>,
    by_name: HashMap<&'a str, usize>,
    /// Names that several files have which differ.
    conflicts: Vec<&'a str>,
    /// What a server says of imports that it does not have, escaped.
    denials: HashMap<&'a str, &'a str>,
}

impl<'a> LazySet<'a> {
    /// Reads the names in a serialized `FileDescriptorSet` (`protoc --descriptor_set_out`).
    ///
    /// # Errors
    /// When the bytes are no such set, or a file is unnamed. Imports are checked by
    /// [`LazySet::closure_for_symbol`], not here.
    pub fn scan(set: &'a [u8]) -> Result<Self, Flaw> {
        let mut lazy = Self::default();
        lazy.add_set(set)?;
        Ok(lazy)
    }

    /// Adds another set; a file that is here already, by its name, is passed over.
    ///
    /// # Errors
    /// As [`LazySet::scan`], within the new set.
    pub(super) fn add_set(&mut self, set: &'a [u8]) -> Result<(), Flaw> {
        let held = self.files.len();
        for field in wire::fields(set) {
            let field = field.map_err(|error| malformed("the set", &error))?;
            if field.number == FILE {
                let bytes = field
                    .bytes()
                    .map_err(|error| malformed("the set", &error))?;
                self.add_after(held, bytes)?;
            }
        }
        Ok(())
    }

    /// Adds one serialized `FileDescriptorProto`; a second copy of the same bytes is ignored. One that differs
    /// is not what the others import, but what it declares can be asked for.
    pub(super) fn add(&mut self, bytes: &'a [u8]) -> Result<(), Flaw> {
        self.add_after(0, bytes)
    }

    /// Adds a file unless one of the first `settled` has its name.
    fn add_after(&mut self, settled: usize, bytes: &'a [u8]) -> Result<(), Flaw> {
        let place = || format!("file {} of the set", self.files.len() + 1);
        let outline = Outline::scan(bytes).map_err(|error| malformed(&place(), &error))?;
        if outline.name.is_empty() {
            return Err(Flaw::Unnamed);
        }
        match self.by_name.entry(outline.name) {
            Entry::Vacant(vacant) => {
                vacant.insert(self.files.len());
                self.files.push(outline);
                Ok(())
            }
            Entry::Occupied(held) if *held.get() < settled => Ok(()),
            Entry::Occupied(held) if self.files[*held.get()].bytes == bytes => Ok(()),
            Entry::Occupied(_) => {
                let is_known = |file: &Outline<'a>| file.bytes == bytes;
                if !self.files[settled..].iter().any(is_known) {
                    self.conflicts.push(outline.name);
                    self.files.push(outline);
                }
                Ok(())
            }
        }
    }

    /// Takes note of what a server says of an import that it does not have.
    pub(super) fn deny(&mut self, import: &'a str, why: &'a str) {
        self.denials.insert(import, why);
    }

    /// What a server said of an import.
    pub(super) fn why_missing(&self, import: &str) -> Option<&str> {
        self.denials.get(import).copied()
    }

    /// What is odd about the set and a closure in it, and keeps nothing from being used: a sentence each, escaped.
    pub(super) fn notes(&self, closure: &Closure<'_>) -> Vec<String> {
        let missing = closure.missing.iter().map(MissingImport::to_string);
        let conflicts = self.conflicts.iter().map(|file| {
            format!(
                "{} is there twice, with different content; the first is used",
                quote(file)
            )
        });
        missing.chain(conflicts).take(MAX_NOTES).collect()
    }

    pub fn files(&self) -> &[Outline<'a>] {
        &self.files
    }

    pub fn file(&self, name: &str) -> Option<&Outline<'a>> {
        self.by_name.get(name).map(|index| &self.files[*index])
    }

    /// Every service, in the order of the files.
    pub fn services(&self) -> impl Iterator<Item = ServiceOutline<'a>> {
        self.files
            .iter()
            .flat_map(|file| file.services.iter().copied())
    }

    /// The service of this full name.
    pub fn service(&self, full_name: &str) -> Option<ServiceOutline<'a>> {
        self.files.iter().find_map(|file| file.service(full_name))
    }

    /// The file that declares `symbol`: a full name, without a leading dot, of anything.
    pub(super) fn file_of(&self, symbol: &str) -> Option<&Outline<'a>> {
        self.files.iter().find(|file| file.declares(symbol))
    }
}

fn malformed(place: &str, error: &wire::Malformed) -> Flaw {
    Flaw::Malformed {
        place: place.to_owned(),
        why: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
