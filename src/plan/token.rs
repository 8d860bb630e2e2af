//! `token`, planned: what is to be looked at, signed or verified, with everything read that flags refer to.

pub(crate) mod fetching;
pub(crate) mod mint;
pub(crate) mod obtain;

use std::io;
use std::io::IsTerminal as _;
use std::path::Path;
use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::token::ClaimFlags;
use crate::cli::token::KeyFlags;
use crate::cli::token::KeySet;
use crate::cli::token::explain::Explain;
use crate::cli::token::verify::Verify;
use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::jwt::Keys;
use crate::jwt::claims::Expected;
use crate::jwt::examination::Question;
use crate::jwt::keys::KeysFault;
use crate::plan::Planned;
use crate::plan::files;
use crate::plan::secrets;
use crate::plan::token::fetching::FetchPlan;
use crate::plan::usage;
use crate::secret::Secret;
use crate::secret::SecretSource;
use crate::x509::pem;

/// A token to look at, and what to hold it against.
#[derive(Debug)]
pub(crate) struct LookPlan {
    pub token: Secret,
    pub clock: OffsetDateTime,
    pub audience: Option<String>,
    pub keys: Option<KeySource>,
    /// A client certificate, in DER.
    pub certificate: Option<Vec<u8>>,
    pub raw_payload: bool,
    pub notices: Vec<String>,
}

/// Where the keys are.
#[derive(Debug)]
pub(crate) enum KeySource {
    Given(Keys),
    Fetched(Box<FetchPlan>),
}

impl LookPlan {
    /// The question, with the keys as they were given or fetched.
    pub(crate) fn question<'a>(&'a self, keys: Option<&'a Keys>) -> Question<'a> {
        Question {
            expected: Expected {
                clock: self.clock,
                audience: self.audience.as_deref(),
                issuer: self.issuer(),
            },
            keys,
            certificate: self.certificate.as_deref(),
            raw_payload: self.raw_payload,
        }
    }

    /// The issuer whose keys are to be fetched: `iss` must name it.
    fn issuer(&self) -> Option<&str> {
        match self.keys.as_ref()? {
            KeySource::Fetched(plan) if !self.raw_payload => plan.issuer(),
            _ => None,
        }
    }
}

/// Plans `token explain`.
///
/// # Errors
/// The token, the key or the certificate cannot be read.
pub(crate) fn explain(arguments: &Explain, clock: OffsetDateTime) -> Planned<LookPlan> {
    let source = match &arguments.token {
        Some(source) => source,
        None if io::stdin().is_terminal() => {
            return Err(usage(
                "no token was given",
                "name its source, such as env:TOKEN or file:token.jwt, or pipe it in",
            ));
        }
        None => &SecretSource::Stdin,
    };
    let mut plan = look(source, &arguments.keys, &arguments.claims, clock)?;
    plan.certificate = arguments.cert.as_deref().map(certificate).transpose()?;
    Ok(plan)
}

/// Plans `token verify`.
///
/// # Errors
/// The token or the key cannot be read.
pub(crate) fn verify(arguments: &Verify, clock: OffsetDateTime) -> Planned<LookPlan> {
    let mut plan = look(&arguments.token, &arguments.keys, &arguments.claims, clock)?;
    plan.raw_payload = arguments.raw_payload;
    Ok(plan)
}

fn look(
    source: &SecretSource,
    keys: &KeyFlags,
    claims: &ClaimFlags,
    clock: OffsetDateTime,
) -> Planned<LookPlan> {
    secrets::claim_stdin_once(&[
        ("the token", secrets::is_stdin(Some(source))),
        ("--key", secrets::is_stdin(keys.key.as_ref())),
    ])?;
    let mut notices = Vec::new();
    let token = secrets::read("token", source, &mut notices)?;
    Ok(LookPlan {
        token: without_scheme(token, &mut notices),
        clock: claims.at.unwrap_or(clock),
        audience: claims.audience.clone(),
        keys: read_keys(keys, clock, &mut notices)?,
        certificate: None,
        raw_payload: false,
        notices,
    })
}

/// People copy a header's value along with its scheme.
fn without_scheme(token: Secret, notices: &mut Vec<String>) -> Secret {
    let text = token.expose().trim();
    let text = match text.split_once(':') {
        Some((name, value)) if name.eq_ignore_ascii_case("authorization") => value.trim_start(),
        _ => text,
    };
    match text.split_once(' ') {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("bearer") => {
            notices.push(format!("the scheme `{scheme}` in front was taken off"));
            Secret::new(rest.trim_start())
        }
        _ => Secret::new(text),
    }
}

fn read_keys(
    flags: &KeyFlags,
    clock: OffsetDateTime,
    notices: &mut Vec<String>,
) -> Planned<Option<KeySource>> {
    let (read, flag, place) = if let Some(source) = &flags.key {
        let secret = secrets::read("key", source, notices)?;
        let place = match source {
            SecretSource::File(path) => Some(path.clone()),
            _ => None,
        };
        (Keys::from_text(flags.alg, secret.expose()), "--key", place)
    } else if let Some(path) = &flags.jwk {
        let text = text_of("--jwk", path)?;
        (
            Keys::from_jwk(flags.alg, &text),
            "--jwk",
            Some(path.clone()),
        )
    } else {
        let path = match (&flags.jwks, &flags.issuer) {
            (Some(KeySet::File(path)), _) => path,
            (Some(KeySet::At(at)), _) | (None, Some(at)) => {
                let plan = fetching::plan(at, flags, clock, notices)?;
                return Ok(Some(KeySource::Fetched(Box::new(plan))));
            }
            (None, None) => return Ok(None),
        };
        let text = text_of("--jwks", path)?;
        (
            Keys::from_jwks(flags.alg, &text),
            "--jwks",
            Some(path.clone()),
        )
    };
    let keys = read.map_err(|fault| unusable(flag, place, fault))?;
    notices.extend(passed_over(&keys));
    Ok(Some(KeySource::Given(keys)))
}

/// What is to be said of the keys of a set that verify nothing here.
fn passed_over(keys: &Keys) -> impl Iterator<Item = String> {
    keys.passed_over
        .iter()
        .map(|key| format!("passed over in the set: {key}"))
}

fn unusable(flag: &'static str, place: Option<PathBuf>, fault: KeysFault) -> Refusal {
    match (place, fault) {
        (Some(path), KeysFault::File(fault)) => Refusal::File {
            flag,
            path,
            fault: FileProblem::Content(fault),
        },
        (_, fault) => {
            let (cause, fix) = fault.explain();
            usage(format!("{flag}: {cause}"), fix)
        }
    }
}

fn text_of(flag: &'static str, path: &Path) -> Planned<String> {
    // What is not UTF-8 is not JSON either, and is refused as such.
    Ok(String::from_utf8_lossy(&files::read(flag, path)?).into_owned())
}

fn certificate(path: &Path) -> Planned<Vec<u8>> {
    let bytes = files::read("--cert", path)?;
    let chain = pem::certificates(&bytes).map_err(|fault| Refusal::File {
        flag: "--cert",
        path: path.to_owned(),
        fault: FileProblem::Content(fault),
    })?;
    let first = chain.first().expect("there is at least one on success");
    Ok(first.der.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_in_front_is_taken_off_with_a_notice() {
        for (text, token, noticed) in [
            ("abc", "abc", false),
            ("Bearer abc", "abc", true),
            ("bearer  abc ", "abc", true),
            ("authorization: Bearer abc", "abc", true),
            ("a b", "a b", false),
        ] {
            let mut notices = Vec::new();
            let read = without_scheme(Secret::new(text), &mut notices);
            assert_eq!((read.expose(), !notices.is_empty()), (token, noticed));
        }
    }
}
