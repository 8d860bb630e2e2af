//! `trust.unknown-root`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.unknown-root",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unknown_root.md"),
    prove: Prove::Connection(prove),
    yields_to: &["trust.wrong-store", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let WalkEnd::SelfSignedNotTrusted { index } = connection.no_path()? else {
        return None;
    };
    let root = connection.chain().get(*index)?.as_ref().ok()?;
    let mut lines = certificates::way(connection);
    if root.is_expired(connection.clock) {
        lines.push(format!(
            "that root expired on {}: its CA may have a newer one",
            rfc3339(root.not_after)
        ));
    }
    lines.push(format!("sha256: {}", root.sha256));
    lines.push(certificates::trusted(connection));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server's chain is complete and ends at {}, a root that is not trusted here",
            certificates::named(&root.subject)
        ),
        evidence: lines,
        hint: format!(
            "if this root is your CA's (check its sha256 with its operator), {}; if nobody knows it, a proxy in between may be signing for {}",
            trust::give_ca(connection, &root.subject),
            connection.asked.host
        ),
    })
}
