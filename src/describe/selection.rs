//! Which declarations of checked files are needed.
//!
//! Linking is the most expensive step of a call, so for a method only the types that its two messages
//! reach are kept.

use std::collections::BTreeSet;

use crate::describe::census::Census;
use crate::describe::declarations::Declarations;
use crate::describe::declarations::TypeKind;
use crate::describe::declarations::lookup_work;
use crate::describe::flaw::Flaw;
use crate::describe::outline::Outline;
use crate::describe::outline::file;
use crate::describe::outline::qualify;
use crate::describe::wire::fields;

/// Bytes compared while looking up references: only a hostile set comes near.
const MAX_LOOKUP_WORK: usize = 1 << 31;

/// What is kept of the files of one closure.
pub(super) struct Selection<'a> {
    pub files: &'a [Outline<'a>],
    pub declarations: Declarations<'a>,
    /// Which of the declarations are kept, in their order.
    pub kept: Vec<bool>,
    /// For each file, the files whose declarations it refers to.
    pub imports: Vec<BTreeSet<usize>>,
    /// Everything but messages and enums: extensions, services, comments.
    pub rest: Rest<'a>,
    census: Census<'a>,
    work: usize,
    /// Kept declarations whose references are not yet followed.
    open: Vec<usize>,
    has_any: bool,
}

pub(super) enum Rest<'a> {
    All,
    Method { service: &'a str, method: &'a str },
    Nothing,
}

impl<'a> Selection<'a> {
    /// `service/method` and the types that it reaches.
    ///
    /// # Errors
    /// When a type is missing, declared twice or malformed, or the bounds of [`Census`] are passed.
    pub(super) fn of_method(
        files: &'a [Outline<'a>],
        service: &'a str,
        method: &'a str,
    ) -> Result<Self, Flaw> {
        let mut selection = Self::new(files, Rest::Method { service, method })?;
        let home = files
            .iter()
            .enumerate()
            .find_map(|(number, file)| Some((number, file.service(service)?)));
        let Some((number, outline)) = home else {
            return Err(Flaw::Undeclared {
                symbol: service.to_owned(),
            });
        };
        selection.census.package(outline.package)?;
        selection
            .census
            .service(outline.bytes, outline.package.len(), Some(method))?;
        selection.follow(number, service)?;
        selection.close()?;
        Ok(selection)
    }

    /// The message at the top level that is or holds `message`, and the types that it reaches.
    ///
    /// # Errors
    /// As [`Selection::of_method`]; also when no file declares the message.
    pub(super) fn of_message(files: &'a [Outline<'a>], message: &str) -> Result<Self, Flaw> {
        let mut selection = Self::new(files, Rest::Nothing)?;
        let home = selection.declarations.meant_by(&format!(".{message}"), "");
        let Some(index) = home.first() else {
            return Err(Flaw::Undeclared {
                symbol: message.to_owned(),
            });
        };
        selection.keep(*index)?;
        selection.close()?;
        Ok(selection)
    }

    /// All that the files declare, with its comments.
    ///
    /// # Errors
    /// As [`Selection::of_method`].
    pub(super) fn whole(files: &'a [Outline<'a>]) -> Result<Self, Flaw> {
        let mut selection = Self::new(files, Rest::All)?;
        for index in 0..selection.declarations.all().len() {
            selection.keep(index)?;
        }
        for (number, outline) in files.iter().enumerate() {
            let prefix = outline.package.len();
            for service in &outline.services {
                selection.census.service(service.bytes, prefix, None)?;
            }
            for field in fields(outline.bytes).flatten() {
                if field.number == file::EXTENSION
                    && let Ok(bytes) = field.bytes()
                {
                    selection.census.field(bytes, prefix)?;
                }
            }
            selection.follow(number, outline.package)?;
        }
        selection.close()?;
        Ok(selection)
    }

    /// Whether types are found by name at run time: behind an `Any` or an extension.
    pub(super) fn is_open_ended(&self) -> bool {
        self.has_any || self.census.extensible
    }

    fn new(files: &'a [Outline<'a>], rest: Rest<'a>) -> Result<Self, Flaw> {
        let declarations = Declarations::index(files)?;
        Ok(Self {
            files,
            kept: vec![false; declarations.all().len()],
            imports: vec![BTreeSet::new(); files.len()],
            declarations,
            rest,
            census: Census::default(),
            work: 0,
            open: Vec::new(),
            has_any: false,
        })
    }

    fn keep(&mut self, index: usize) -> Result<(), Flaw> {
        if std::mem::replace(&mut self.kept[index], true) {
            return Ok(());
        }
        let declaration = self.declarations.all()[index];
        self.has_any |= declaration.package == "google.protobuf" && declaration.name == "Any";
        self.census.package(declaration.package)?;
        self.open.push(index);
        Ok(())
    }

    /// Reads what is kept until nothing new is reached.
    fn close(&mut self) -> Result<(), Flaw> {
        while let Some(index) = self.open.pop() {
            let declaration = self.declarations.all()[index];
            let prefix = declaration.package.len();
            match declaration.kind {
                TypeKind::Message => self.census.message(declaration.bytes, prefix)?,
                TypeKind::Enum => self.census.enumeration(declaration.bytes, prefix)?,
            }
            let scope = qualify(declaration.package, declaration.name);
            self.follow(declaration.file, &scope)?;
        }
        Ok(())
    }

    /// Keeps what the references just read mean; they were made in this file, inside `scope`.
    fn follow(&mut self, number: usize, scope: &str) -> Result<(), Flaw> {
        for reference in std::mem::take(&mut self.census.references) {
            self.work = self.work.saturating_add(lookup_work(reference, scope));
            if self.work > MAX_LOOKUP_WORK {
                return Err(Flaw::TooLarge {
                    what: "the types refer to each other by too many long names".to_owned(),
                });
            }
            let meant = self.declarations.meant_by(reference, scope);
            if meant.is_empty() {
                return Err(Flaw::UnknownType {
                    name: reference.trim_start_matches('.').to_owned(),
                    user: scope.to_owned(),
                    missing: Vec::new(),
                });
            }
            for index in meant {
                let home = self.declarations.all()[index].file;
                if home != number {
                    self.imports[number].insert(home);
                }
                self.keep(index)?;
            }
        }
        Ok(())
    }
}
