//! `trust.no-path`.

use crate::text::aside::aside;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.no-path",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("no_path.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let end = connection.no_path()?;
    let mut lines = certificates::way(connection);
    let mut issuer = String::new();
    if let Some(index) = certificates::last_reached(connection)
        && let Some(Ok(facts)) = connection.chain().get(index)
    {
        issuer.clone_from(&facts.issuer);
    }
    lines.extend(obstacle(connection, end));
    if !matches!(end, WalkEnd::NameEncoding { .. }) {
        lines.extend(off_the_way(connection));
    }
    lines.push(certificates::trusted(connection));
    Some(Proof {
        side: None,
        cause: cause(connection, end, &issuer),
        evidence: lines,
        hint: hint(connection, end, &issuer),
    })
}

/// The certificates sent that the way does not pass: none of them is the missing one.
fn off_the_way(connection: &ConnectionCase<'_>) -> Vec<String> {
    let way = &connection.walk().steps;
    (0..connection.chain().len())
        .filter(|index| way.iter().all(|step| step.index != *index))
        .map(|index| {
            format!(
                "also sent, but linked to none of these: {}",
                certificates::presented(connection, index)
            )
        })
        .collect()
}

fn hint(connection: &ConnectionCase<'_>, end: &WalkEnd, issuer: &str) -> String {
    let host = &connection.asked.host;
    let give_ca = trust::give_ca(connection, issuer);
    match end {
        WalkEnd::IssuerRekeyed { issuer: sent, .. } => format!(
            "ask the operator of {host} to put the certificate of {} with the right key in place of certificate {sent} in its chain file; if that is your CA, {give_ca}",
            certificates::named(issuer)
        ),
        WalkEnd::NameEncoding { index, .. } => format!(
            "ask the operator of {host} to have {} issued again, with its issuer's name copied from the issuer's certificate",
            certificates::short(*index)
        ),
        _ => format!(
            "if that is your CA, {give_ca}; if it is an intermediate, ask the operator of {host} to send it with the server's certificate"
        ),
    }
}

fn cause(connection: &ConnectionCase<'_>, end: &WalkEnd, issuer: &str) -> String {
    let issuer = certificates::named(issuer);
    match end {
        WalkEnd::NameEncoding { index, .. } => format!(
            "no trusted CA issued the server's certificate: {} writes its issuer's name, {issuer}, otherwise than the issuer does",
            certificates::short(*index)
        ),
        WalkEnd::MissingIssuer { .. } => {
            let last = certificates::last_reached(connection).unwrap_or(0);
            format!(
                "no trusted CA issued the server's certificate: {} was issued by {issuer}, which is neither sent by the server nor trusted here",
                certificates::short(last)
            )
        }
        WalkEnd::AnchorRekeyed { anchor, .. } => format!(
            "no trusted CA issued the server's certificate: {} has the name of its issuer, but did not sign it with that key",
            certificates::anchor_origin(connection, *anchor)
        ),
        WalkEnd::IssuerRekeyed { issuer, .. } => format!(
            "no trusted CA issued the server's certificate: certificate {issuer} that it sends has the name of its issuer, but another key"
        ),
        _ => format!("no trusted CA issued the server's certificate (issuer: {issuer})"),
    }
}

/// What stood at the end of the walk.
fn obstacle(connection: &ConnectionCase<'_>, end: &WalkEnd) -> Vec<String> {
    match end {
        WalkEnd::MissingIssuer {
            issuer,
            authority_key_id,
            ca_issuers,
            ..
        } => {
            let mut lines = vec![match authority_key_id {
                Some(id) => format!(
                    "missing: {}{}",
                    certificates::named(issuer),
                    aside(format!(", key identifier {id}"))
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
            certificates::anchor(connection, *anchor),
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
            certificates::at(connection, *issuer),
            format!(
                "it signed certificate {index}, but writes its name in another case or encoding than certificate {index} writes its issuer's, and they are compared byte for byte"
            ),
        ],
        WalkEnd::Loop => vec!["the certificates sent issue one another in a circle".to_owned()],
        _ => Vec::new(),
    }
}
