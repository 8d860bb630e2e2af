//! `chain.incomplete`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::Facts;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::completes;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "chain.incomplete",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("incomplete.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let WalkEnd::MissingIssuer { issuer, .. } = connection.no_path()? else {
        return None;
    };
    let given = connection.client_certificate.as_ref()?;
    let others = given.chain.get(1..)?;
    if others.is_empty() || !completes(&connection.tls()?.chain, others, connection.anchors()) {
        return None;
    }
    let found = connection
        .our_chain()
        .iter()
        .skip(1)
        .filter_map(|facts| facts.as_ref().ok())
        .find(|facts| facts.subject == *issuer);
    let mut lines = vec![certificates::presented(
        connection,
        certificates::last_reached(connection).unwrap_or(0),
    )];
    lines.extend(found.map(|facts| found_line(connection, facts)));
    lines.push(certificates::trusted(connection));
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server does not send the intermediate certificate {}",
            certificates::named(issuer)
        ),
        evidence: lines,
        hint: format!(
            "ask the operator of {} to send {} after its own certificate",
            connection.asked.host,
            certificates::named(issuer)
        ),
    })
}

fn found_line(connection: &ConnectionCase<'_>, facts: &Facts) -> String {
    let file = connection
        .client_certificate
        .as_ref()
        .map(|given| given.file.display().to_string())
        .unwrap_or_default();
    format!(
        "it is in {file} and completes the path: {}",
        certificates::identity(facts)
    )
}
