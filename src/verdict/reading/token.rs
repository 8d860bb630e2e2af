//! The JWT that was sent, read against the clock of the run. Claims of interest only, never the token.

use serde_json::Value;
use time::Duration;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::jwt::Decoded;
use crate::jwt::mistaken::other_use;
use crate::verdict::reading::caller;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;

/// Claims in which issuers put what a caller may do.
const ROLE_CLAIMS: &[&str] = &["roles", "role", "groups", "permissions", "realm_access"];

/// A JWT among the credentials sent.
#[derive(Clone, Debug)]
pub struct Token<'a> {
    pub credential: &'a CallCredential,
    pub decoded: Decoded,
}

/// A token's end, held against the time of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// So long before the call began.
    Before(Duration),
    /// So long after the call began, and before it ended.
    During(Duration),
}

impl Expiry {
    /// What ends at `ends`, held against a call that began at `clock` and took so long; `None`: only after it.
    pub fn of(
        ends: OffsetDateTime,
        clock: OffsetDateTime,
        took: std::time::Duration,
    ) -> Option<Self> {
        let after = ends - clock;
        if after.is_negative() || after.is_zero() {
            return Some(Self::Before(-after));
        }
        let lasted = Duration::try_from(took).unwrap_or(Duration::ZERO);
        (after <= lasted).then_some(Self::During(after))
    }
}

impl<'a> Token<'a> {
    /// The first of these that is a JWT.
    pub fn among(sent: &[&'a CallCredential]) -> Option<Self> {
        sent.iter()
            .filter(|credential| !caller::is_password(credential))
            .find_map(|credential| {
                let decoded = Decoded::read(credential.secret.expose()).ok()?;
                Some(Self {
                    credential,
                    decoded,
                })
            })
    }

    /// `exp 2026-11-21T10:00:00Z, iss https://id.example.com`.
    pub fn expiry_and_issuer(&self) -> String {
        let ends = self
            .decoded
            .expires_at()
            .map_or("no exp".to_owned(), |ends| format!("exp {}", rfc3339(ends)));
        format!("{ends}, {}", self.issuer())
    }

    /// `iss https://id.example.com`, or that there is none.
    pub fn issuer(&self) -> String {
        self.decoded
            .issuer()
            .map_or("no iss".to_owned(), |issuer| format!("iss {issuer}"))
    }

    /// `aud orders, billing`, or that there is none.
    pub fn audience(&self) -> String {
        listed("aud", &self.decoded.audiences())
    }

    /// `scope api:read api:write`, or that there is none.
    pub fn scope(&self) -> String {
        let scopes = self.decoded.scopes();
        match scopes.is_empty() {
            true => "no scope".to_owned(),
            false => format!("scope {}", scopes.join(" ")),
        }
    }

    /// What it says that its bearer may do: scope, roles, groups; one entry for each claim there is.
    pub fn powers(&self) -> Vec<String> {
        let mut powers = Vec::new();
        if !self.decoded.scopes().is_empty() {
            powers.push(self.scope());
        }
        for claim in ROLE_CLAIMS {
            let value = &self.decoded.claims[*claim];
            let value = if *claim == "realm_access" {
                &value["roles"]
            } else {
                value
            };
            let texts = texts(value);
            if !texts.is_empty() {
                powers.push(listed(claim, &texts));
            }
        }
        powers
    }

    /// `the token says: iss …, sub …, aud …, scope …, exp … (58 min after the call)`.
    pub fn in_words(&self, clock: OffsetDateTime) -> String {
        let mut parts = vec![self.issuer()];
        parts.extend(
            self.decoded
                .subject()
                .map(|subject| format!("sub {subject}")),
        );
        parts.push(self.audience());
        parts.extend(self.powers());
        parts.push(match self.decoded.expires_at() {
            None => "no exp".to_owned(),
            Some(ends) if ends <= clock => {
                format!(
                    "exp {} ({} before the call)",
                    rfc3339(ends),
                    span(clock - ends)
                )
            }
            Some(ends) => format!(
                "exp {} ({} after the call)",
                rfc3339(ends),
                span(ends - clock)
            ),
        });
        let other = other_use(&self.decoded).map(|other| format!("; it is {}", other.words()));
        format!(
            "the token says: {}{}",
            parts.join(", "),
            other.unwrap_or_default()
        )
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    }
}

fn listed(claim: &str, values: &[&str]) -> String {
    match values {
        [] => format!("no {claim}"),
        values => format!("{claim} {}", values.join(", ")),
    }
}
