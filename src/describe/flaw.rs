//! What can be wrong with a set of descriptors.

use std::fmt;

use thiserror::Error;

use crate::peer_text::PeerText;

/// Why descriptors cannot be used. Displayed as a sentence without its full stop, in which every
/// name that a peer chose is quoted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Flaw {
    /// These are no descriptors at all.
    #[error("{} is no descriptor: {why}", quote(.place))]
    Malformed { place: String, why: String },
    /// A file without a name: nothing could import it.
    #[error("a file has no name")]
    Unnamed,
    #[error("{} imports itself", quote(.file))]
    SelfImport { file: String },
    /// The files of a circle of imports, the first one again at the end.
    #[error("the imports go in a circle: {}", chain(.files))]
    Cycle { files: Vec<String> },
    /// A chain of imports with more than `most` files.
    #[error("the imports of {} are nested more than {most} deep", quote(.file))]
    TooDeep { file: String, most: usize },
    /// More than is built for one call; the bound is named.
    #[error("{what}")]
    TooLarge { what: String },
    /// No file declares it.
    #[error("no file declares {}", quote(.symbol))]
    Undeclared { symbol: String },
    /// A reference to a type that no imported file declares; one of those `missing` may.
    #[error("{} uses the type {}, which none of the files declares{}", quote(.user), quote(.name), listed(.missing))]
    UnknownType {
        name: String,
        user: String,
        missing: Vec<MissingImport>,
    },
    /// One name declared by two files.
    #[error("{} is declared by {} and by {}", quote(.symbol), quote(&.files[0]), quote(&.files[1]))]
    DeclaredTwice { symbol: String, files: [String; 2] },
    /// Descriptors that may well be right, and that this program cannot use. `what` is escaped.
    #[error("{what}")]
    Unsupported { what: String },
    /// Refused when the descriptors were linked.
    #[error("{}", clean(.why))]
    Invalid { why: String },
}

/// An import that is not there. That matters only if something of it is needed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingImport {
    pub import: String,
    pub importer: String,
    /// What the server says of it, escaped.
    pub why: Option<String>,
}

impl fmt::Display for MissingImport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (import, importer) = (quote(&self.import), quote(&self.importer));
        write!(f, "{import} is missing; {importer} imports it")?;
        match &self.why {
            Some(why) => write!(f, " ({why})"),
            None => Ok(()),
        }
    }
}

/// The first imports that are missing, to follow a sentence.
fn listed(missing: &[MissingImport]) -> String {
    const SHOWN: usize = 3;
    let shown: String = missing
        .iter()
        .take(SHOWN)
        .map(|missing| format!("; {missing}"))
        .collect();
    match missing.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown}; {more} more are missing"),
    }
}

impl Flaw {
    /// The flaw with the imports that may be why.
    pub(super) fn for_lack_of(self, imports: &[MissingImport]) -> Self {
        match self {
            Self::UnknownType { name, user, .. } => Self::UnknownType {
                name,
                user,
                missing: imports.to_vec(),
            },
            other => other,
        }
    }

    /// The flaw with the file that has it, if this is not said otherwise.
    pub(super) fn within(self, file: &str) -> Self {
        match self {
            Self::Unsupported { what } => Self::Unsupported {
                what: format!("{}: {what}", quote(file)),
            },
            other => other,
        }
    }
}

/// The first files of a circle, and the one that closes it.
fn chain(files: &[String]) -> String {
    const SHOWN: usize = 6;
    let Some((last, before)) = files.split_last() else {
        return String::new();
    };
    let mut shown: Vec<String> = before.iter().take(SHOWN).map(|file| quote(file)).collect();
    if before.len() > SHOWN {
        shown.push("…".to_owned());
    }
    shown.push(quote(last));
    shown.join(" → ")
}

/// A peer's name between backticks.
pub(super) fn quote(name: &str) -> String {
    format!("`{}`", clean(name))
}

fn clean(text: &str) -> String {
    const SHOWN: usize = 120;
    PeerText::from(text).quoted(SHOWN).to_string()
}
