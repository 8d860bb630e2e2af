//! Type names as short as their scope allows.
//!
//! A relative name is looked up from the innermost scope outwards, and the scope that has its first
//! part decides. So a name may be shortened only if no scope in between has that part.

use std::collections::HashSet;

use crate::describe::outline::Outline;
use crate::describe::symbol::children;
use crate::text::escape;

/// The scopes around the place that is being written, outermost first, without the root.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    /// Each by its full name, with the first parts of what lies in it.
    stack: Vec<(String, HashSet<String>)>,
}

impl Scopes {
    /// The scopes of a package, as these files fill it.
    pub(super) fn of_package(package: &str, files: &[Outline<'_>]) -> Self {
        let mut scopes = Self::default();
        if package.is_empty() {
            return scopes;
        }
        let ends = package.match_indices('.').map(|(at, _)| at);
        for end in ends.chain([package.len()]) {
            let scope = &package[..end];
            let mut names = HashSet::new();
            for file in files {
                if file.package == scope {
                    names.extend(children(None, file.bytes).map(|child| child.name.to_owned()));
                }
                let inner = file.package.strip_prefix(scope);
                if let Some(inner) = inner.and_then(|inner| inner.strip_prefix('.')) {
                    names.extend(inner.split('.').next().map(str::to_owned));
                }
            }
            scopes.stack.push((scope.to_owned(), names));
        }
        scopes
    }

    /// Enters a message, by its full name, that has these types in it.
    pub(super) fn enter<'n>(&mut self, message: &str, names: impl Iterator<Item = &'n str>) {
        let names = names.map(str::to_owned).collect();
        self.stack.push((message.to_owned(), names));
    }

    pub(super) fn leave(&mut self) {
        self.stack.pop();
    }

    /// The shortest way to write `name`: `.package.Type` as descriptors have it. A name that is
    /// relative already is kept.
    pub(super) fn shorten(&self, name: &str) -> String {
        let Some(absolute) = name.strip_prefix('.') else {
            return escape(name).into_owned();
        };
        // From the innermost scope outwards: the first that holds the type leaves the shortest name.
        for (depth, (scope, _)) in self.stack.iter().enumerate().rev() {
            let local = absolute.strip_prefix(scope.as_str());
            if let Some(local) = local.and_then(|rest| rest.strip_prefix('.'))
                && !self.is_hidden(local, depth + 1)
                && self.holds(depth, local)
            {
                return escape(local).into_owned();
            }
        }
        if self.is_hidden(absolute, 0) {
            return escape(name).into_owned();
        }
        escape(absolute).into_owned()
    }

    /// Whether `name` is found in the scope at `depth`: a type of the same file or of one imported.
    fn holds(&self, depth: usize, name: &str) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        self.stack[depth].1.contains(first)
    }

    /// Whether a scope at `from` or further in has the first part of `name`.
    fn is_hidden(&self, name: &str, from: usize) -> bool {
        let first = name.split('.').next().unwrap_or(name);
        self.stack[from..]
            .iter()
            .any(|(_, names)| names.contains(first))
    }
}
