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
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::challenge::Challenge;
use crate::verdict::reading::words::Subjects;

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
    asked_for_another(&refused, credential).or_else(|| unseen(case, &refused, credential))
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
            "the server asks for {}, and the {} was sent as `{}`",
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

/// The server says that it saw none, or does not know the form.
fn unseen(case: &Case<'_>, refused: &Refused<'_>, credential: &CallCredential) -> Option<Proof> {
    let Refused {
        reply,
        credentials: sent,
    } = refused;
    let words = case.words();
    let unknown = words.near(
        &["scheme", "method", "type"],
        &["unsupported", "unknown", "invalid", "unexpected", "wrong"],
        3,
    ) && words.has_any(&["authentication", "authorization", "auth"]);
    if !unknown && !words.reports_missing_credential(Subjects::Any) {
        return None;
    }
    if !unknown && sent.iter().any(|credential| is_canonical(credential)) {
        return None;
    }
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(reply.quoted());
    facts.extend(reply.header_line("www-authenticate"));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server does not see a credential in `{}`",
            caller::on_the_wire(credential)
        ),
        evidence: facts,
        hint: respelled(credential),
    })
}

/// In the form that every server looks for.
fn is_canonical(credential: &CallCredential) -> bool {
    credential.key == http::header::AUTHORIZATION
        && matches!(credential.scheme.as_deref(), Some("Bearer" | "Basic"))
}

fn respelled(credential: &CallCredential) -> String {
    match credential.scheme.as_deref() {
        Some(scheme) if scheme != "Bearer" && scheme.eq_ignore_ascii_case("bearer") => {
            "write the scheme with a capital: leave --scheme out, or -H 'authorization: Bearer …'".to_owned()
        }
        Some(scheme) if scheme != "Basic" && scheme.eq_ignore_ascii_case("basic") => {
            "write the scheme with a capital: --user NAME --password SRC, or -H 'authorization: Basic …'".to_owned()
        }
        Some("Bearer") => "it may want user and password (--user NAME --password SRC) or an API key (--api-key SRC); whoever runs the server knows".to_owned(),
        _ => "ask whoever runs the server for key and scheme; the usual form is --token SRC (authorization: Bearer …)".to_owned(),
    }
}
