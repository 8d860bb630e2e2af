//! `credential`: what was sent to say who is calling, or was not, and what the server made of it.

mod audience;
mod certificate_binding;
mod doubled_scheme;
mod issuer;
mod malformed;
mod none_sent;
mod overridden;
mod plaintext_refused;
mod rejected;
mod revoked;
mod scheme;
mod scope;
mod token_expired;
mod token_not_yet_valid;
pub(crate) mod too_large;
mod verifier_failed;
mod withheld;
mod wrong_host;

use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::jwt::Decoded;
use crate::jwt::claims::LEEWAY;
use crate::jwt::claims::malformed_times;
use crate::verdict::Finding;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;

pub(crate) const ROWS: &[&Diagnosis] = &[
    &plaintext_refused::ROW,
    &verifier_failed::ROW,
    &wrong_host::ROW,
    &none_sent::ROW,
    &overridden::ROW,
    &too_large::ROW,
    &malformed::ROW,
    &doubled_scheme::ROW,
    &scheme::ROW,
    &revoked::ROW,
    &issuer::ROW,
    &audience::ROW,
    &certificate_binding::ROW,
    &scope::ROW,
    &token_expired::ROW,
    &token_not_yet_valid::ROW,
    &rejected::ROW,
    &withheld::ROW,
];

/// A caller who said who he is, and was told no.
struct Refused<'a> {
    reply: Reply<'a>,
    /// What was sent; at least one.
    credentials: &'a [&'a CallCredential],
}

/// The refusal of a call that carried a credential.
fn refused<'a>(case: &'a Case<'_>) -> Option<Refused<'a>> {
    let (reply, _) = case.denial()?;
    let credentials = case.sent();
    (!credentials.is_empty()).then_some(Refused { reply, credentials })
}

/// What is wrong with a JWT at this time by its own word, whatever a server makes of it. Within a minute of its times
/// nothing is: clocks differ by seconds.
pub(crate) fn problems(credential: &CallCredential, clock: OffsetDateTime) -> Vec<Finding> {
    let Ok(token) = Decoded::read(credential.secret.expose()) else {
        return Vec::new();
    };
    let ended = token.expires_at().filter(|ends| clock - *ends >= LEEWAY);
    let begins = token
        .not_before()
        .filter(|begins| *begins - clock >= LEEWAY);
    let found = |id, cause, hint| Finding {
        id,
        layer: Layer::Credential,
        side: Some(Side::Client),
        cause,
        evidence: vec![format!("the local clock says {}", rfc3339(clock))],
        hint,
    };
    let ended = ended.map(|ends| {
        found(
            token_expired::ROW.id,
            format!(
                "it expired {} ago (exp {})",
                span(clock - ends),
                rfc3339(ends)
            ),
            caller::get_another(credential),
        )
    });
    let begins = begins.map(|begins| {
        found(
            token_not_yet_valid::ROW.id,
            format!(
                "it is valid only in {} (nbf {})",
                span(begins - clock),
                rfc3339(begins)
            ),
            format!(
                "use it after {}; and compare the clocks of this machine (date -u) and of the issuer",
                rfc3339(begins)
            ),
        )
    });
    let malformed = malformed_times(&token).into_iter().map(|what| {
        let hint = "ask the issuer for a token whose times are numbers of seconds".to_owned();
        found(malformed::ROW.id, what, hint)
    });
    ended.into_iter().chain(begins).chain(malformed).collect()
}

#[cfg(test)]
mod tests;
