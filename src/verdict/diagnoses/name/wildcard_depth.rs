//! `name.wildcard-depth`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.wildcard-depth",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("wildcard_depth.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::WildcardDepth(pattern)) = name::misfit(evidence)? else {
        return None;
    };
    let asked = certificates::asked_name(evidence);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the wildcard {pattern} stands for exactly one label, so it is not for {asked}"
        ),
        evidence: name::clash(evidence, leaf),
        hint: format!(
            "ask whoever runs the server to add {asked} itself to the certificate, or dial a name exactly one label under {}",
            pattern.trim_start_matches("*.")
        ),
    })
}
