//! `name.spiffe-mismatch`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::SubjectAltName;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.spiffe-mismatch",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("spiffe_mismatch.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let asked = connection.asked.workload.as_ref()?;
    if !connection.is_another_workload() {
        return None;
    }
    let leaf = connection.leaf()?;
    let uris: Vec<&str> = leaf
        .san
        .iter()
        .filter_map(|name| match name {
            SubjectAltName::Uri(uri) => Some(uri.as_str()),
            _ => None,
        })
        .collect();
    let (cause, hint) = match uris.as_slice() {
        [] => (
            "the server's certificate names no workload of a mesh".to_owned(),
            "if the server is not in the mesh, leave --server-spiffe-id out and verify its host name".to_owned(),
        ),
        [other] if other.starts_with("spiffe://") => (
            format!("the server is {other}, not {asked}"),
            format!("if {other} is the one you mean, give that to --server-spiffe-id; if not, another server answers at this address"),
        ),
        [_] => (
            "the server's certificate names no workload of a mesh".to_owned(),
            "ask the operator of the server for a certificate with a SPIFFE id".to_owned(),
        ),
        _ => (
            "the server's certificate has several URIs, so it is no workload's".to_owned(),
            "ask the operator of the mesh for a certificate with the SPIFFE id as its only URI".to_owned(),
        ),
    };
    Some(Proof {
        side: None,
        cause,
        evidence: vec![
            format!("workload asked for: {asked}"),
            certificates::presented_names(leaf),
            certificates::presented(connection, 0),
        ],
        hint,
    })
}
