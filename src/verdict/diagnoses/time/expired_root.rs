//! `time.expired.root`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::Facts;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.expired.root",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("expired_root.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let anchor = accepted(connection).or_else(|| refused(connection))?;
    let facts = Facts::read(&connection.anchors().anchors().get(anchor)?.der).ok()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the trusted root {} expired {} ago: accepted here, but Go, OpenSSL, GnuTLS and gRPC C-core will refuse it",
            certificates::named(&facts.subject),
            span(connection.clock - facts.not_after)
        ),
        evidence: vec![
            certificates::anchor(connection, anchor),
            format!(
                "not after {}; the local clock says {}",
                rfc3339(facts.not_after),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "get the renewed root from the CA and put it in place of the one at {}",
            certificates::anchor_origin(connection, anchor)
        ),
    })
}

fn accepted(connection: &ConnectionCase<'_>) -> Option<usize> {
    connection.lints().iter().find_map(|lint| match lint {
        Lint::RootExpired { anchor } => Some(*anchor),
        _ => None,
    })
}

fn refused(connection: &ConnectionCase<'_>) -> Option<usize> {
    connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::AnchorExpired { anchor, .. } => Some(*anchor),
            _ => None,
        })
}
