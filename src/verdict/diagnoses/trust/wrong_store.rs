//! `trust.wrong-store`.

use crate::evidence::Evidence;
use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.wrong-store",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("wrong_store.md"),
    prove,
    needs,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if !holds(evidence) {
        return None;
    }
    let mut lines = trust::way(evidence);
    lines.push(certificates::trusted(evidence));
    lines.push("this system's roots accept the chain".to_owned());
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server's CA is one that this system trusts, but only {} is trusted in this call",
            certificates::trust_source(evidence)
        ),
        evidence: lines,
        hint: "leave --cacert away, or add --system-roots to trust both".to_owned(),
    })
}

/// Whether it is proven.
pub(super) fn holds(evidence: &Evidence) -> bool {
    is_open(evidence) && evidence.connection.follow_ups.system_roots_accept == Some(true)
}

/// Only files are trusted, and no path leads to what they hold.
fn is_open(evidence: &Evidence) -> bool {
    let files_alone = evidence
        .connection
        .trust
        .as_ref()
        .is_some_and(|trust| !trust.files.is_empty() && !trust.system);
    files_alone
        && matches!(
            evidence.connection.no_path(),
            Some(WalkEnd::MissingIssuer { .. } | WalkEnd::SelfSignedNotTrusted { .. })
        )
}

fn needs(evidence: &Evidence) -> Option<FollowUp> {
    let unknown = evidence.connection.follow_ups.system_roots_accept.is_none();
    (unknown && is_open(evidence)).then_some(FollowUp::SystemRoots)
}
