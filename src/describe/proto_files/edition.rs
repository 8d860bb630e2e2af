//! Sources in an edition, which the compiler does not know: it would complain of the first word.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;

use crate::describe::flaw::quote;
use crate::describe::proto_files::nesting::length_of_string;
use crate::describe::proto_files::nesting::length_until;
use crate::text::escape;

/// A source that begins with `edition = "…";`.
#[derive(Clone)]
pub(super) struct InAnEdition {
    pub name: String,
    pub edition: String,
}

impl std::error::Error for InAnEdition {}

/// As it is shown: the compiler's errors have their place in this form alone.
impl fmt::Debug for InAnEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for InAnEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} is a source in edition {}, and only proto2 and proto3 are compiled",
            quote(&self.name),
            quote(&self.edition)
        )
    }
}

/// How to have the source compiled by a compiler that knows editions.
pub(super) fn instead(source: &Path, import_paths: &[PathBuf]) -> String {
    let parent = source.parent().filter(|parent| *parent != Path::new(""));
    let paths: Vec<String> = match import_paths {
        [] => vec![parent.unwrap_or(Path::new(".")).display().to_string()],
        given => given
            .iter()
            .map(|path| path.display().to_string())
            .collect(),
    };
    let directories: Vec<String> = paths.iter().map(|path| format!("-I {path}")).collect();
    escape(&format!(
        "protoc {} --include_imports -o api.binpb {} (or buf build -o api.binpb), then --protoset api.binpb",
        directories.join(" "),
        source.display()
    ))
    .into_owned()
}

/// The edition that a source names in its first statement.
pub(super) fn of(source: &[u8]) -> Option<String> {
    let rest = after_blanks(source.strip_prefix(b"\xef\xbb\xbf").unwrap_or(source));
    let rest = after_blanks(rest.strip_prefix(b"edition")?);
    let rest = after_blanks(rest.strip_prefix(b"=")?);
    let quote = *rest.first().filter(|octet| matches!(octet, b'"' | b'\''))?;
    let string = &rest[..length_of_string(rest, quote)];
    let text = string.get(1..string.len().checked_sub(1)?)?;
    Some(String::from_utf8_lossy(text).into_owned())
}

/// What follows blanks and comments.
fn after_blanks(mut text: &[u8]) -> &[u8] {
    loop {
        let length = match text {
            [b'/', b'/', ..] => length_until(text, b"\n"),
            [b'/', b'*', rest @ ..] => 2 + length_until(rest, b"*/"),
            [octet, ..] if octet.is_ascii_whitespace() => 1,
            _ => return text,
        };
        text = &text[length.min(text.len())..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_is_found_where_a_source_names_it() {
        for (source, expected) in [
            ("edition = \"2023\";", Some("2023")),
            ("// x\n/* edition */ edition/**/=\n'2024' ;", Some("2024")),
            ("\u{feff}edition=\"next\";", Some("next")),
            ("syntax = \"proto3\"; // edition = \"2023\"", None),
            ("message edition { }", None),
            ("edition 2023;", None),
            ("edition = ", None),
            ("edition = \"", None),
            ("/*", None),
            ("", None),
        ] {
            assert_eq!(of(source.as_bytes()).as_deref(), expected, "{source}");
        }
    }
}
