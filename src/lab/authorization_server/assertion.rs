//! JWTs that a client signs itself: to authenticate, and as a grant (RFC 7523 §3).

use jsonwebtoken::Algorithm;
use jsonwebtoken::DecodingKey;
use time::Duration;

use super::asked::Asked;
use crate::jwt::Decoded;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;

/// How long before it expires an assertion may be shown.
const LONGEST: Duration = Duration::HOUR;
/// How far a client's clock may be off.
const LEEWAY: Duration = Duration::MINUTE;

/// Whether a text is a JWT that says to be signed with a secret.
pub(super) fn is_symmetric(assertion: &str) -> bool {
    Decoded::read(assertion).is_ok_and(|decoded| {
        decoded
            .algorithm()
            .is_some_and(|name| name.starts_with("HS"))
    })
}

/// The claims of an assertion that `client` signed for this server, now, and shows for the first time.
///
/// # Errors
/// What is wrong with it.
pub(super) fn verify(
    asked: &Asked,
    assertion: &str,
    client: &Client,
) -> Result<Decoded, &'static str> {
    let decoded = Decoded::read(assertion).map_err(|_| "the assertion is not a JWT")?;
    verify_signature(asked, assertion, &decoded, client)?;
    if decoded.issuer() != Some(client.id) {
        return Err("the assertion's iss is not the client");
    }
    let own = asked.audiences();
    if !decoded
        .audiences()
        .iter()
        .any(|it| own.iter().any(|own| own == it))
    {
        return Err("the assertion's aud is neither the issuer nor this endpoint");
    }
    let now = asked.world.clock.now();
    let until = decoded.expires_at().ok_or("the assertion has no exp")?;
    if until <= now {
        return Err("the assertion is expired");
    }
    if until > now + LONGEST {
        return Err("the assertion's exp is more than an hour away");
    }
    let begun = [decoded.not_before(), decoded.issued_at()];
    if begun.iter().flatten().any(|from| *from > now + LEEWAY) {
        return Err("the assertion is not valid yet");
    }
    let id = decoded.claims["jti"]
        .as_str()
        .ok_or("the assertion has no jti")?;
    if !asked.world.assertions.first(&format!("{} {id}", client.id)) {
        return Err("the assertion's jti was used before");
    }
    Ok(decoded)
}

/// The key pins the algorithm: what the header says of it is only compared.
fn verify_signature(
    asked: &Asked,
    assertion: &str,
    decoded: &Decoded,
    client: &Client,
) -> Result<(), &'static str> {
    let secret;
    let (key, algorithm) = match client.proof {
        Proof::PrivateKey => (&asked.world.client_keys.verifying, Algorithm::ES256),
        Proof::Secret(text) => {
            secret = DecodingKey::from_secret(text.as_bytes());
            (&secret, Algorithm::HS256)
        }
        Proof::Certificate(_) | Proof::Nothing => return Err("the client has no key"),
    };
    if decoded.algorithm() != Some(&format!("{algorithm:?}")) {
        return Err("the assertion's alg is not that of the client's key");
    }
    let (message, signature) = assertion
        .rsplit_once('.')
        .ok_or("the assertion is not signed")?;
    match jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, algorithm) {
        Ok(true) => Ok(()),
        _ => Err("the assertion's signature is wrong"),
    }
}
