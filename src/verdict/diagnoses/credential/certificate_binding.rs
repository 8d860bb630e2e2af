//! `credential.certificate-binding`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest;

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.certificate-binding",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("certificate_binding.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    by_its_claims(case).or_else(|| by_the_servers_words(case))
}

/// The token says nothing of it, and the server does.
fn by_the_servers_words(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let is_told = case.about() == Some(About::Binding)
        && case
            .words()
            .has_any(&["certificate", "confirmation", "cnf", "x5t"]);
    if !is_told {
        return None;
    }
    let sent = case.connection.certificate_sent();
    let mut facts = vec![match sent {
        Some(certificate) => format!(
            "the client certificate of {} was sent",
            certificate.file.display()
        ),
        None => "no client certificate was sent".to_owned(),
    }];
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} says that the token is bound to a client certificate, and that the call does not show it",
            refused.reply.speaker()
        ),
        evidence: facts,
        hint: FIX.to_owned(),
    })
}

const FIX: &str = "give the certificate that the token was fetched with (--cert FILE --key FILE), or fetch a token with this one";

fn by_its_claims(case: &Case<'_>) -> Option<Proof> {
    refused(case)?;
    let token = case.token()?;
    let bound = token.decoded.claims["cnf"]["x5t#S256"].as_str()?;
    let sent = case
        .connection
        .certificate_sent()
        .and_then(|certificate| Some((certificate, certificate.chain.first()?)));
    let (cause, fact) = match sent {
        Some((certificate, end_entity)) => {
            let ours = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, end_entity));
            if ours == bound.trim_end_matches('=') {
                return None;
            }
            (
                "the token is bound to another client certificate than the one sent",
                format!(
                    "the certificate of {} has x5t#S256 {ours}",
                    certificate.file.display()
                ),
            )
        }
        None => (
            "the token is bound to a client certificate, and none was sent",
            match &case.connection.client_certificate {
                Some(_) => "the server did not ask for a client certificate".to_owned(),
                None => "no --cert was given".to_owned(),
            },
        ),
    };
    let mut facts = vec![format!("the token says cnf.x5t#S256 {bound}"), fact];
    facts.extend(fetch::certificate_shown(token.credential));
    Some(Proof {
        side: Some(Side::Client),
        cause: cause.to_owned(),
        evidence: facts,
        hint: FIX.to_owned(),
    })
}
