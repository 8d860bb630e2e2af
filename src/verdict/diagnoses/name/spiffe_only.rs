//! `name.spiffe-only`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.spiffe-only",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("spiffe_only.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::SpiffeOnly(id)) = connection.misfit()? else {
        return None;
    };
    Some(Proof {
        side: None,
        cause: format!("the server's certificate names no host, only the mesh identity {id}"),
        evidence: name::clash(connection, leaf),
        hint: format!(
            "if that is the server you mean, add --server-spiffe-id {id}; or call it through the mesh's gateway, which has a certificate with DNS names"
        ),
    })
}
