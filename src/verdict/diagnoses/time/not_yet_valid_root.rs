//! `time.not-yet-valid.root`.

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
    id: "time.not-yet-valid.root",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("not_yet_valid_root.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let accepted = connection.lints().iter().find_map(|lint| match lint {
        Lint::RootNotYetValid { anchor } => Some(*anchor),
        _ => None,
    });
    let refused = connection.chain_findings().iter();
    let mut refused = refused.filter_map(|finding| match finding {
        Finding::AnchorNotYetValid { anchor, .. } => Some(*anchor),
        _ => None,
    });
    let anchor = accepted.or_else(|| refused.next())?;
    let facts = Facts::read(&connection.anchors().anchors().get(anchor)?.der).ok()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the time of the trusted root {} begins in {}: accepted here, but Go, OpenSSL, GnuTLS and gRPC C-core will refuse it",
            certificates::named(&facts.subject),
            span(facts.not_before - connection.clock)
        ),
        evidence: vec![
            certificates::anchor(connection, anchor),
            format!(
                "not before {}; the local clock says {}",
                rfc3339(facts.not_before),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "check the local clock with `date -u`; if it is right, the certificate at {} was made on a machine whose clock is ahead",
            certificates::anchor_origin(connection, anchor)
        ),
    })
}
