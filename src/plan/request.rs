//! The request's text: from the command line, a file or standard input; its syntax checked.

use std::io;
use std::io::Read as _;
use std::path::Path;

use serde::de::IgnoredAny;

use crate::plan::Planned;
use crate::plan::files;
use crate::plan::usage;

/// The longest input that is buffered.
const LIMIT: u64 = 64 << 20;

/// Whether `-d` reads standard input.
pub fn reads_stdin(data: Option<&str>) -> bool {
    matches!(data, Some("@" | "@-"))
}

/// The request's JSON; nothing given is an empty message.
pub fn read(data: Option<&str>) -> Planned<String> {
    let (name, text) = match data {
        None => return Ok(String::new()),
        Some("@" | "@-") => ("standard input".to_owned(), stdin()?),
        Some(given) => match given.strip_prefix('@') {
            None => ("-d".to_owned(), given.to_owned()),
            Some(path) => {
                let bytes = files::read("-d", Path::new(path))?;
                (path.to_owned(), as_text(path, bytes)?)
            }
        },
    };
    check_syntax(&name, &text)?;
    Ok(text)
}

fn stdin() -> Planned<String> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            usage(
                format!("standard input could not be read: {error}"),
                "pipe the request in, or give it with -d",
            )
        })?;
    if bytes.len() as u64 > LIMIT {
        return Err(usage(
            "the request on standard input is larger than 64 MiB",
            "a single message that large is refused by every server's default limit",
        ));
    }
    as_text("standard input", bytes)
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
fn check_syntax(name: &str, text: &str) -> Planned<()> {
    for value in serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>() {
        value.map_err(|error| {
            usage(
                format!("the request in {name} is not JSON: {error}"),
                "write it as -d '{\"field\": \"value\"}', -d @FILE or -d @-",
            )
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::Refusal;

    #[test]
    fn inline_and_file_requests_are_read() {
        assert_eq!(read(None).unwrap(), "");
        assert_eq!(read(Some(r#"{"a": 1}"#)).unwrap(), r#"{"a": 1}"#);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        io::Write::write_all(&mut file, b"{}").unwrap();
        assert_eq!(
            read(Some(&format!("@{}", file.path().display()))).unwrap(),
            "{}"
        );
    }

    #[test]
    fn what_is_not_json_is_refused_with_its_place() {
        for (data, place) in [
            ("{", "line 1 column 1"),
            ("{\"a\":\n nope}", "line 2"),
            ("{} x", "column 4"),
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
