//! `trust.wrong-store`.

use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.wrong-store",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("wrong_store.md"),
    prove: Prove::Connection(prove),
    needs,
    yields_to: &["sni.default-certificate"],
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let accepted = connection.follow_ups.system_roots_accept == Some(true);
    if !accepted || !is_open(connection) {
        return None;
    }
    let mut lines = certificates::way(connection);
    lines.push(certificates::trusted(connection));
    lines.push("this system's roots accept the chain".to_owned());
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server's CA is one that this system trusts, but only {} is trusted in this call",
            certificates::trust_source(connection)
        ),
        evidence: lines,
        hint: "leave --cacert away, or add --system-roots to trust both".to_owned(),
    })
}

/// Only files are trusted, and no path leads to what they hold.
fn is_open(connection: &ConnectionCase<'_>) -> bool {
    let files_alone = connection
        .trust
        .as_ref()
        .is_some_and(|trust| !trust.files.is_empty() && !trust.system);
    files_alone
        && matches!(
            connection.no_path(),
            Some(WalkEnd::MissingIssuer { .. } | WalkEnd::SelfSignedNotTrusted { .. })
        )
}

fn needs(connection: &ConnectionCase<'_>) -> Option<FollowUp> {
    let unknown = connection.follow_ups.system_roots_accept.is_none();
    (unknown && is_open(connection)).then_some(FollowUp::SystemRoots)
}
