//! `tls.chain-too-large`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::tls;

pub const ROW: Diagnosis = Diagnosis {
    id: "tls.chain-too-large",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("chain_too_large.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if !tls::is_chain_too_large(evidence) {
        return None;
    }
    Some(Proof {
        side: Some(Side::Server),
        cause: "the server's chain of certificates is larger than the 64 KiB that are taken"
            .to_owned(),
        evidence: tls::agreed(evidence).into_iter().collect(),
        hint: format!(
            "ask whoever runs {} to send only its own certificate and its intermediates (a whole CA bundle may be in the chain file)",
            evidence.connection.asked.host
        ),
    })
}
