//! `trust.no-path`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::chain;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.no-path",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("no_path.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let end = evidence.connection.no_path()?;
    if chain::explains_no_path(evidence) {
        return None;
    }
    let mut lines = trust::way(evidence);
    let mut issuer = String::new();
    if let Some(index) = trust::last_reached(evidence)
        && let Some(Ok(facts)) = evidence.connection.chain().get(index)
    {
        issuer.clone_from(&facts.issuer);
    }
    lines.extend(obstacle(evidence, end));
    if !matches!(end, WalkEnd::NameEncoding { .. }) {
        lines.extend(off_the_way(evidence));
    }
    lines.push(certificates::trusted(evidence));
    Some(Proof {
        side: None,
        cause: cause(evidence, end, &issuer),
        evidence: lines,
        hint: hint(evidence, end, &issuer),
    })
}

/// The certificates sent that the way does not pass: none of them is the missing one.
fn off_the_way(evidence: &Evidence) -> Vec<String> {
    let way = &evidence.connection.walk().steps;
    (0..evidence.connection.chain().len())
        .filter(|index| way.iter().all(|step| step.index != *index))
        .map(|index| {
            format!(
                "also sent, but linked to none of these: {}",
                certificates::presented(evidence, index)
            )
        })
        .collect()
}

fn hint(evidence: &Evidence, end: &WalkEnd, issuer: &str) -> String {
    let host = &evidence.connection.asked.host;
    let give_ca = trust::give_ca(evidence, issuer);
    match end {
        WalkEnd::IssuerRekeyed { issuer: sent, .. } => format!(
            "ask whoever runs {host} to put the certificate of {} with the right key in place of certificate {sent} in its chain file; if that is your CA, {give_ca}",
            certificates::named(issuer)
        ),
        WalkEnd::NameEncoding { index, .. } => format!(
            "ask whoever runs {host} to have {} issued again, with its issuer's name copied from the issuer's certificate",
            certificates::short(*index)
        ),
        _ => format!(
            "if that is your CA, {give_ca}; if it is an intermediate, ask whoever runs {host} to send it with the server's certificate"
        ),
    }
}

fn cause(evidence: &Evidence, end: &WalkEnd, issuer: &str) -> String {
    let issuer = certificates::named(issuer);
    match end {
        WalkEnd::NameEncoding { index, .. } => format!(
            "no trusted CA vouches for the server: {} writes its issuer's name, {issuer}, otherwise than the issuer does",
            certificates::short(*index)
        ),
        WalkEnd::MissingIssuer { .. } => {
            let last = trust::last_reached(evidence).unwrap_or(0);
            format!(
                "no trusted CA vouches for the server: {} was issued by {issuer}, which is neither sent by the server nor trusted here",
                certificates::short(last)
            )
        }
        WalkEnd::AnchorRekeyed { anchor, .. } => format!(
            "no trusted CA vouches for the server: {} has the name of its issuer, but did not sign it with that key",
            certificates::anchor_origin(evidence, *anchor)
        ),
        WalkEnd::IssuerRekeyed { issuer, .. } => format!(
            "no trusted CA vouches for the server: certificate {issuer} that it sends has the name of its issuer, but another key"
        ),
        _ => format!("no trusted CA vouches for the server (issuer: {issuer})"),
    }
}

/// What stood at the end of the walk.
fn obstacle(evidence: &Evidence, end: &WalkEnd) -> Vec<String> {
    match end {
        WalkEnd::MissingIssuer {
            issuer,
            authority_key_id,
            ca_issuers,
            ..
        } => {
            let mut lines = vec![match authority_key_id {
                Some(id) => format!(
                    "missing: {}, key identifier {id}",
                    certificates::named(issuer)
                ),
                None => format!("missing: {}", certificates::named(issuer)),
            }];
            lines.extend(
                ca_issuers
                    .iter()
                    .map(|url| format!("its certificate is published at {url}")),
            );
            lines
        }
        WalkEnd::AnchorRekeyed {
            anchor,
            authority_key_id,
            subject_key_id,
            ..
        } => vec![
            certificates::anchor(evidence, *anchor),
            format!(
                "its key identifier is {}, the certificate names {}: the CA has a new key, the file another CA of this name, or the certificate is damaged",
                subject_key_id.as_deref().unwrap_or("not given"),
                authority_key_id.as_deref().unwrap_or("none")
            ),
        ],
        WalkEnd::IssuerRekeyed { index, issuer } => vec![format!(
            "certificate {index} was signed with another key than that of certificate {issuer}, which has its issuer's name"
        )],
        WalkEnd::NameEncoding { index, issuer } => vec![
            certificates::at(evidence, *issuer),
            format!(
                "it signed certificate {index}, but writes its name in another case or encoding than certificate {index} writes its issuer's, and they are compared byte for byte"
            ),
        ],
        WalkEnd::Loop => vec!["the certificates sent issue one another in a circle".to_owned()],
        _ => Vec::new(),
    }
}
