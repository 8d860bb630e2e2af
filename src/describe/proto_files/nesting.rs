//! How deep a source may nest. The compiler goes into each level by a call of its own: 5,000 messages, one inside the
//! other, overflow the stack, which ends the process.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;

use protox::Error;
use protox::file::File;
use protox::file::FileResolver;
use protox::file::IncludeFileResolver;

use crate::describe::proto_files::edition;
use crate::describe::proto_files::edition::InAnEdition;

/// protoc takes 32 levels of messages, and a decoder 100 of values.
const MAX_DEPTH: usize = 100;

/// A directory of sources, each looked at before it is compiled.
pub(super) struct BoundedResolver {
    directory: PathBuf,
    inner: IncludeFileResolver,
    /// The first source in an edition: the compiler's error does not give back what it was made from.
    found: Arc<OnceLock<InAnEdition>>,
}

impl BoundedResolver {
    pub(super) fn new(directory: PathBuf, found: Arc<OnceLock<InAnEdition>>) -> Self {
        let inner = IncludeFileResolver::new(directory.clone());
        Self {
            directory,
            inner,
            found,
        }
    }
}

impl FileResolver for BoundedResolver {
    fn resolve_path(&self, path: &std::path::Path) -> Option<String> {
        self.inner.resolve_path(path)
    }

    fn open_file(&self, name: &str) -> Result<File, Error> {
        // What cannot be read is the inner resolver's to explain.
        if let Ok(source) = fs::read(self.directory.join(name)) {
            if let Some(edition) = edition::of(&source) {
                let found = self.found.get_or_init(|| InAnEdition {
                    name: name.to_owned(),
                    edition,
                });
                return Err(Error::new(found.clone()));
            }
            if let Some((line, column)) = too_deep(&source) {
                return Err(Error::new(TooDeep {
                    name: name.to_owned(),
                    line,
                    column,
                }));
            }
        }
        self.inner.open_file(name)
    }
}

struct TooDeep {
    name: String,
    line: usize,
    column: usize,
}

impl std::error::Error for TooDeep {}

/// As it is shown: the compiler's errors have their place in this form alone.
impl fmt::Debug for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, line, column } = self;
        write!(
            f,
            "{name}:{line}:{column}: more than {MAX_DEPTH} levels of nesting"
        )
    }
}

/// Line and column, from 1, of the bracket that opens one level too many.
fn too_deep(source: &[u8]) -> Option<(usize, usize)> {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(&octet) = source.get(at) {
        let rest = &source[at..];
        at += match octet {
            b'/' if rest.starts_with(b"//") => length_until(rest, b"\n"),
            b'/' if rest.starts_with(b"/*") => 2 + length_until(&rest[2..], b"*/"),
            b'"' | b'\'' => length_of_string(rest, octet),
            _ => 1,
        };
        match octet {
            b'{' | b'[' | b'<' | b'(' => depth += 1,
            b'}' | b']' | b'>' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let before = &source[..at - 1];
            let line_start = before.iter().rposition(|octet| *octet == b'\n');
            let line = before.iter().filter(|octet| **octet == b'\n').count() + 1;
            return Some((line, at - line_start.map_or(0, |start| start + 1)));
        }
    }
    None
}

/// Up to and with `end`; all, where there is none.
pub(super) fn length_until(text: &[u8], end: &[u8]) -> usize {
    text.windows(end.len())
        .position(|window| window == end)
        .map_or(text.len(), |start| start + end.len())
}

/// A string ends on its line, closed or not: what is not closed is an error that the compiler names.
pub(super) fn length_of_string(text: &[u8], quote: u8) -> usize {
    let mut length = 1;
    while let Some(&octet) = text.get(length) {
        length += match octet {
            b'\\' => 2,
            _ => 1,
        };
        if octet == quote || octet == b'\n' {
            break;
        }
    }
    length.min(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deep_is_told_with_its_place() {
        for (opening, count, expected) in [
            ("message M {", MAX_DEPTH, None),
            ("message M {", MAX_DEPTH + 1, Some((1, 1111))),
            ("message M {", 5_000, Some((1, 1111))),
            ("message M {\n", MAX_DEPTH + 1, Some((101, 11))),
            ("option (o) = {a: ", 5_000, Some((1, 1708))),
            ("[", 100_000, Some((1, 101))),
            ("a < b ", 5_000, Some((1, 603))),
        ] {
            let source = opening.repeat(count);
            assert_eq!(too_deep(source.as_bytes()), expected, "{opening} {count}");
        }
    }

    #[test]
    fn brackets_in_comments_and_strings_do_not_count() {
        for text in [
            "// {{{\n",
            "/* { \" { */",
            "option a = \"{ \\\" {\";\n",
            "option a = '{ \" // {';\n",
            "message M { map<string, int32> m = 1 [(o) = {a: 1}]; }\n",
            "/*/ { */",
        ] {
            assert_eq!(too_deep(text.repeat(1_000).as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn broken_text_ends_too() {
        for text in ["/* {", "//", "\"", "\"\\", "'\n", "/", "}}}"] {
            assert_eq!(too_deep(text.as_bytes()), None);
        }
        let unclosed = format!("\"\n{}", "{".repeat(MAX_DEPTH + 1));
        assert_eq!(too_deep(unclosed.as_bytes()), Some((2, MAX_DEPTH + 1)));
    }
}
