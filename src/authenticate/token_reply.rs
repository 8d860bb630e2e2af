//! Reading a token endpoint's answer (RFC 6749 §5), in all the forms that servers give it.

use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::Value;
use time::Duration;
use time::OffsetDateTime;

use crate::authenticate::cache::Entry;
use crate::authenticate::http::HttpReply;
use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_fault::bare;
use crate::authenticate::token_fault::sendable;
use crate::jwt::Decoded;
use crate::peer_text::PeerText;
use crate::secret::Secret;

/// Reads an answer to a request that began at `began`.
///
/// # Errors
/// Why there is no token in it.
pub fn read(reply: &HttpReply, began: OffsetDateTime) -> Result<Entry, TokenFault> {
    let object = success(reply)?;
    let content = || Content::of(&reply.body);
    let Some(access_token) = object.text("access_token") else {
        return Err(TokenFault::NotInAnswer {
            looked_at: vec!["/access_token".to_owned()],
            content: content(),
        });
    };
    sendable(access_token).map_err(|why| TokenFault::Unusable { why })?;
    let refresh_token = object.text("refresh_token").filter(|text| !text.is_empty());
    Ok(Entry {
        access_token: Secret::new(access_token),
        refresh_token: refresh_token.map(Secret::new),
        token_type: object.text("token_type").map(str::to_owned),
        scope: object.get("scope").and_then(scope),
        obtained_at: began,
        expires_at: expiry(object.get("expires_in"), access_token, began),
    })
}

/// The JSON object of an answer that is a success and no error in disguise.
///
/// # Errors
/// A redirect, an error (some servers send one with status 200), another status, or no JSON object.
pub fn success(reply: &HttpReply) -> Result<Object, TokenFault> {
    if reply.status.is_redirection() {
        return Err(TokenFault::Redirect);
    }
    let read = Object::read(&reply.body);
    if let Ok(object) = &read
        && let Some(code) = object.text("error").filter(|code| !code.is_empty())
    {
        return Err(TokenFault::Error {
            code: PeerText::from(code).name_among_tokens(),
            description: object
                .text("error_description")
                .map(|words| PeerText::from(words).among_tokens()),
        });
    }
    let content = || Content::of(&reply.body);
    if !reply.status.is_success() {
        return Err(TokenFault::Status(content()));
    }
    read.map_err(|why| TokenFault::Unreadable {
        why,
        content: content(),
    })
}

/// When a token expires: `expires_in` seconds after the request began, if that is a number above 0, written
/// as one or in a string; else the JWT's own `exp`; else nobody knows.
pub fn expiry(
    expires_in: Option<&Value>,
    token: &str,
    began: OffsetDateTime,
) -> Option<OffsetDateTime> {
    let seconds = expires_in.and_then(|value| match value {
        Value::String(text) => text.trim().trim_end_matches('s').parse::<f64>().ok(),
        value => value.as_f64(),
    });
    // A thousand years: what is beyond is no lifetime that anybody meant.
    let within = |seconds: &f64| *seconds > 0.0 && *seconds < 31_557_600_000.0;
    seconds
        .filter(within)
        .and_then(|seconds| began.checked_add(Duration::seconds_f64(seconds)))
        .or_else(|| Decoded::read(bare(token).0).ok()?.expires_at())
}

/// A text, or a list of texts as some servers send it.
fn scope(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(list) => {
            let scopes: Option<Vec<&str>> = list.iter().map(Value::as_str).collect();
            scopes.map(|scopes| scopes.join(" "))
        }
        _ => None,
    }
}

/// A JSON object whose outermost keys occur once each: of two tokens nobody could say which was meant.
#[derive(Debug)]
pub struct Object(pub Value);

impl Object {
    /// # Errors
    /// What the body is instead, without its values.
    pub fn read(body: &[u8]) -> Result<Self, String> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if body.trim_ascii().is_empty() {
            return Err("it is empty".to_owned());
        }
        serde_json::from_slice(body).map_err(|error| {
            let text = error.to_string();
            if text.starts_with(TWICE) {
                return text
                    .rsplit_once(" at line")
                    .map_or(&*text, |(why, _)| why)
                    .to_owned();
            }
            match error.classify() {
                _ if std::str::from_utf8(body).is_err() => "it is not UTF-8".to_owned(),
                serde_json::error::Category::Eof => "its JSON ends too early".to_owned(),
                serde_json::error::Category::Data => "it is JSON, but no object".to_owned(),
                _ if text.starts_with("recursion limit") => {
                    "its JSON is nested too deeply".to_owned()
                }
                _ => "it is not JSON".to_owned(),
            }
        })
    }

    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }
}

const TWICE: &str = "it has a key twice: ";
/// The longest key that is shown, in characters.
const LONGEST_KEY: usize = 60;

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut object = serde_json::Map::new();
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    if object.contains_key(&key) {
                        let key = PeerText::from(key).name_among_tokens();
                        let why = format!("{TWICE}{}", key.quoted(LONGEST_KEY));
                        return Err(serde::de::Error::custom(why));
                    }
                    object.insert(key, value);
                }
                Ok(Object(Value::Object(object)))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

#[cfg(test)]
mod tests;
