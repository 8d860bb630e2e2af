//! `credential.malformed`.

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Obtained;
use crate::evidence::Refusal;
use crate::jwt::Decoded;
use crate::jwt::NotAJwt;
use crate::jwt::looks_like_jwt;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::Refused;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::caller;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.malformed",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("malformed.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    if let Some(Refusal::Credential(NotObtained::Malformed { kind, what })) = &case.refusal {
        return Some(Proof {
            side: Some(Side::Client),
            cause: format!("what was given for the credential `{kind}` cannot be sent: {what}"),
            evidence: vec!["nothing was sent".to_owned()],
            hint: "look at the source of the credential; it must hold the credential alone, on one line".to_owned(),
        });
    }
    let refused = refused(case)?;
    if let Some(proof) = no_jwt(case, &refused) {
        return Some(proof);
    }
    let (credential, (what, hint)) = refused
        .credentials
        .iter()
        .find_map(|credential| Some((credential, flaw(credential)?)))?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the {} that was sent is damaged: {what}",
            caller::noun(credential)
        ),
        evidence: vec![caller::in_words(credential)],
        hint,
    })
}

/// The server looks for a JWT, and what was sent has not the look of one.
fn no_jwt(case: &Case<'_>, refused: &Refused<'_>) -> Option<Proof> {
    let credential = *refused.credentials.first()?;
    let secret = credential.secret.expose();
    let wants_one = case.words().reports_malformed_jwt();
    if !wants_one
        || caller::is_password(credential)
        || looks_like_jwt(secret)
        || flaw(credential).is_some()
    {
        return None;
    }
    let mut facts = vec![
        caller::in_words(credential),
        format!(
            "it has {} parts with dots between; a JWT has 3",
            secret.split('.').count()
        ),
    ];
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server wants a JWT, and the {} sent is none",
            caller::noun(credential)
        ),
        evidence: facts,
        hint: match credential.obtained {
            Obtained::Given => format!(
                "look at what {} holds: an opaque token (for one, a refresh token or a session id) must be exchanged for a JWT first",
                credential.source
            ),
            _ => format!(
                "ask whoever runs {} for tokens that are JWTs; at some servers --audience or --resource brings one",
                fetch::place(credential)
            ),
        },
    })
}

/// What is visibly wrong with a credential, and what to do; its text is not repeated.
fn flaw(credential: &CallCredential) -> Option<(String, String)> {
    let secret = credential.secret.expose();
    let source = &credential.source;
    if caller::is_password(credential) {
        return None;
    }
    if secret.is_empty() {
        return Some((
            "it is empty".to_owned(),
            format!("give a value in {source}"),
        ));
    }
    if is_a_variable(secret) {
        return Some((
            "it is the name of a variable, which no shell replaced".to_owned(),
            "use double quotes in the shell, or better --token env:NAME".to_owned(),
        ));
    }
    let quoted = |mark| secret.len() > 1 && secret.starts_with(mark) && secret.ends_with(mark);
    if quoted('"') || quoted('\'') || (secret.starts_with('<') && secret.ends_with('>')) {
        return Some((
            "quotes or brackets stand around it, and were sent along".to_owned(),
            format!("take them off in {source}"),
        ));
    }
    let why = damaged_jwt(secret)?;
    Some((
        format!("it begins as a JWT, but {why}"),
        format!("copy the token again, whole, on one line, into {source}"),
    ))
}

/// `$TOKEN`, `${TOKEN}`, `%TOKEN%`, `{{ token }}`.
fn is_a_variable(secret: &str) -> bool {
    let inner = secret
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
        .or_else(|| secret.strip_prefix('$'))
        .or_else(|| {
            secret
                .strip_prefix('%')
                .and_then(|rest| rest.strip_suffix('%'))
        })
        .or_else(|| {
            secret
                .strip_prefix("{{")
                .and_then(|rest| rest.strip_suffix("}}"))
        });
    inner.is_some_and(|name| {
        let name = name.trim();
        !name.is_empty()
            && name
                .chars()
                .all(|character| character.is_ascii_alphanumeric() || "_.".contains(character))
    })
}

/// Why a text that begins with a JWT's header is none. A header without `alg` is no JWT's: signed
/// cookies begin with JSON too.
fn damaged_jwt(secret: &str) -> Option<String> {
    let (first, _) = secret.split_once('.')?;
    let header = Decoded::read(&format!("{first}.e30.")).ok()?;
    header.algorithm()?;
    match Decoded::read(secret) {
        Ok(_) | Err(NotAJwt::Encrypted) => None,
        Err(why) => Some(why.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_told_from_secrets() {
        for text in ["$TOKEN", "${TOKEN}", "%TOKEN%", "{{ vars.token }}"] {
            assert!(is_a_variable(text), "{text}");
        }
        for text in ["TOKEN", "$", "$2y$10$abcdefghij/klmnop", "a$TOKEN"] {
            assert!(!is_a_variable(text), "{text}");
        }
    }
}
