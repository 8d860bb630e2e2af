//! What can be wrong with a set of descriptors.

use std::fmt;

use crate::text::escape;
use crate::text::shorten;

/// Why descriptors cannot be used. Displayed as a sentence without its full stop, in which every
/// name that a peer chose is escaped and cut to a line's length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// These are no descriptors at all.
    Malformed {
        place: String,
        why: String,
    },
    /// A file without a name: nothing could import it.
    Unnamed,
    /// Two files of one name that differ.
    Conflict {
        file: String,
    },
    SelfImport {
        file: String,
    },
    /// The files of a circle of imports, the first one again at the end.
    Cycle {
        files: Vec<String>,
    },
    Missing {
        import: String,
        importer: String,
    },
    /// A chain of imports with more than `most` files.
    TooDeep {
        file: String,
        most: usize,
    },
    /// More than is built for one call; the bound is named.
    TooLarge {
        what: String,
    },
    /// No file declares it.
    Undeclared {
        symbol: String,
    },
    /// A reference to a type that no imported file declares.
    UnknownType {
        name: String,
        user: String,
    },
    /// One name declared by two files.
    DeclaredTwice {
        symbol: String,
        files: [String; 2],
    },
    /// An edition, or nonsense.
    UnknownSyntax {
        file: String,
        syntax: String,
    },
    /// Refused when the descriptors were linked.
    Invalid {
        why: String,
    },
}

impl std::error::Error for Flaw {}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { place, why } => write!(f, "{} is no descriptor: {why}", quote(place)),
            Self::Unnamed => f.write_str("a file has no name"),
            Self::Conflict { file } => {
                write!(f, "{} is there twice, with different content", quote(file))
            }
            Self::SelfImport { file } => write!(f, "{} imports itself", quote(file)),
            Self::Cycle { files } => {
                f.write_str("the imports go in a circle: ")?;
                write_chain(f, files)
            }
            Self::Missing { import, importer } => write!(
                f,
                "{} is missing; {} imports it",
                quote(import),
                quote(importer)
            ),
            Self::TooDeep { file, most } => write!(
                f,
                "the imports of {} are nested more than {most} deep",
                quote(file)
            ),
            Self::TooLarge { what } => f.write_str(what),
            Self::Undeclared { symbol } => write!(f, "no file declares {}", quote(symbol)),
            Self::UnknownType { name, user } => write!(
                f,
                "{} uses the type {}, which none of the files declares",
                quote(user),
                quote(name)
            ),
            Self::DeclaredTwice { symbol, files } => write!(
                f,
                "{} is declared by {} and by {}",
                quote(symbol),
                quote(&files[0]),
                quote(&files[1])
            ),
            Self::UnknownSyntax { file, syntax } => write!(
                f,
                "{} is written in {}; proto2 and proto3 are understood",
                quote(file),
                quote(syntax)
            ),
            Self::Invalid { why } => f.write_str(&clean(why)),
        }
    }
}

/// The first files of a circle, and the one that closes it.
fn write_chain(f: &mut fmt::Formatter<'_>, files: &[String]) -> fmt::Result {
    const SHOWN: usize = 6;
    let Some((last, before)) = files.split_last() else {
        return Ok(());
    };
    for file in before.iter().take(SHOWN) {
        write!(f, "{} → ", quote(file))?;
    }
    if before.len() > SHOWN {
        f.write_str("… → ")?;
    }
    f.write_str(&quote(last))
}

/// A peer's name between backticks, safe to print.
pub(super) fn quote(name: &str) -> String {
    format!("`{}`", clean(name))
}

fn clean(text: &str) -> String {
    const SHOWN: usize = 120;
    escape(&shorten(text, SHOWN)).into_owned()
}
