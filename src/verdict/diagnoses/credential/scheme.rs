//! `credential.scheme`.

use crate::authenticate::CallCredential;
use crate::peer_text::PeerText;
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
use crate::verdict::reading::challenge;
use crate::verdict::reading::challenge::Challenge;
use crate::verdict::reading::refusal::Wanted;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.scheme",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("scheme.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential.doubled-scheme"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let credential = *refused.credentials.first()?;
    let was_read = case.about().is_some_and(About::is_of_a_token_that_was_read);
    asked_for_another(&refused, credential)
        .filter(|_| !was_read)
        .or_else(|| unseen(case, &refused, credential))
}

/// `www-authenticate` names schemes, and none is the one sent.
fn asked_for_another(refused: &Refused<'_>, credential: &CallCredential) -> Option<Proof> {
    let Refused {
        reply,
        credentials: sent,
    } = refused;
    let wanted = challenge::of(reply);
    let matches = |wanted: &Challenge| {
        sent.iter().any(|credential| {
            credential
                .scheme
                .as_deref()
                .is_some_and(|scheme| wanted.is_of(scheme))
        })
    };
    // A challenge is about `authorization`; what went under another key is not its business.
    let elsewhere = credential.key != http::header::AUTHORIZATION;
    if elsewhere || wanted.is_empty() || wanted.iter().any(matches) {
        return None;
    }
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(reply.header_line("www-authenticate"));
    let schemes: Vec<String> = wanted
        .iter()
        .map(|wanted| wanted.scheme.to_string())
        .collect();
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} asks for {}, and the {} was sent as `{}`",
            reply.speaker(),
            schemes.join(" or "),
            caller::noun(credential),
            caller::on_the_wire(credential)
        ),
        evidence: facts,
        hint: fix(&wanted.first()?.scheme),
    })
}

fn fix(wanted: &PeerText) -> String {
    match wanted.for_judging().to_lowercase().as_str() {
        "bearer" => "send a bearer token: --token SRC".to_owned(),
        "basic" => "send user and password: --user NAME --password SRC".to_owned(),
        "dpop" => "the token is bound to a key and needs a DPoP proof (RFC 9449), which grpcauth does not make; get a token without that binding".to_owned(),
        _ => format!("send the token under that scheme: --token SRC --scheme {wanted}, if it is one that takes a token"),
    }
}

/// The server names another credential than the one sent, or does not know its form.
fn unseen(case: &Case<'_>, refused: &Refused<'_>, credential: &CallCredential) -> Option<Proof> {
    let Refused {
        reply,
        credentials: sent,
    } = refused;
    let about = case.about()?;
    if !matches!(about, About::Missing | About::Scheme) {
        return None;
    }
    let named = Wanted::read(reply, case.words());
    let other = named.filter(|wanted| !sent.iter().any(|credential| is_what(wanted, credential)));
    let by_kind = other.is_some() || about == About::Scheme;
    // What was sent in the usual form under the usual key is where such a server looks.
    if !by_kind && sent.iter().any(|credential| is_canonical(credential)) {
        return None;
    }
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(reply.quoted());
    facts.extend(reply.header_line("www-authenticate"));
    let on_the_wire = caller::on_the_wire(credential);
    let speaker = reply.speaker();
    let cause = match &other {
        Some(wanted) => format!(
            "{speaker} asks for {}, and the {} was sent as `{on_the_wire}`",
            wanted.in_words(),
            caller::noun(credential),
        ),
        None if about == About::Scheme => format!(
            "{speaker} does not accept a credential of this kind; the {} was sent as `{on_the_wire}`",
            caller::noun(credential),
        ),
        None => format!("{speaker} does not see a credential in `{on_the_wire}`"),
    };
    Some(Proof {
        side: Some(Side::Client),
        cause,
        evidence: facts,
        hint: match &other {
            Some(wanted) => format!("send it so: {}", wanted.flags()),
            // Of a token's kinds, and not of schemes, the server speaks.
            None if case.words().has_phrase("access token") => {
                "send an access token: it is the member access_token of a token endpoint's answer, and neither id_token nor refresh_token".to_owned()
            }
            None => respelled(credential),
        },
    })
}

/// Whether what was sent is what the server names.
fn is_what(wanted: &Wanted, credential: &CallCredential) -> bool {
    let is_authorization = credential.key == http::header::AUTHORIZATION;
    let is_basic = credential
        .scheme
        .as_deref()
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("basic"));
    match wanted {
        Wanted::Key(key) => credential.key.as_str() == key,
        // Servers call any token a bearer token, under whatever key they read it.
        Wanted::Bearer => is_authorization && !is_basic,
        Wanted::Basic => is_authorization && is_basic,
        Wanted::ApiKey => !is_authorization,
    }
}

/// In the form that every server looks for.
fn is_canonical(credential: &CallCredential) -> bool {
    credential.key == http::header::AUTHORIZATION
        && matches!(credential.scheme.as_deref(), Some("Bearer" | "Basic"))
}

fn respelled(credential: &CallCredential) -> String {
    match credential.scheme.as_deref() {
        Some(scheme) if scheme != "Bearer" && scheme.eq_ignore_ascii_case("bearer") => {
            "write the scheme with a capital: remove --scheme, or -H 'authorization: Bearer …'".to_owned()
        }
        Some(scheme) if scheme != "Basic" && scheme.eq_ignore_ascii_case("basic") => {
            "write the scheme with a capital: --user NAME --password SRC, or -H 'authorization: Basic …'".to_owned()
        }
        Some("Bearer") => "the server may require user and password (--user NAME --password SRC), an API key (--api-key SRC) or a token of another issuer; its operator knows".to_owned(),
        _ => "ask the operator of the server for key and scheme; the usual form is --token SRC (authorization: Bearer …)".to_owned(),
    }
}
