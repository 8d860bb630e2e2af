//! `authorization: Bearer` with one of the lab's JWTs.

use http::header::AUTHORIZATION;
use tonic::Code;

use super::Finding;
use super::Shown;
use super::refusal::Refusal;
use crate::lab::certificate;
use crate::lab::tokens::Problem;
use crate::lab::users::Caller;
use crate::lab::world::Peer;
use crate::lab::world::World;
use crate::text::moment::rfc3339;

pub(super) fn intercept(world: &World, shown: &Shown) -> Finding {
    // Of several, the first counts, as with most servers: a stale one must not come first.
    let Some(value) = shown.metadata.get(AUTHORIZATION) else {
        return Finding::NotSent;
    };
    let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' ')) else {
        return Finding::Refused(invalid_request("authorization has no scheme and token"));
    };
    // RFC 9110 §11.1: the scheme is case-insensitive.
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Finding::Refused(invalid_request("the scheme of authorization is not Bearer"));
    }
    match verify(world, token.trim(), shown.peer) {
        Ok(caller) => Finding::Accepted(caller),
        Err(problem) => Finding::Refused(invalid_token(&problem, world)),
    }
}

fn verify(world: &World, token: &str, peer: &Peer) -> Result<Caller, Problem> {
    let verified = world.verify(token)?;
    // RFC 8705 §3: whoever stole it has not the key of the certificate.
    if let Some(bound) = verified.thumbprint() {
        let shown = peer.certificate.as_ref().map(certificate::thumbprint);
        if shown.as_deref() != Some(bound) {
            return Err(Problem::Binding);
        }
    }
    Ok(verified.caller)
}

fn invalid_request(message: &str) -> Refusal {
    Refusal::new(Code::Unauthenticated, "CREDENTIAL_MALFORMED", message).challenge(format!(
        r#"Bearer realm="lab", error="invalid_request", error_description="{message}""#
    ))
}

/// RFC 6750 §3.1 has one error for a token that is expired, revoked or malformed: the description,
/// the message and ErrorInfo tell them apart.
fn invalid_token(problem: &Problem, world: &World) -> Refusal {
    let message = problem.to_string();
    // A quoted-string (RFC 9110 §5.6.4) that needs no escaping.
    let description = message.replace(['"', '\\'], "'");
    let refusal = Refusal::new(Code::Unauthenticated, problem.reason(), message)
        .challenge(format!(
            r#"Bearer realm="lab", error="invalid_token", error_description="{description}""#
        ))
        .fact("server_time", rfc3339(world.clock.now()));
    match problem {
        Problem::Expired(until) => refusal.fact("expired_at", rfc3339(*until)),
        Problem::NotYetValid(from) => refusal.fact("valid_from", rfc3339(*from)),
        Problem::Audience => refusal.fact("expected_audience", crate::lab::authorization::AUDIENCE),
        Problem::Issuer => refusal.fact("expected_issuer", world.tokens.issuer()),
        _ => refusal,
    }
}

/// The refusal of a token that has expired since its call began.
pub(crate) fn expired(caller: &Caller, world: &World) -> Option<Refusal> {
    let until = caller
        .expires_at
        .filter(|until| *until <= world.clock.now())?;
    Some(invalid_token(&Problem::Expired(until), world))
}
