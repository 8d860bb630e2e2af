//! Why there is no token, and what a token may look like.

use crate::authenticate::exec_output;
use crate::authenticate::program::ProgramFailed;
use crate::invoke::Answer;
use crate::peer_text::KEPT;
use crate::peer_text::PeerText;

/// Why there is no token.
#[derive(Debug)]
pub enum TokenFault {
    /// There was no HTTP answer: the last exchange says why.
    NoAnswer,
    /// The answer points elsewhere, and nobody follows.
    Redirect,
    /// An OAuth error (RFC 6749 §5.2), of a registered code or another.
    Error {
        code: PeerText,
        description: Option<PeerText>,
    },
    /// An HTTP status that is no success, without such an error.
    Status(Content),
    /// A success that cannot be read; why.
    Unreadable { why: String, content: Content },
    /// A success without a token where it was looked for.
    NotInAnswer {
        looked_at: Vec<String>,
        content: Content,
    },
    /// There is a token, and it cannot be sent; why.
    Unusable { why: String },
    /// The authorization server's metadata cannot be used; why.
    Discovery { why: String },
    /// The login RPC had no answer with a token.
    Rpc(Box<RpcFault>),
    /// The program could not be run, or failed.
    Program(ProgramFailed),
    /// What the program printed is no credential.
    Printed(exec_output::Fault),
    /// Signing failed; why.
    Signing { why: String },
}

/// Why a login RPC brought no token.
#[derive(Debug)]
pub enum RpcFault {
    /// The connection's record says why.
    NoConnection,
    /// It would have been readable on a network.
    Plaintext,
    /// The method could not be found, or the data does not fit it; why.
    NotCallable { why: String },
    /// It was called, and what came is no OK.
    Refused(Box<Answer>),
    /// OK, and the message has no token where it was looked for.
    NotInAnswer {
        looked_at: Vec<String>,
        keys: Vec<PeerText>,
    },
}

/// What may be told of a body that was not expected: never its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Empty,
    /// JSON: the keys of its outermost object.
    Keys(Vec<PeerText>),
    /// Text: its beginning, of which what looks like a token is withheld.
    Text(PeerText),
    /// Damaged JSON, a single word, or no text at all: it may hold the token itself. How many bytes.
    Opaque(usize),
}

impl TokenFault {
    /// OAuth's own code, or a word for what it is.
    pub fn word(&self) -> PeerText {
        let word = match self {
            Self::Error { code, .. } => return code.clone(),
            Self::NoAnswer => "no_answer",
            Self::Redirect => "redirect",
            Self::Status(_) => "unexpected_status",
            Self::Unreadable { .. } => "unreadable_answer",
            Self::NotInAnswer { .. } => "no_token_in_answer",
            Self::Unusable { .. } => "unusable_token",
            Self::Discovery { .. } => "unusable_metadata",
            Self::Rpc(fault) => match **fault {
                RpcFault::NoConnection => "no_answer",
                RpcFault::Plaintext => "plaintext",
                RpcFault::NotCallable { .. } => "not_callable",
                RpcFault::Refused(_) => "login_refused",
                RpcFault::NotInAnswer { .. } => "no_token_in_answer",
            },
            Self::Program(_) => "program_failed",
            Self::Printed(_) => "no_credential_printed",
            Self::Signing { .. } => "not_signed",
        };
        word.into()
    }
}

impl Content {
    /// How many keys are told.
    const KEYS: usize = 20;

    pub fn of(body: &[u8]) -> Self {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if body.trim_ascii().is_empty() {
            return Self::Empty;
        }
        if let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(body) {
            return Self::Keys(
                fields
                    .keys()
                    .take(Self::KEYS)
                    .map(|key| PeerText::from(key.as_str()).name_among_tokens())
                    .collect(),
            );
        }
        match std::str::from_utf8(body).map(str::trim) {
            Ok(text) if is_told(text) => {
                let mut told = PeerText::default().among_tokens();
                told.keep(text.as_bytes(), KEPT);
                Self::Text(told)
            }
            _ => Self::Opaque(body.len()),
        }
    }
}

/// Whether a text is prose or a page, and not something that a token may stand in.
fn is_told(text: &str) -> bool {
    !text.starts_with(['{', '[', '"']) && (text.len() < 20 || text.contains(char::is_whitespace))
}

/// A token without what some servers put around it, a line end after it or the scheme before it; and, if
/// something was taken off, a word about that.
pub(crate) fn bare(text: &str) -> (&str, Option<&'static str>) {
    let line = text.trim_end_matches(['\r', '\n']);
    let scheme = line
        .split_once(' ')
        .filter(|(first, _)| first.eq_ignore_ascii_case("bearer"));
    match scheme {
        Some((_, token)) => (
            token.trim_start(),
            Some(
                "the token came with its own `Bearer `, which was taken off; the scheme is added when it is sent",
            ),
        ),
        None if line.len() < text.len() => (
            line,
            Some("the token ended in a line end, which was taken off"),
        ),
        None => (text, None),
    }
}

/// Checks what stands between a token, once it is [`bare`], and the wire.
///
/// # Errors
/// What is wrong with it, without repeating it.
pub(crate) fn sendable(token: &str) -> Result<(), String> {
    let (token, _) = bare(token);
    if token.is_empty() {
        return Err("it is empty".to_owned());
    }
    let bad = token.bytes().find(|byte| !(0x21..=0x7e).contains(byte));
    match bad {
        None => Ok(()),
        Some(b'\r' | b'\n') => Err("it has a line end in it".to_owned()),
        Some(b' ') => Err("it has a space in it".to_owned()),
        Some(byte) => Err(format!("it has the byte 0x{byte:02x} in it")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_told_of_a_body() {
        let keys = |keys: &[&str]| {
            let key = |key: &&str| PeerText::from(*key).name_among_tokens();
            Content::Keys(keys.iter().map(key).collect())
        };
        let text = |text: &str| Content::Text(PeerText::from(text).among_tokens());
        for (body, told) in [
            (&b""[..], Content::Empty),
            (b" \r\n", Content::Empty),
            (b"{\"a\":\"s3cret\",\"b\":1}", keys(&["a", "b"])),
            (b"\xef\xbb\xbf{\"a\":1}", keys(&["a"])),
            (b"[1]", Content::Opaque(3)),
            (b"{\"token\":\"s3cret", Content::Opaque(16)),
            (
                b"access_token=s3cret&token_type=bearer",
                Content::Opaque(37),
            ),
            (b"not found", text("not found")),
            (b"<html>no</html>\n", text("<html>no</html>")),
            (b"\xff\xfe", Content::Opaque(2)),
        ] {
            assert_eq!(Content::of(body), told);
        }
        let Content::Text(kept) = Content::of("ä ".repeat(10_000).as_bytes()) else {
            panic!("prose is told");
        };
        assert_eq!(kept.octets_for_judging().len(), KEPT);
    }

    #[test]
    fn a_token_is_visible_ascii() {
        for (token, fits) in [
            ("abc.DEF-_~+/=", true),
            ("", false),
            ("a b", false),
            ("a\r\nx-admin: 1", false),
            ("a\0b", false),
            ("t\u{f6}ken", false),
            ("abc\r\n", true),
            ("\n", false),
            ("abc\nabc\n", false),
            ("Bearer abc", true),
            ("bearer  abc\n", true),
            ("Bearer ", false),
            ("Bearer a b", false),
            ("Token abc", false),
        ] {
            assert_eq!(sendable(token).is_ok(), fits, "{token:?}");
        }
    }

    #[test]
    fn what_is_around_a_token_is_taken_off_and_told() {
        for (text, token, told) in [
            ("abc", "abc", None),
            ("abc\r\n", "abc", Some("line end")),
            ("Bearer abc", "abc", Some("`Bearer `")),
            ("bearer  abc\n", "abc", Some("`Bearer `")),
            ("Bearerabc", "Bearerabc", None),
            (" abc", " abc", None),
        ] {
            let (found, notice) = bare(text);
            assert_eq!(found, token, "{text:?}");
            assert_eq!(notice.is_some(), told.is_some(), "{text:?}");
            assert!(
                notice
                    .unwrap_or_default()
                    .contains(told.unwrap_or_default())
            );
        }
    }
}
