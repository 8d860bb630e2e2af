//! `time.expired.root`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::Facts;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.expired.root",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("expired_root.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let anchor = accepted(evidence).or_else(|| refused(evidence))?;
    let facts = Facts::read(&evidence.connection.anchors().anchors().get(anchor)?.der).ok()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the trusted root {} expired {} ago: accepted here, but Go, OpenSSL, GnuTLS and gRPC C-core will refuse it",
            certificates::named(&facts.subject),
            span(evidence.connection.clock - facts.not_after)
        ),
        evidence: vec![
            certificates::anchor(evidence, anchor),
            format!(
                "not after {}; the clock here says {}",
                rfc3339(facts.not_after),
                rfc3339(evidence.connection.clock)
            ),
        ],
        hint: format!(
            "get the renewed root from the CA and put it in place of the one at {}",
            certificates::anchor_origin(evidence, anchor)
        ),
    })
}

fn accepted(evidence: &Evidence) -> Option<usize> {
    evidence
        .connection
        .lints()
        .iter()
        .find_map(|lint| match lint {
            Lint::RootExpired { anchor } => Some(*anchor),
            _ => None,
        })
}

fn refused(evidence: &Evidence) -> Option<usize> {
    evidence
        .connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::AnchorExpired { anchor, .. } => Some(*anchor),
            _ => None,
        })
}
