//! `name.wildcard-depth`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.wildcard-depth",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("wildcard_depth.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::WildcardDepth(pattern)) = connection.misfit()? else {
        return None;
    };
    let asked = names::asked_name(connection);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the wildcard {pattern} stands for exactly one label, so it is not for {asked}"
        ),
        evidence: name::clash(connection, leaf),
        hint: format!(
            "ask the operator of the server to add {asked} itself to the certificate, or dial a name exactly one label under {}",
            pattern.trim_start_matches("*.")
        ),
    })
}
