//! Any JWT taken apart by hand: signed or not, of an algorithm nobody knows, or damaged.
//!
//! Nothing here is verified; what a token says is what its bearer, or whoever made it, says.

use serde_json::Value;
use time::OffsetDateTime;

use crate::clock;
use crate::jwt::jws::Jws;
use crate::jwt::jws::MAX_LENGTH;
use crate::jwt::jws::NotAJwt;
use crate::jwt::jws::header_of;

/// The header and the claims of a JWT in JWS compact serialization (RFC 7515 §7.1).
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// A JSON object.
    pub header: Value,
    /// A JSON object.
    pub claims: Value,
    /// Whether a signature is there and `alg` names an algorithm other than `none` (RFC 7515 §A.5).
    pub signed: bool,
}

/// A claim that holds a NumericDate (RFC 7519 §2), as it stands in the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericDate {
    Absent,
    At(OffsetDateTime),
    /// Not a number, or a number that is no time of this calendar.
    Malformed,
}

impl Decoded {
    /// Takes `token` apart. White space around it is not part of it.
    pub fn read(token: &str) -> Result<Self, NotAJwt> {
        Self::of(&Jws::read(token)?)
    }

    /// The claims of a JWS that is a JWT.
    pub fn of(jws: &Jws<'_>) -> Result<Self, NotAJwt> {
        Ok(Self {
            header: Value::Object(jws.header.clone()),
            claims: Value::Object(jws.claims()?),
            signed: !jws.is_unsigned(),
        })
    }

    /// `alg` of the header, if it is a text.
    pub fn algorithm(&self) -> Option<&str> {
        self.header["alg"].as_str()
    }

    /// `kid` of the header, if it is a text.
    pub fn key_id(&self) -> Option<&str> {
        self.header["kid"].as_str()
    }

    /// `iss`, if it is a text.
    pub fn issuer(&self) -> Option<&str> {
        self.claims["iss"].as_str()
    }

    /// `sub`, if it is a text.
    pub fn subject(&self) -> Option<&str> {
        self.claims["sub"].as_str()
    }

    /// `aud`: one text or a list of them (RFC 7519 §4.1.3).
    pub fn audiences(&self) -> Vec<&str> {
        texts(&self.claims["aud"]).collect()
    }

    /// The scopes granted: `scope` (RFC 8693 §4.2), else `scp`, as some issuers call it; in one text
    /// separated by spaces, or in a list.
    pub fn scopes(&self) -> Vec<&str> {
        let claim = match &self.claims["scope"] {
            Value::Null => &self.claims["scp"],
            scope => scope,
        };
        texts(claim).flat_map(str::split_whitespace).collect()
    }

    /// `exp`, if it is a time.
    pub fn expires_at(&self) -> Option<OffsetDateTime> {
        self.numeric_date("exp").time()
    }

    /// `nbf`, if it is a time.
    pub fn not_before(&self) -> Option<OffsetDateTime> {
        self.numeric_date("nbf").time()
    }

    /// `iat`, if it is a time.
    pub fn issued_at(&self) -> Option<OffsetDateTime> {
        self.numeric_date("iat").time()
    }

    /// The claim `name` as a time: seconds since 1970, with a fraction or without.
    pub fn numeric_date(&self, name: &str) -> NumericDate {
        let Some(claim) = self.claims.get(name) else {
            return NumericDate::Absent;
        };
        let at = claim.as_f64().and_then(clock::of_seconds);
        at.map_or(NumericDate::Malformed, NumericDate::At)
    }
}

impl NumericDate {
    /// The time, if there is one.
    pub fn time(self) -> Option<OffsetDateTime> {
        match self {
            Self::At(time) => Some(time),
            Self::Absent | Self::Malformed => None,
        }
    }
}

/// Whether `text` has a JWT's shape: three or five parts, the first a JSON object. A token that is
/// damaged further on is still said to look like one.
pub(crate) fn looks_like_jwt(text: &str) -> bool {
    let text = text.trim();
    text.len() <= MAX_LENGTH
        && matches!(text.split('.').count(), 3 | 5)
        && header_of(text).is_some()
}

/// The texts of a claim that is one text or a list of them; anything else has none.
fn texts(claim: &Value) -> impl Iterator<Item = &str> {
    match claim {
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    }
    .iter()
    .filter_map(Value::as_str)
}

#[cfg(test)]
mod tests;
