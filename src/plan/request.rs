//! The request's text: from the command line, a file or standard input. What is short and all there
//! is read and its syntax checked; the rest is opened, to be read as it is sent.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::invoke::json;
use crate::invoke::json::Text;
use crate::plan::Planned;
use crate::plan::files;
use crate::plan::usage;

/// Up to this size a file is buffered, so that a call can be made again with the same request.
const BUFFERED: u64 = 4 << 20;

/// The request as JSON: concatenated texts, or one a line.
#[derive(Debug)]
pub struct Input {
    /// A file's path, or `standard input`; nothing for what stands on the command line.
    pub name: Option<String>,
    pub content: Content,
}

/// Where the JSON is.
#[derive(Debug)]
pub enum Content {
    /// Here, its syntax checked; none: nothing was given.
    Texts(Vec<Text>),
    Stdin,
    /// A long file, or one without an end: a pipe.
    File(File),
}

/// Whether `-d` reads standard input.
pub(crate) fn reads_stdin(data: Option<&str>) -> bool {
    matches!(data, Some("@" | "@-"))
}

/// What `-d` names; nothing given is an empty input.
pub(crate) fn read(data: Option<&str>) -> Planned<Input> {
    let (name, content) = match data {
        None => (None, Content::Texts(Vec::new())),
        Some("@" | "@-") => (Some("standard input".to_owned()), Content::Stdin),
        Some(given) => match given.strip_prefix('@') {
            None => (None, texts("-d", given)?),
            Some(path) => (Some(path.to_owned()), open(path)?),
        },
    };
    Ok(Input { name, content })
}

fn open(path: &str) -> Planned<Content> {
    let failed = |error: io::Error| Refusal::File {
        flag: "-d",
        path: path.into(),
        fault: match error.kind() {
            io::ErrorKind::NotFound => FileProblem::NotFound,
            _ => FileProblem::Unreadable(error.to_string()),
        },
    };
    let file = File::open(path).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if metadata.is_file() && metadata.len() <= BUFFERED {
        let bytes = files::read("-d", Path::new(path))?;
        return texts(path, &as_text(path, bytes)?);
    }
    Ok(Content::File(file))
}

fn as_text(name: &str, bytes: Vec<u8>) -> Planned<String> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        usage(
            format!("the request in {name} is not UTF-8 text (octet {})", at + 1),
            "JSON is UTF-8; bytes fields are written in base64",
        )
    })
}

/// Wrong JSON is known before the first packet; whether it fits the type, once that is known.
fn texts(name: &str, text: &str) -> Planned<Content> {
    json::cut(text).map(Content::Texts).map_err(|error| {
        usage(
            format!("the request in {name} is not JSON: {error}"),
            "write it as -d '{\"field\": \"value\"}', -d @FILE or -d @-",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(data: Option<&str>) -> String {
        match read(data).unwrap().content {
            Content::Texts(texts) => texts.into_iter().map(|text| text.json).collect(),
            other => panic!("{other:?} is not buffered"),
        }
    }

    #[test]
    fn what_is_short_and_all_there_is_buffered() {
        assert_eq!(text(None), "");
        assert_eq!(text(Some(r#"{"a": 1}"#)), r#"{"a": 1}"#);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        io::Write::write_all(&mut file, b"{}").unwrap();
        let name = format!("@{}", file.path().display());
        assert_eq!(text(Some(&name)), "{}");
        file.as_file().set_len(BUFFERED + 1).unwrap();
        let long = read(Some(&name)).unwrap();
        assert!(matches!(long.content, Content::File(_)));
        let stdin = read(Some("@-")).unwrap();
        assert!(matches!(stdin.content, Content::Stdin));
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (data, place) in [
            ("{", "line 1 column 1"),
            ("{\"a\":\n nope}", "line 2"),
            ("{} x", "column 4"),
            ("{\"a\": \"\0\"}", "column"),
        ] {
            let Err(Refusal::Usage { what, .. }) = read(Some(data)) else {
                panic!("{data} was taken");
            };
            assert!(what.contains(place), "{what}");
        }
        assert!(matches!(
            read(Some("@/nonexistent")),
            Err(Refusal::File { .. })
        ));
        let deep = "[".repeat(100_000);
        assert!(read(Some(&deep)).is_err());
    }
}
