//! `credential.malformed`.

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Obtained;
use crate::evidence::Refusal;
use crate::jwt::Decoded;
use crate::jwt::NotAJwt;
use crate::jwt::looks_like_jwt;
use crate::jwt::mistaken::Mistaken;
use crate::jwt::mistaken::mistaken;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::Refused;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::caller;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.malformed",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("malformed.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential.doubled-scheme", "credential.scheme"],
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
    if let Some(Refusal::Credential(NotObtained::Mistaken { what, remedy })) = &case.refusal {
        return Some(Proof {
            side: Some(Side::Client),
            cause: format!("what was given as a token is not one: {what}"),
            evidence: vec!["nothing was sent".to_owned()],
            hint: remedy.clone(),
        });
    }
    let refused = refused(case)?;
    if let Some(proof) = no_jwt(case, &refused) {
        return Some(proof);
    }
    let mut sent = refused.credentials.iter();
    let damaged = sent.find_map(|credential| Some((credential, flaw(credential)?)));
    let Some((credential, (what, hint))) = damaged else {
        return by_the_servers_words(case, &refused);
    };
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

/// Nothing is seen to be wrong here, and the server cannot read it.
fn by_the_servers_words(case: &Case<'_>, refused: &Refused<'_>) -> Option<Proof> {
    if case.about() != Some(About::Malformed) {
        return None;
    }
    let credential = *refused.credentials.first()?;
    let noun = caller::noun(credential);
    let speaker = refused.reply.speaker();
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(case.token().map(|token| token.in_words(case.clock)));
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: None,
        cause: format!(
            "{speaker} says that the {noun} sent, or the header it came in, is malformed"
        ),
        evidence: facts,
        hint: format!(
            "compare what {speaker} says with what was sent: is {} the whole {noun}, of the kind that this server reads, and sent once? A proxy that adds its own header doubles it",
            credential.source
        ),
    })
}

/// The server looks for a JWT, and what was sent has not the look of one.
fn no_jwt(case: &Case<'_>, refused: &Refused<'_>) -> Option<Proof> {
    let credential = *refused.credentials.first()?;
    let secret = credential.secret.expose();
    let wants_one = case.about() == Some(About::Malformed)
        && case
            .words()
            .has_any(&["jwt", "jws", "segments", "parts", "token"])
        && !case.words().has_any(&["multiple", "duplicate"]);
    if !wants_one
        || caller::is_password(credential)
        || looks_like_jwt(secret)
        || flaw(credential).is_some()
    {
        return None;
    }
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(match secret.split('.').count() {
        1 => Some("it has 1 dot-separated part; a JWT has 3".to_owned()),
        3 => None,
        count => Some(format!("it has {count} dot-separated parts; a JWT has 3")),
    });
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} requires a JWT, and the {} sent is not one",
            refused.reply.speaker(),
            caller::noun(credential)
        ),
        evidence: facts,
        hint: match credential.obtained {
            Obtained::Given => format!(
                "look at what {} holds: an opaque token (for one, a refresh token or a session id) must be exchanged for a JWT first",
                credential.source
            ),
            _ => format!(
                "ask the operator of {} for tokens that are JWTs; some servers issue one for --audience or --resource",
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
    if let Some(escaped @ Mistaken::UrlEncoded) = mistaken(secret) {
        return Some((escaped.what(), escaped.remedy(None)));
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
