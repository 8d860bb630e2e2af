//! `token mint`, planned: the key, the header and the claims.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom as _;
use ring::rand::SystemRandom;
use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;

use crate::cli::token::mint::Mint;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::jwt::KeyFault;
use crate::jwt::SigningKey;
use crate::plan::Planned;
use crate::plan::files;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::SecretSource;

/// What is to be signed, and with what.
#[derive(Debug)]
pub(crate) struct MintPlan {
    /// `None`: the token is not to be signed.
    pub key: Option<SigningKey>,
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    pub notices: Vec<String>,
}

/// Plans `token mint`.
///
/// # Errors
/// The key does not sign, or the claims are no JSON object.
pub(crate) fn mint(arguments: &Mint, clock: OffsetDateTime) -> Planned<MintPlan> {
    let claims_from_stdin = arguments.claims.as_deref() == Some("@-");
    secrets::claim_stdin_once(&[
        ("--key", secrets::is_stdin(arguments.key.as_ref())),
        ("--claims @-", claims_from_stdin),
    ])?;
    let mut notices = Vec::new();
    let named_none = arguments
        .alg
        .as_deref()
        .is_some_and(|name| name.eq_ignore_ascii_case("none"));
    let key = match &arguments.key {
        None if named_none => None,
        None => {
            return Err(usage(
                "--insecure-alg-none goes with --alg none alone",
                "give --key SRC to sign the token",
            ));
        }
        Some(_) if named_none => {
            return Err(usage(
                "a token of algorithm none is not signed, and every sound server refuses it",
                "to try whether yours does: --alg none --insecure-alg-none, without --key",
            ));
        }
        Some(source) => {
            let secret = secrets::read("key", source, &mut notices)?;
            let key = SigningKey::read(arguments.alg.as_deref(), &secret)
                .map_err(|fault| unusable(source, fault))?;
            Some(key)
        }
    };
    if let Some(weakness) = key.as_ref().and_then(SigningKey::weakness) {
        notices.push(weakness.to_string());
    }
    let claims = claims(arguments, clock, &mut notices)?;
    Ok(MintPlan {
        key,
        header: header(arguments),
        claims,
        notices,
    })
}

fn unusable(source: &SecretSource, fault: KeyFault) -> Refusal {
    match (source, fault) {
        (SecretSource::File(path), KeyFault::File(fault)) => Refusal::File {
            flag: "--key",
            path: path.clone(),
            fault: FileProblem::Content(fault),
        },
        (source, fault) => {
            let (cause, fix) = fault.explain();
            usage(format!("--key {source}: {cause}"), fix)
        }
    }
}

fn header(arguments: &Mint) -> Map<String, Value> {
    let mut header = Map::new();
    header.insert("typ".into(), arguments.typ.as_str().into());
    if let Some(id) = &arguments.kid {
        header.insert("kid".into(), id.as_str().into());
    }
    header
}

/// What is given wins over what is filled in; whole seconds, as issuers write them.
fn claims(
    arguments: &Mint,
    clock: OffsetDateTime,
    notices: &mut Vec<String>,
) -> Planned<Map<String, Value>> {
    let now = clock.unix_timestamp();
    let ttl = i64::try_from(arguments.ttl.as_secs()).expect("a duration is at most a year");
    let mut claims = Map::new();
    if let Some(given) = &arguments.claims {
        claims = object(given, notices)?;
    }
    for claim in &arguments.claim {
        claims.insert(claim.name.clone(), claim.value.clone());
    }
    for (name, value) in [
        ("iat", Value::from(now)),
        ("exp", Value::from(now + ttl)),
        ("jti", Value::from(random_id())),
    ] {
        claims.entry(name).or_insert(value);
    }
    Ok(claims)
}

fn object(given: &str, notices: &mut Vec<String>) -> Planned<Map<String, Value>> {
    let text = match given.strip_prefix('@') {
        Some("-") => secrets::read("claims", &SecretSource::Stdin, notices)?
            .expose()
            .as_bytes()
            .to_vec(),
        Some(path) => files::read("--claims", path.as_ref())?,
        None => given.as_bytes().to_vec(),
    };
    match serde_json::from_slice(&text) {
        Ok(Value::Object(claims)) => Ok(claims),
        Ok(_) => Err(usage(
            "--claims is JSON, but no object",
            "write {\"sub\":\"alice\"}, or @FILE with an object in it",
        )),
        Err(error) => Err(usage(
            format!("--claims is not JSON: {error}"),
            "write {\"sub\":\"alice\"}, or @FILE with an object in it",
        )),
    }
}

/// 128 random bits (RFC 7519 §4.1.7).
fn random_id() -> String {
    let mut octets = [0; 16];
    SystemRandom::new()
        .fill(&mut octets)
        .expect("the operating system gives random numbers");
    URL_SAFE_NO_PAD.encode(octets)
}
