//! A JWS in compact serialization (RFC 7515 §7.1), taken apart strictly and not yet verified.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Map;
use serde_json::Value;
use thiserror::Error;

/// The longest text that is looked at, in bytes: far above what any server takes as metadata.
pub(crate) const MAX_LENGTH: usize = 256 * 1024;

/// The three parts, each decoded. The payload need not be JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Jws<'a> {
    pub header: Map<String, Value>,
    pub payload: Vec<u8>,
    /// What was signed: header and payload as they stand in the token.
    pub(super) message: &'a str,
    pub(super) signature: Vec<u8>,
}

/// Which of a JWT's three parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Header,
    Claims,
    Signature,
}

/// Why a text is not a readable JWT. The text itself is never repeated: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotAJwt {
    /// More than [`MAX_LENGTH`] bytes; how many.
    #[error("{0} bytes are too many for a JWT ({MAX_LENGTH})")]
    TooLong(usize),
    /// Not three parts separated by dots; how many there are.
    #[error("a JWT has three parts separated by dots, this has {0}")]
    Parts(usize),
    /// Five parts: a JWE (RFC 7516 §7.1), which only its recipient can read.
    #[error("an encrypted JWT (JWE): only its recipient can read it")]
    Encrypted,
    /// A part is not base64url without padding (RFC 7515 §2).
    #[error("the {part} is not base64url: {reason}")]
    Base64 { part: Part, reason: String },
    /// A part is not JSON.
    #[error("the {part} is not JSON: {reason}")]
    Json { part: Part, reason: String },
    /// A part is JSON, but no object.
    #[error("the {0} is JSON, but no object")]
    NotAnObject(Part),
}

impl<'a> Jws<'a> {
    /// Takes `token` apart. White space around it is not part of it.
    ///
    /// # Errors
    /// Not three parts of base64url without padding, or the header is no JSON object.
    pub fn read(token: &'a str) -> Result<Self, NotAJwt> {
        let token = token.trim();
        if token.len() > MAX_LENGTH {
            return Err(NotAJwt::TooLong(token.len()));
        }
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts[..] else {
            return Err(match parts.len() {
                5 if header_of(token).is_some() => NotAJwt::Encrypted,
                count => NotAJwt::Parts(count),
            });
        };
        Ok(Self {
            header: object(Part::Header, &octets(Part::Header, header)?)?,
            payload: octets(Part::Claims, payload)?,
            message: &token[..header.len() + 1 + payload.len()],
            signature: octets(Part::Signature, signature)?,
        })
    }

    /// The payload as the claims of a JWT.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn claims(&self) -> Result<Map<String, Value>, NotAJwt> {
        object(Part::Claims, &self.payload)
    }

    /// Whether nothing is signed: no signature, or `alg` is none, or no text.
    pub fn is_unsigned(&self) -> bool {
        self.signature.is_empty()
            || self
                .header
                .get("alg")
                .and_then(Value::as_str)
                .is_none_or(|algorithm| algorithm.eq_ignore_ascii_case("none"))
    }
}

/// The header of anything that begins with one: of a JWE too, or of a token that is damaged further on.
pub(crate) fn header_of(token: &str) -> Option<Map<String, Value>> {
    let (first, _) = token.trim().split_once('.')?;
    if first.len() > MAX_LENGTH {
        return None;
    }
    object(Part::Header, &octets(Part::Header, first).ok()?).ok()
}

fn octets(part: Part, text: &str) -> Result<Vec<u8>, NotAJwt> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|error| NotAJwt::Base64 {
            part,
            reason: match error {
                _ if text.ends_with('=') => "it is padded with `=`".into(),
                // base64's own words would repeat a byte of the token.
                base64::DecodeError::InvalidByte(offset, _) => {
                    format!("byte {offset} is not in the alphabet")
                }
                _ => "its end is cut off or damaged".into(),
            },
        })
}

fn object(part: Part, json: &[u8]) -> Result<Map<String, Value>, NotAJwt> {
    match serde_json::from_slice(json) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(NotAJwt::NotAnObject(part)),
        Err(error) => Err(NotAJwt::Json {
            part,
            reason: format!(
                "{} at column {}",
                match error.classify() {
                    serde_json::error::Category::Eof => "it ends too early",
                    _ => "it is damaged",
                },
                error.column()
            ),
        }),
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Header => "header",
            Self::Claims => "claims",
            Self::Signature => "signature",
        })
    }
}
