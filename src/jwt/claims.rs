//! What a server that checks a token's claims would say of them (RFC 7519 §4.1), at a given time.

use serde_json::Value;
use time::Duration;
use time::OffsetDateTime;

use crate::clock;
use crate::jwt::Decoded;
use crate::jwt::decoded::NumericDate;
use crate::jwt::mistaken::OtherUse;
use crate::jwt::mistaken::other_use;

/// What the clocks of a server and an issuer may differ by before most libraries refuse.
pub(crate) const LEEWAY: Duration = Duration::seconds(60);

/// What the claims are tested against.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub clock: OffsetDateTime,
    pub audience: Option<&'a str>,
    pub issuer: Option<&'a str>,
}

/// What one check came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The claim, or `typ` of the header.
    pub of: &'static str,
    pub finding: Finding,
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Holds,
    /// Some servers refuse it.
    Doubtful,
    /// Every server that looks at the claim refuses it.
    Refused,
}

/// What was found of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// `exp` is to come.
    Good {
        left: Duration,
    },
    /// `exp` has passed, by no more than [`LEEWAY`] if `tolerated`.
    Expired {
        ago: Duration,
        tolerated: bool,
    },
    /// There is no `exp`: the token never expires, and strict servers refuse it.
    NeverExpires,
    /// `nbf` has passed.
    Begun {
        ago: Duration,
    },
    /// `nbf` is to come, by no more than [`LEEWAY`] if `tolerated`.
    NotYet {
        ahead: Duration,
        tolerated: bool,
    },
    /// `iat` has passed.
    Issued {
        ago: Duration,
    },
    /// `iat` is to come: the issuer's clock is ahead of this one.
    IssuedInTheFuture {
        ahead: Duration,
        tolerated: bool,
    },
    /// `exp` is before `nbf` or `iat`: the token is good at no time.
    NeverGood {
        other: &'static str,
    },
    /// Not a number of seconds (RFC 7519 §2); what it is instead.
    NotATime {
        instead: &'static str,
    },
    /// Neither a text nor a list of texts, where one is wanted.
    NotText,
    Matches {
        wanted: String,
    },
    Missing {
        wanted: String,
    },
    /// What the token has instead of what was wanted.
    Other {
        wanted: String,
        has: Vec<String>,
    },
    /// A `typ` of an access token, or of a JWT in general.
    KnownType,
    /// The token says that it is no access token.
    NotForAService(OtherUse),
    /// A `typ` of something else, and what that is; `None`: nobody knows.
    OtherType {
        what: Option<&'static str>,
    },
}

/// Checks every claim that has a meaning of its own, in the order in which people read them.
pub(crate) fn check(token: &Decoded, expected: &Expected<'_>) -> Vec<Check> {
    let mut checks = times(token, expected.clock);
    checks.extend(audience(token, expected.audience));
    checks.extend(issuer(token, expected.issuer));
    checks.extend(of_type(token));
    checks.extend(other_use(token).map(|other| Check {
        of: other.claim,
        finding: Finding::NotForAService(other),
    }));
    checks
}

fn times(token: &Decoded, clock: OffsetDateTime) -> Vec<Check> {
    let mut checks = Vec::new();
    for (of, judge) in [
        ("exp", expiry as fn(Duration) -> Finding),
        ("nbf", beginning),
        ("iat", issue),
    ] {
        let finding = match token.numeric_date(of) {
            NumericDate::At(time) => judge(time - clock),
            NumericDate::Malformed => Finding::NotATime {
                instead: kind_of(&token.claims[of]),
            },
            NumericDate::Absent if of == "exp" => Finding::NeverExpires,
            NumericDate::Absent => continue,
        };
        checks.push(Check { of, finding });
    }
    let Some(ends) = token.expires_at() else {
        return checks;
    };
    for (other, begins) in [("nbf", token.not_before()), ("iat", token.issued_at())] {
        if begins.is_some_and(|begins| ends < begins) {
            checks.push(Check {
                of: "exp",
                finding: Finding::NeverGood { other },
            });
        }
    }
    checks
}

fn expiry(left: Duration) -> Finding {
    if left > Duration::ZERO {
        return Finding::Good { left };
    }
    Finding::Expired {
        ago: -left,
        tolerated: -left < LEEWAY,
    }
}

fn beginning(ahead: Duration) -> Finding {
    if ahead <= Duration::ZERO {
        return Finding::Begun { ago: -ahead };
    }
    Finding::NotYet {
        ahead,
        tolerated: ahead <= LEEWAY,
    }
}

fn issue(ahead: Duration) -> Finding {
    if ahead <= Duration::ZERO {
        return Finding::Issued { ago: -ahead };
    }
    Finding::IssuedInTheFuture {
        ahead,
        tolerated: ahead <= LEEWAY,
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a text",
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
        Value::Number(number) if is_of_milliseconds(number.as_f64()) => "a number of milliseconds",
        Value::Number(_) => "a number that is no time of this calendar",
    }
}

/// Whether it is no date in seconds, and one in milliseconds.
fn is_of_milliseconds(number: Option<f64>) -> bool {
    let milliseconds = number.and_then(clock::of_seconds_or_milliseconds);
    milliseconds.is_some() && number.and_then(clock::of_seconds).is_none()
}

/// The times of a token that are not written as times are; a clause for each.
pub(crate) fn malformed_times(token: &Decoded) -> Vec<String> {
    let malformed = ["exp", "nbf", "iat"]
        .into_iter()
        .filter(|claim| matches!(token.numeric_date(claim), NumericDate::Malformed));
    malformed
        .map(|claim| {
            let instead = kind_of(&token.claims[claim]);
            format!(
                "its {claim} is {instead}, and must be a number of seconds since 1970 (RFC 7519 §2)"
            )
        })
        .collect()
}

fn audience(token: &Decoded, wanted: Option<&str>) -> Option<Check> {
    let is_text = |value: &Value| value.is_string();
    let well_formed = match &token.claims["aud"] {
        Value::Null => true,
        Value::Array(list) => list.iter().all(is_text),
        one => is_text(one),
    };
    let has = token.audiences();
    let finding = match wanted {
        _ if !well_formed => Finding::NotText,
        None => return None,
        Some(wanted) => compared(wanted, &has),
    };
    Some(Check { of: "aud", finding })
}

fn issuer(token: &Decoded, wanted: Option<&str>) -> Option<Check> {
    let claim = &token.claims["iss"];
    let finding = match wanted {
        _ if !(claim.is_null() || claim.is_string()) => Finding::NotText,
        None => return None,
        Some(wanted) => compared(wanted, &Vec::from_iter(claim.as_str())),
    };
    Some(Check { of: "iss", finding })
}

fn compared(wanted: &str, has: &[&str]) -> Finding {
    let wanted = wanted.to_owned();
    if has.is_empty() {
        Finding::Missing { wanted }
    } else if has.contains(&wanted.as_str()) {
        Finding::Matches { wanted }
    } else {
        Finding::Other {
            wanted,
            has: has.iter().map(|&text| text.to_owned()).collect(),
        }
    }
}

/// RFC 7515 §4.1.9: a media type whose `application/` may be left out, in any case.
fn of_type(token: &Decoded) -> Option<Check> {
    let finding = match &token.header["typ"] {
        Value::Null => return None,
        Value::String(text) => {
            let name = text.to_ascii_lowercase();
            let name = name.strip_prefix("application/").unwrap_or(&name);
            match name {
                "jwt" | "at+jwt" => Finding::KnownType,
                other => Finding::OtherType {
                    what: TYPES
                        .iter()
                        .find(|(known, _)| *known == other)
                        .map(|(_, what)| *what),
                },
            }
        }
        _ => Finding::NotText,
    };
    Some(Check { of: "typ", finding })
}

/// What is signed as a JWT and is no access token.
const TYPES: [(&str, &str); 8] = [
    ("dpop+jwt", "a DPoP proof (RFC 9449)"),
    ("logout+jwt", "a logout token"),
    ("secevent+jwt", "a security event (RFC 8417)"),
    ("oauth-authz-req+jwt", "an authorization request (RFC 9101)"),
    (
        "token-introspection+jwt",
        "an introspection response (RFC 9701)",
    ),
    ("client-authentication+jwt", "a client assertion (RFC 7523)"),
    ("vc+jwt", "a verifiable credential"),
    ("jose", "any JWS"),
];

impl Finding {
    pub fn weight(&self) -> Weight {
        match self {
            Self::Good { .. }
            | Self::Begun { .. }
            | Self::Issued { .. }
            | Self::Matches { .. }
            | Self::KnownType
            | Self::IssuedInTheFuture {
                tolerated: true, ..
            } => Weight::Holds,
            Self::Expired {
                tolerated: true, ..
            }
            | Self::NotYet {
                tolerated: true, ..
            }
            | Self::IssuedInTheFuture {
                tolerated: false, ..
            }
            | Self::NeverExpires
            | Self::NotForAService(_)
            | Self::OtherType { .. } => Weight::Doubtful,
            Self::Expired {
                tolerated: false, ..
            }
            | Self::NotYet {
                tolerated: false, ..
            }
            | Self::NeverGood { .. }
            | Self::NotATime { .. }
            | Self::NotText
            | Self::Missing { .. }
            | Self::Other { .. } => Weight::Refused,
        }
    }
}

#[cfg(test)]
mod tests;
