//! What is given in the place of an access token and is recognized by its form, or by its own claims. No text is repeated.

use serde_json::Value;

use crate::jwt::Decoded;
use crate::jwt::NotAJwt;
use crate::jwt::claims::malformed_times;
use crate::jwt::looks_like_jwt;

/// A text that is not a token as it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistaken {
    /// The whole JSON answer of a token endpoint; the member that holds the token.
    Answer(&'static str),
    /// Other JSON: an error's, or one whose members are not known.
    Json,
    /// HTML or XML: a page to log in at, most often.
    Page,
    /// `authorization: Bearer TOKEN`.
    HeaderLine,
    /// `NAME=TOKEN`, as in a file of variables.
    Assignment,
    /// A certificate or a key.
    Pem,
    /// A JWT with line ends or spaces inside.
    Wrapped,
    /// Quotes stand around it.
    Quoted,
    /// A JWT, or a token with its scheme, with the escapes of a URL.
    UrlEncoded,
}

/// The members of an answer that hold a token, the most wanted first.
const MEMBERS: [&str; 4] = ["access_token", "accessToken", "id_token", "token"];

/// What `text` is in the place of a token; `None`: it may be one.
pub(crate) fn mistaken(text: &str) -> Option<Mistaken> {
    let text = text.trim();
    if text.starts_with(['{', '[']) {
        let answer: Value = serde_json::from_str(text).ok()?;
        let held = MEMBERS.iter().find(|name| answer[**name].is_string());
        return Some(held.map_or(Mistaken::Json, |name| Mistaken::Answer(name)));
    }
    if text.starts_with('<') && text.ends_with('>') {
        return Some(Mistaken::Page);
    }
    if is_header_line(text) {
        return Some(Mistaken::HeaderLine);
    }
    if is_assignment(text) {
        return Some(Mistaken::Assignment);
    }
    if text.starts_with("-----BEGIN ") {
        return Some(Mistaken::Pem);
    }
    if ['"', '\''].iter().any(|mark| is_within(text, *mark)) {
        return Some(Mistaken::Quoted);
    }
    if is_wrapped(text) {
        return Some(Mistaken::Wrapped);
    }
    is_url_encoded(text).then_some(Mistaken::UrlEncoded)
}

fn is_header_line(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(name, _)| name.trim_end().eq_ignore_ascii_case("authorization"))
}

/// Only of a JWT: an opaque token may hold the sign itself.
fn is_assignment(text: &str) -> bool {
    let text = text.strip_prefix("export ").unwrap_or(text);
    let fits = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'_';
    text.split_once('=').is_some_and(|(name, value)| {
        let value = value.trim_matches(['"', '\'']);
        !name.is_empty() && name.bytes().all(fits) && looks_like_jwt(value)
    })
}

fn is_within(text: &str, mark: char) -> bool {
    text.len() > 1 && text.starts_with(mark) && text.ends_with(mark)
}

/// Whether it is one JWT without its white space: of two JWTs, the second begins as one, too.
fn is_wrapped(text: &str) -> bool {
    let mut pieces = text.split_whitespace();
    let Some(mut joined) = pieces.next().map(str::to_owned) else {
        return false;
    };
    let mut is_split = false;
    for piece in pieces {
        if looks_like_jwt(piece) {
            return false;
        }
        is_split = true;
        joined.push_str(piece);
    }
    let read = || Decoded::read(&joined);
    is_split && matches!(read(), Ok(_) | Err(NotAJwt::Encrypted))
}

fn is_url_encoded(text: &str) -> bool {
    let Some(decoded) = without_escapes(text) else {
        return false;
    };
    let (scheme, rest) = decoded.split_once(' ').unwrap_or(("", &decoded));
    let has_scheme = scheme.eq_ignore_ascii_case("bearer") && !rest.is_empty();
    has_scheme || looks_like_jwt(&decoded)
}

/// The text that `%2E` and its like stand for; `None`: there are no such escapes, or other ones.
fn without_escapes(text: &str) -> Option<String> {
    let mut pieces = text.split('%');
    let mut decoded = pieces.next()?.to_owned();
    let mut any = false;
    for piece in pieces {
        let octet = u8::from_str_radix(piece.get(..2)?, 16).ok()?;
        decoded.push(octet.is_ascii().then_some(char::from(octet))?);
        decoded.push_str(&piece[2..]);
        any = true;
    }
    any.then_some(decoded)
}

impl Mistaken {
    /// Whether it cannot be sent, or must not: an answer holds other secrets, too.
    pub fn is_unsendable(self) -> bool {
        !matches!(self, Self::Quoted | Self::UrlEncoded)
    }

    /// What it is; a clause that begins with `it`.
    pub fn what(self) -> String {
        match self {
            Self::Answer(member) => format!(
                "it is the whole JSON answer of a token endpoint; the token is its member {member}"
            ),
            Self::Json => "it is JSON, and has no member that is known to hold a token".to_owned(),
            Self::Page => "it is a page of HTML or XML, such as one to log in at".to_owned(),
            Self::HeaderLine => "it is a whole header line, and not the token alone".to_owned(),
            Self::Assignment => {
                "it is a variable with its value (NAME=TOKEN), and not the token alone".to_owned()
            }
            Self::Pem => "it is PEM, a certificate or a key, and not a token".to_owned(),
            Self::Wrapped => "it is a JWT with line ends or spaces inside".to_owned(),
            Self::Quoted => "it has quotes around it, and no token has them".to_owned(),
            Self::UrlEncoded => {
                "it is URL-encoded: it has escapes such as %2E, and no token has them".to_owned()
            }
        }
    }

    /// What to do. `file`: where the text was read from, if from a file.
    pub fn remedy(self, file: Option<&str>) -> String {
        let file = file.filter(|path| path.bytes().all(is_plain));
        match self {
            Self::Answer(member) => match file {
                Some(file) => {
                    format!("take the member out of it: --token 'cmd:jq -r .{member} {file}'")
                }
                None => format!("take the member out of it: jq -r .{member}"),
            },
            Self::Json => match file {
                Some(file) => format!(
                    "look at it (jq . {file}), and take the token out of it: --token 'cmd:jq -r .MEMBER {file}'"
                ),
                None => "look at it (jq .), and take the token out of it: jq -r .MEMBER".to_owned(),
            },
            Self::Page => {
                "look at how it was fetched: whatever was asked for a token answered with a page"
                    .to_owned()
            }
            Self::HeaderLine => format!(
                "give the line as it is, -H @{}, or the token alone",
                file.unwrap_or("FILE")
            ),
            Self::Assignment => {
                "remove the name and the `=`, or export the variable and name it: --token env:NAME"
                    .to_owned()
            }
            Self::Pem => {
                "name the source of the token; --cert and --key present a client certificate"
                    .to_owned()
            }
            Self::Wrapped => format!(
                "join it to one line: tr -d '[:space:]' < {}",
                file.unwrap_or("FILE")
            ),
            Self::Quoted => "remove the quotes".to_owned(),
            Self::UrlEncoded => "decode it before it is given".to_owned(),
        }
    }
}

/// Whether a shell takes it as it is.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/._-".contains(&byte)
}

/// What a JWT is for, if it says itself that it is no access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OtherUse {
    /// The claim that says so.
    pub claim: &'static str,
    pub kind: TokenKind,
}

/// Tokens that are not sent to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    Refresh,
    Id,
}

/// Claims in which issuers say what a token is: Keycloak (`typ`), Amazon Cognito (`token_use`), libraries (the others).
const KINDS: [&str; 4] = ["typ", "token_use", "token_type", "type"];

/// What `token` is for; `None`: it may be an access token.
pub(crate) fn other_use(token: &Decoded) -> Option<OtherUse> {
    for claim in KINDS {
        let Some(kind) = token.claims[claim].as_str() else {
            continue;
        };
        return match kind.to_ascii_lowercase().as_str() {
            "refresh" | "offline" | "refresh_token" => Some(TokenKind::Refresh),
            "id" | "id_token" => Some(TokenKind::Id),
            _ => None,
        }
        .map(|kind| OtherUse { claim, kind });
    }
    let is_access_token = token.header["typ"]
        .as_str()
        .is_some_and(|named| named.to_ascii_lowercase().ends_with("at+jwt"));
    if is_access_token || !token.scopes().is_empty() {
        return None;
    }
    // OpenID Connect Core 1.0 §2, §3.1.3.6: an ID token alone has them.
    let of_an_id_token = ["at_hash", "c_hash", "nonce"];
    let claim = of_an_id_token
        .into_iter()
        .find(|claim| token.claims[*claim].is_string())?;
    Some(OtherUse {
        claim,
        kind: TokenKind::Id,
    })
}

impl OtherUse {
    /// What the token is; a noun.
    pub fn words(self) -> String {
        let claim = self.claim;
        match self.kind {
            TokenKind::Refresh => format!(
                "a refresh token (claim {claim}): it is for the token endpoint, and not for a service"
            ),
            TokenKind::Id => format!(
                "an ID token (claim {claim}): it is for the client that logged in, and many services refuse it"
            ),
        }
    }
}

/// What a token says itself against its use as an access token; a clause for each. `is_given`: the user chose it, and
/// no endpoint gave it as what was asked for.
pub(crate) fn doubts(token: &str, is_given: bool) -> Vec<String> {
    let read = match Decoded::read(token) {
        Ok(read) => read,
        Err(NotAJwt::Encrypted) if is_given => {
            return vec![
                "it is encrypted (JWE): a service that expects a signed JWT cannot read it"
                    .to_owned(),
            ];
        }
        Err(_) => return Vec::new(),
    };
    let other = other_use(&read).filter(|other| is_given || other.kind == TokenKind::Refresh);
    let bound = read.claims["cnf"]["jkt"].is_string().then(|| {
        "it is bound to a DPoP key (cnf.jkt): it is sent without a proof of that key, and a server that checks it refuses it (RFC 9449)".to_owned()
    });
    other
        .map(|other| format!("it is {}", other.words()))
        .into_iter()
        .chain(bound)
        .chain(malformed_times(&read))
        .collect()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde_json::json;

    use super::*;

    fn jwt(header: &Value, claims: &Value) -> String {
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.c2ln", encode(header), encode(claims))
    }

    #[test]
    fn what_is_given_in_place_of_a_token_is_named() {
        let token = jwt(&json!({"alg": "RS256"}), &json!({"sub": "alice"}));
        let (head, tail) = token.split_at(20);
        let encrypted = format!("{}.a.b.c.d", URL_SAFE_NO_PAD.encode(r#"{"alg":"dir"}"#));
        for (text, expected) in [
            (
                json!({"access_token": token, "expires_in": 300}).to_string(),
                Some(Mistaken::Answer("access_token")),
            ),
            (
                format!("{{\n  \"id_token\": \"{token}\"\n}}\n"),
                Some(Mistaken::Answer("id_token")),
            ),
            (
                "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----".to_owned(),
                Some(Mistaken::Pem),
            ),
            (format!("{head}\n{tail}"), Some(Mistaken::Wrapped)),
            (format!("{head}\r\n {tail}\r\n"), Some(Mistaken::Wrapped)),
            (encrypted.replace(".a.", ".a\n."), Some(Mistaken::Wrapped)),
            (format!("\"{token}\""), Some(Mistaken::Quoted)),
            ("'opaque'".to_owned(), Some(Mistaken::Quoted)),
            (token.replace('.', "%2E"), Some(Mistaken::UrlEncoded)),
            (format!("Bearer%20{token}"), Some(Mistaken::UrlEncoded)),
            // Near misses.
            (token.clone(), None),
            (format!("{token}\n"), None),
            (encrypted, None),
            (format!("{token}\n{token}"), None),
            ("two words".to_owned(), None),
            ("a%2Eb".to_owned(), None),
            ("100%sure".to_owned(), None),
            ("%e9%".to_owned(), None),
            (
                json!({"error": "invalid_grant"}).to_string(),
                Some(Mistaken::Json),
            ),
            (
                json!({"data": {"token": "abc"}}).to_string(),
                Some(Mistaken::Json),
            ),
            ("[]".to_owned(), Some(Mistaken::Json)),
            (
                "<html><body>Log in</body></html>\n".to_owned(),
                Some(Mistaken::Page),
            ),
            (
                format!("Authorization: Bearer {token}"),
                Some(Mistaken::HeaderLine),
            ),
            (format!("TOKEN={token}"), Some(Mistaken::Assignment)),
            (
                format!("export TOKEN=\"{token}\""),
                Some(Mistaken::Assignment),
            ),
            ("a=b".to_owned(), None),
            ("user:password".to_owned(), None),
            ("<abc".to_owned(), None),
            ("{not json".to_owned(), None),
            ("\"".to_owned(), None),
            (String::new(), None),
        ] {
            assert_eq!(mistaken(&text), expected, "{text}");
        }
    }

    #[test]
    fn a_file_is_named_where_a_shell_takes_it_as_it_is() {
        let answer = Mistaken::Answer("access_token");
        for (file, words) in [
            (
                Some("a/answer.json"),
                "'cmd:jq -r .access_token a/answer.json'",
            ),
            (Some("my answer"), "jq -r .access_token"),
            (None, "jq -r .access_token"),
        ] {
            let remedy = answer.remedy(file);
            assert!(remedy.ends_with(words), "{remedy}");
        }
    }

    #[test]
    fn what_a_jwt_says_that_it_is_for() {
        let plain = json!({"alg": "RS256"});
        for (header, claims, expected) in [
            (
                &plain,
                json!({"typ": "Refresh"}),
                Some(("typ", TokenKind::Refresh)),
            ),
            (
                &plain,
                json!({"typ": "Offline"}),
                Some(("typ", TokenKind::Refresh)),
            ),
            (&plain, json!({"typ": "ID"}), Some(("typ", TokenKind::Id))),
            (
                &plain,
                json!({"token_use": "id"}),
                Some(("token_use", TokenKind::Id)),
            ),
            (
                &plain,
                json!({"token_type": "refresh"}),
                Some(("token_type", TokenKind::Refresh)),
            ),
            (
                &plain,
                json!({"nonce": "n-1"}),
                Some(("nonce", TokenKind::Id)),
            ),
            (
                &plain,
                json!({"at_hash": "x"}),
                Some(("at_hash", TokenKind::Id)),
            ),
            // Near misses.
            (&plain, json!({"sub": "alice"}), None),
            (&plain, json!({"typ": "Bearer", "nonce": "n-1"}), None),
            (&plain, json!({"token_use": "access", "nonce": "n-1"}), None),
            (&plain, json!({"scope": "openid", "nonce": "n-1"}), None),
            (&plain, json!({"nonce": 1}), None),
            (
                &json!({"alg": "RS256", "typ": "at+jwt"}),
                json!({"nonce": "n-1"}),
                None,
            ),
        ] {
            let token = Decoded::read(&jwt(header, &claims)).unwrap();
            let found = other_use(&token).map(|found| (found.claim, found.kind));
            assert_eq!(found, expected, "{claims}");
        }
    }

    #[test]
    fn what_a_token_says_against_its_use() {
        let signed = |claims: &Value| jwt(&json!({"alg": "RS256"}), claims);
        let encrypted = format!("{}.a.b.c.d", URL_SAFE_NO_PAD.encode(r#"{"alg":"dir"}"#));
        for (token, given, fetched) in [
            (
                signed(&json!({"typ": "Refresh"})),
                Some("a refresh token (claim typ)"),
                true,
            ),
            (
                signed(&json!({"token_use": "id"})),
                Some("an ID token (claim token_use)"),
                false,
            ),
            (
                signed(&json!({"cnf": {"jkt": "x"}})),
                Some("DPoP key"),
                true,
            ),
            (
                signed(&json!({"exp": "1"})),
                Some("its exp is a text"),
                true,
            ),
            (encrypted, Some("JWE"), false),
            // Near misses.
            (signed(&json!({"sub": "a"})), None, false),
            (signed(&json!({"cnf": {"x5t#S256": "x"}})), None, false),
            ("a.b.c.d.e".to_owned(), None, false),
            ("opaque".to_owned(), None, false),
        ] {
            let doubts = doubts(&token, true);
            assert_eq!(doubts.len(), usize::from(given.is_some()), "{doubts:?}");
            assert!(
                doubts.concat().contains(given.unwrap_or_default()),
                "{doubts:?}"
            );
            assert!(!doubts.concat().contains(&token), "{doubts:?}");
            assert_eq!(!super::doubts(&token, false).is_empty(), fetched, "{token}");
        }
    }
}
