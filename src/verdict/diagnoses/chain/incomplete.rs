//! `chain.incomplete`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::Facts;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::completes;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.incomplete",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("incomplete.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let WalkEnd::MissingIssuer { issuer, .. } = evidence.connection.no_path()? else {
        return None;
    };
    let given = evidence.connection.client_certificate.as_ref()?;
    let others = given.chain.get(1..)?;
    if others.is_empty()
        || !completes(
            &evidence.connection.tls()?.chain,
            others,
            evidence.connection.anchors(),
        )
    {
        return None;
    }
    let found = evidence
        .connection
        .our_chain()
        .iter()
        .skip(1)
        .filter_map(|facts| facts.as_ref().ok())
        .find(|facts| facts.subject == *issuer);
    let mut lines = vec![certificates::presented(
        evidence,
        trust::last_reached(evidence).unwrap_or(0),
    )];
    lines.extend(found.map(|facts| found_line(evidence, facts)));
    lines.push(certificates::trusted(evidence));
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server does not send the intermediate certificate {}",
            certificates::named(issuer)
        ),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} to send {} after its own certificate",
            evidence.connection.asked.host,
            certificates::named(issuer)
        ),
    })
}

fn found_line(evidence: &Evidence, facts: &Facts) -> String {
    let file = evidence
        .connection
        .client_certificate
        .as_ref()
        .map(|given| given.file.display().to_string())
        .unwrap_or_default();
    format!(
        "it is in {file} and completes the path: {}",
        certificates::identity(facts)
    )
}
