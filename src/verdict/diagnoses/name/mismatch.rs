//! `name.mismatch`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::name;
use crate::verdict::reading::names;
use crate::verdict::reading::names::Misfit;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "name.mismatch",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("mismatch.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (leaf, Misfit::Other) = connection.misfit()? else {
        return None;
    };
    let asked = names::asked_name(connection);
    Some(Proof {
        side: None,
        cause: format!("the server's certificate is not for {asked}"),
        evidence: name::clash(connection, leaf),
        hint: match name::a_name(leaf) {
            Some(other) => format!(
                "if the server is meant by one of its names, dial it so or add --servername {other}; if {asked} is right, ask whoever runs it for a certificate with that name"
            ),
            None => format!("ask whoever runs the server for a certificate with the name {asked}"),
        },
    })
}
