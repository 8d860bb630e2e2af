//! An RPC error that stands, as text, in a response message of a call that itself goes well.
//!
//! Servers in Go that watch or batch put the error of a part into the answer as they print it:
//! etcd's Watch stays open and OK, and says `cancelReason: "rpc error: code = PermissionDenied …"`.

use serde::Deserialize as _;

/// How grpc-go begins the text of a status (`status.Error.Error`).
const BEGINS: &str = "\"rpc error: code = ";
/// Between the code's name and the message.
const MESSAGE: &str = " desc = ";
/// Of a stream, the messages that are looked at, and how far into each.
const MESSAGES: u64 = 8;
const OCTETS: usize = 16 * 1024;
/// What the name of a field has in it that holds an error. Others hold what somebody wrote, logged or sent.
const NAMES: [&str; 5] = ["reason", "error", "status", "cause", "failure"];

/// Which message said so, and in which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorInMessage {
    /// From 1.
    pub number: u64,
    /// As JSON names it.
    pub field: String,
    /// As grpc-go names it, such as `PermissionDenied`.
    pub code: String,
    pub text: String,
}

impl ErrorInMessage {
    /// The first one in the JSON of this message; later messages and long tails are not looked at.
    pub fn find(number: u64, json: &str) -> Option<Self> {
        if number > MESSAGES {
            return None;
        }
        let end = (0..=OCTETS.min(json.len()))
            .rev()
            .find(|end| json.is_char_boundary(*end))?;
        let head = &json[..end];
        head.match_indices(BEGINS).find_map(|(at, _)| {
            let field = field_before(&head[..at])?;
            let lower = field.to_lowercase();
            if !NAMES.iter().any(|name| lower.contains(name)) {
                return None;
            }
            let mut value = serde_json::Deserializer::from_str(&json[at..]);
            let text = String::deserialize(&mut value).ok()?;
            let (code, _) = text[BEGINS.len() - 1..].split_once(MESSAGE)?;
            Some(Self {
                number,
                field: field.to_owned(),
                code: code.to_owned(),
                text,
            })
        })
    }
}

/// The name of the field whose value begins after this.
fn field_before(json: &str) -> Option<&str> {
    let named = json.trim_end().strip_suffix(':')?.trim_end();
    let (_, field) = named.strip_suffix('"')?.rsplit_once('"')?;
    Some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_in_a_field_for_errors_is_found() {
        for (json, field, code) in [
            (
                r#"{"canceled":true,"cancelReason":"rpc error: code = PermissionDenied desc = etcdserver: permission denied"}"#,
                "cancelReason",
                "PermissionDenied",
            ),
            (
                "{\n  \"results\": [{\n    \"error\": \"rpc error: code = NotFound desc = no \\\"a\\\"\"\n  }]\n}",
                "error",
                "NotFound",
            ),
            (
                r#"{"text":"rpc error: code = Internal desc = x","last_error":"rpc error: code = Unauthenticated desc = "}"#,
                "last_error",
                "Unauthenticated",
            ),
        ] {
            let found = ErrorInMessage::find(1, json).unwrap();
            assert_eq!((found.field.as_str(), found.code.as_str()), (field, code));
            assert!(found.text.starts_with("rpc error: code = "), "{found:?}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_not() {
        let denied = "rpc error: code = PermissionDenied desc = no";
        for json in [
            // Somebody's words: a note, a line of a log, an element of a list.
            format!(r#"{{"text":"{denied}"}}"#),
            format!(r#"{{"line":"{denied}"}}"#),
            format!(r#"{{"errors":["{denied}"]}}"#),
            // Not the whole value.
            format!(r#"{{"error":"it said {denied}"}}"#),
            format!(r#"{{"error":"it said \"{denied}\""}}"#),
            // Not the form.
            r#"{"error":"rpc error: code = PermissionDenied"}"#.to_owned(),
            r#"{"error":"rpc error: PermissionDenied desc = no"}"#.to_owned(),
            r#"{"error":"permission denied"}"#.to_owned(),
            // A name.
            format!(r#"{{"{denied}":"error"}}"#),
            "\"rpc error: code = ".to_owned(),
        ] {
            assert_eq!(ErrorInMessage::find(1, &json), None, "{json}");
        }
    }

    #[test]
    fn only_the_beginning_is_looked_at() {
        let late = r#"{"error":"rpc error: code = PermissionDenied desc = no"}"#;
        assert!(ErrorInMessage::find(8, late).is_some());
        assert_eq!(ErrorInMessage::find(9, late), None);
        let far = format!("{{\"a\":\"{}\",{}", "é".repeat(OCTETS / 2), &late[1..]);
        assert_eq!(ErrorInMessage::find(1, &far), None);
    }
}
