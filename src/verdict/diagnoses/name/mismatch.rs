//! `name.mismatch`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.mismatch",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("mismatch.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::Other) = name::misfit(evidence)? else {
        return None;
    };
    let asked = certificates::asked_name(evidence);
    Some(Proof {
        side: None,
        cause: format!("the server's certificate is not for {asked}"),
        evidence: name::clash(evidence, leaf),
        hint: match name::a_name(leaf) {
            Some(other) => format!(
                "if the server is meant by one of its names, dial it so or add --servername {other}; if {asked} is right, ask whoever runs it for a certificate with that name"
            ),
            None => format!("ask whoever runs the server for a certificate with the name {asked}"),
        },
    })
}
