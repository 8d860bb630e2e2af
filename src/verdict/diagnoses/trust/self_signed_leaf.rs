//! `trust.self-signed-leaf`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::Facts;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.self-signed-leaf",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("self_signed_leaf.md"),
    prove: Prove::Connection(prove),
    yields_to: &["sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let leaf = leaf(connection)?;
    let mut lines = vec![
        certificates::presented(connection, 0),
        format!("sha256: {}", leaf.sha256),
        certificates::trusted(connection),
    ];
    if let Some(WalkEnd::AnchorRekeyed { anchor, .. }) = connection.no_path() {
        lines.push(format!(
            "{} holds another certificate of the same name, with another key",
            certificates::anchor_origin(connection, *anchor)
        ));
    }
    Some(Proof {
        side: None,
        cause: "the server's certificate is self-signed: no CA issued it".to_owned(),
        evidence: lines,
        hint: hint(connection, leaf),
    })
}

/// The leaf, if it signed itself and nothing else leads to an anchor.
fn leaf<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Facts> {
    let by_walk = matches!(connection.no_path()?, WalkEnd::SelfSignedLeaf);
    connection.leaf().filter(|leaf| by_walk || leaf.self_signed)
}

fn hint(connection: &ConnectionCase<'_>, leaf: &Facts) -> String {
    let host = &connection.asked.host;
    match leaf.is_ca {
        // webpki takes no CA's certificate for a server's, trusted or not.
        true => format!(
            "ask the operator of {host} for a certificate that a CA issued: this one is marked as a CA's and cannot be trusted as a server's here, even by name"
        ),
        false => format!(
            "if it is your own server's, save that certificate (compare the sha256) and name it with --cacert FILE; else ask the operator of {host} for one that a CA issued"
        ),
    }
}
