//! Reading a login's answer: the token where it was said to be, or in the usual places.

use http::HeaderName;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::authenticate::cache::Entry;
use crate::authenticate::http::HttpReply;
use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_fault::sendable;
use crate::authenticate::token_reply;
use crate::clock;
use crate::secret::Secret;

const TOKEN: &[&str] = &["/token", "/access_token", "/accessToken"];
const REFRESH_TOKEN: &[&str] = &["/refresh_token", "/refreshToken"];
const TOKEN_TYPE: &[&str] = &["/token_type", "/tokenType"];
const EXPIRES_IN: &[&str] = &["/expires_in", "/expiresIn"];
const EXPIRES_AT: &[&str] = &["/expires_at", "/expiresAt"];

/// Where a token stands in an answer.
#[derive(Clone, Debug)]
pub enum Places {
    /// In the usual ones.
    Usual,
    /// A JSON Pointer (RFC 6901).
    Pointer(String),
    Header(HeaderName),
}

impl Places {
    /// Reads `--token-ptr`.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn new(text: Option<&str>) -> Result<Self, String> {
        let Some(text) = text else {
            return Ok(Self::Usual);
        };
        if let Some(name) = text.strip_prefix("header:") {
            return name
                .trim()
                .parse()
                .map(Self::Header)
                .map_err(|_| "`header:` needs the name of a header".to_owned());
        }
        if text.is_empty() || text.starts_with('/') {
            return Ok(Self::Pointer(text.to_owned()));
        }
        Err(format!("a JSON Pointer begins with a slash: /{text}"))
    }

    /// The token of an HTTP answer.
    ///
    /// # Errors
    /// Why there is none.
    pub fn read(&self, reply: &HttpReply, began: OffsetDateTime) -> Result<Entry, TokenFault> {
        if let Self::Header(name) = self {
            return from_header(name, reply, began);
        }
        let object = token_reply::success(reply)?;
        self.find(&object.0, began).unwrap_or_else(|looked_at| {
            Err(TokenFault::NotInAnswer {
                looked_at,
                content: Content::of(&reply.body),
            })
        })
    }

    /// The token in a JSON value.
    ///
    /// # Errors
    /// The outer: where there is none. The inner: it cannot be sent.
    pub fn find(
        &self,
        value: &Value,
        began: OffsetDateTime,
    ) -> Result<Result<Entry, TokenFault>, Vec<String>> {
        let pointer = match self {
            Self::Pointer(pointer) => &[pointer.as_str()][..],
            Self::Usual | Self::Header(_) => TOKEN,
        };
        let Some(token) = first(value, pointer).and_then(Value::as_str) else {
            return Err(pointer.iter().map(|place| (*place).to_owned()).collect());
        };
        if let Err(why) = sendable(token) {
            return Ok(Err(TokenFault::Unusable { why }));
        }
        // Beside the token, wherever that is.
        let beside = pointer
            .iter()
            .find(|pointer| value.pointer(pointer).is_some())
            .and_then(|pointer| pointer.rsplit_once('/'))
            .and_then(|(parent, _)| value.pointer(parent))
            .unwrap_or(value);
        let text = |places| first(beside, places).and_then(Value::as_str);
        let at = first(beside, EXPIRES_AT).and_then(moment);
        Ok(Ok(Entry {
            access_token: Secret::new(token),
            refresh_token: text(REFRESH_TOKEN)
                .filter(|token| !token.is_empty())
                .map(Secret::new),
            token_type: text(TOKEN_TYPE).map(str::to_owned),
            scope: text(&["/scope"]).map(str::to_owned),
            obtained_at: began,
            expires_at: at.or_else(|| token_reply::expiry(first(beside, EXPIRES_IN), token, began)),
        }))
    }
}

fn from_header(
    name: &HeaderName,
    reply: &HttpReply,
    began: OffsetDateTime,
) -> Result<Entry, TokenFault> {
    if reply.status.is_redirection() {
        return Err(TokenFault::Redirect);
    }
    if !reply.status.is_success() {
        return Err(TokenFault::Status(Content::of(&reply.body)));
    }
    let Some(value) = reply.headers.get(name) else {
        return Err(TokenFault::NotInAnswer {
            looked_at: vec![format!("header:{name}")],
            content: Content::of(&reply.body),
        });
    };
    let text = String::from_utf8_lossy(value.as_bytes());
    // Spring and its kin answer with the header as it is to be sent.
    let token = match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => text.trim(),
    };
    sendable(token).map_err(|why| TokenFault::Unusable { why })?;
    Ok(Entry {
        access_token: Secret::new(token),
        refresh_token: None,
        token_type: None,
        scope: None,
        obtained_at: began,
        expires_at: token_reply::expiry(None, token, began),
    })
}

fn first<'a>(value: &'a Value, places: &[&str]) -> Option<&'a Value> {
    places
        .iter()
        .filter_map(|place| value.pointer(place))
        .find(|value| !value.is_null() && value.as_str() != Some(""))
}

/// Seconds or milliseconds since 1970, in a number or a text, or RFC 3339.
fn moment(value: &Value) -> Option<OffsetDateTime> {
    let number = match value {
        Value::String(text) => match text.parse() {
            Ok(number) => number,
            Err(_) => return OffsetDateTime::parse(text, &Rfc3339).ok(),
        },
        value => value.as_f64()?,
    };
    clock::of_seconds_or_milliseconds(number).filter(|_| number > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::http::HeaderMap;
    use ::http::StatusCode;

    const BEGAN: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn reply(status: u16, header: Option<&'static str>, body: &'static str) -> HttpReply {
        let mut headers = HeaderMap::new();
        if let Some(value) = header {
            headers.insert("x-auth-token", value.parse().unwrap());
        }
        HttpReply {
            status: StatusCode::from_u16(status).unwrap(),
            headers,
            body: body.into(),
        }
    }

    fn read(places: Option<&str>, reply: &HttpReply) -> Result<Entry, TokenFault> {
        Places::new(places).unwrap().read(reply, BEGAN)
    }

    #[test]
    fn where_tokens_are_found() {
        for (places, header, body, token, expires) in [
            (None, None, r#"{"token":"t"}"#, "t", None),
            (
                None,
                None,
                r#"{"token":null,"accessToken":"t","expiresIn":"60"}"#,
                "t",
                Some(60),
            ),
            (
                None,
                None,
                r#"{"access_token":"t","expires_at":1700000000}"#,
                "t",
                Some(1_700_000_000),
            ),
            (
                None,
                None,
                r#"{"access_token":"t","expires_at":1700000000000}"#,
                "t",
                Some(1_700_000_000),
            ),
            (
                None,
                None,
                r#"{"access_token":"t","expires_at":"2023-11-14T22:13:20Z"}"#,
                "t",
                Some(1_700_000_000),
            ),
            (
                Some("/data/jwt"),
                None,
                r#"{"data":{"jwt":"t","expires_in":5}}"#,
                "t",
                Some(5),
            ),
            (Some("/a~1b/0"), None, r#"{"a/b":["t"]}"#, "t", None),
            (Some("header:X-Auth-Token"), Some("Bearer t"), "", "t", None),
            (Some("header:x-auth-token"), Some("t"), "<html>", "t", None),
        ] {
            let entry = read(places, &reply(200, header, body)).unwrap();
            assert_eq!(entry.access_token.expose(), token, "{body}");
            let seconds = entry.expires_at.map(OffsetDateTime::unix_timestamp);
            assert_eq!(seconds, expires, "{body}");
        }
    }

    #[test]
    fn where_none_is_found() {
        for (places, status, body, fault) in [
            (
                None,
                200,
                r#"{"jwt":"t","user":1}"#,
                "NotInAnswer { looked_at: [\"/token\", \"/access_token\", \"/accessToken\"], content: Keys([PeerText(3 octets), PeerText(4 octets)]) }",
            ),
            (
                Some("/token"),
                200,
                r#"{"access_token":"t"}"#,
                "NotInAnswer { looked_at: [\"/token\"], content: Keys([PeerText(12 octets)]) }",
            ),
            (None, 200, r#"{"token":7}"#, "NotInAnswer"),
            (None, 200, r#"{"token":"a b"}"#, "Unusable"),
            (
                None,
                401,
                "wrong password",
                "Status(Text(PeerText(14 octets)))",
            ),
            (None, 302, "", "Redirect"),
            (
                None,
                200,
                "eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
                "Unreadable { why: \"it is not JSON\", content: Opaque(29) }",
            ),
            (
                Some("header:x-auth-token"),
                200,
                "{}",
                "NotInAnswer { looked_at: [\"header:x-auth-token\"]",
            ),
            (
                Some("header:x-auth-token"),
                403,
                "no",
                "Status(Text(PeerText(2 octets)))",
            ),
        ] {
            let found = format!(
                "{:?}",
                read(places, &reply(status, None, body)).unwrap_err()
            );
            assert!(found.starts_with(fault), "{found}");
        }
    }

    #[test]
    fn what_is_no_place_is_refused() {
        for text in ["token", "header:", "header:a b", "$.token"] {
            assert!(Places::new(Some(text)).is_err(), "{text}");
        }
    }
}
