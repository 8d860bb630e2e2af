//! `name.no-ip-san`.

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
    id: "name.no-ip-san",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("no_ip_san.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::NoIpName) = name::misfit(evidence)? else {
        return None;
    };
    let asked = certificates::asked_name(evidence);
    Some(Proof {
        side: None,
        cause: format!(
            "the server was dialled by its address {asked}, and its certificate is for names only"
        ),
        evidence: name::clash(evidence, leaf),
        hint: match name::a_name(leaf) {
            Some(other) => format!(
                "add --servername {other}, or dial it by that name; or ask whoever runs the server for a certificate with `subjectAltName=IP:{asked}`"
            ),
            None => format!(
                "ask whoever runs the server for a certificate with `subjectAltName=IP:{asked}`"
            ),
        },
    })
}
