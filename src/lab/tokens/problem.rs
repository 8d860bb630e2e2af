//! Why a token is refused, in words and for programs.

use std::fmt;

use time::OffsetDateTime;

use crate::jwt::NotAJwt;
use crate::lab::authorization::AUDIENCE;
use crate::text::moment::rfc3339;

/// Why a token is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Malformed(NotAJwt),
    Unsigned,
    /// No key of the lab has this `kid` and `alg`.
    UnknownKey,
    Signature,
    Issuer,
    Audience,
    NotYetValid(OffsetDateTime),
    Expired(OffsetDateTime),
    /// A claim that the lab needs is missing or is not what it should be.
    Claim(&'static str),
    Revoked,
    /// It is bound to a certificate (RFC 8705 §3) that the connection does not have.
    Binding,
}

impl Problem {
    /// The reason in a google.rpc ErrorInfo.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Malformed(_) => "TOKEN_MALFORMED",
            Self::Unsigned => "TOKEN_NOT_SIGNED",
            Self::UnknownKey => "TOKEN_KEY_UNKNOWN",
            Self::Signature => "TOKEN_SIGNATURE_INVALID",
            Self::Issuer => "TOKEN_ISSUER_INVALID",
            Self::Audience => "TOKEN_AUDIENCE_INVALID",
            Self::NotYetValid(_) => "TOKEN_NOT_YET_VALID",
            Self::Expired(_) => "TOKEN_EXPIRED",
            Self::Claim(_) => "TOKEN_CLAIM_INVALID",
            Self::Revoked => "TOKEN_REVOKED",
            Self::Binding => "TOKEN_BINDING_INVALID",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "token is malformed: {why}"),
            Self::Unsigned => f.write_str("token is invalid: it is not signed"),
            Self::UnknownKey => f.write_str("token is invalid: its key is unknown"),
            Self::Signature => f.write_str("token is invalid: its signature is wrong"),
            Self::Issuer => f.write_str("token is invalid: its issuer is not this lab"),
            Self::Audience => write!(f, "token is invalid: its audience is not {AUDIENCE}"),
            Self::NotYetValid(from) => write!(f, "token is not valid yet (nbf {})", rfc3339(*from)),
            Self::Expired(until) => write!(f, "token is expired (exp {})", rfc3339(*until)),
            Self::Claim(name) => {
                write!(f, "token is invalid: its claim {name} is missing or wrong")
            }
            Self::Revoked => f.write_str("token is revoked"),
            Self::Binding => f.write_str(
                "token is invalid: it is bound to a certificate that the connection does not have",
            ),
        }
    }
}
