//! `tls.chain-too-large`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::tls;

pub const ROW: Diagnosis = Diagnosis {
    id: "tls.chain-too-large",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server sends a handshake message of more than 64 KiB, which is not taken: a whole bundle of \
        CAs in place of its own chain, most often.",
    established: "The size that the message announces. Certificates are the only ones that grow so large.",
    mend: &[(
        "server",
        "Send its own certificate and the intermediates above it, two or three certificates: `grep -c BEGIN chain.crt` counts them. \
         A CA bundle belongs where client certificates are verified, not where the server's own chain stands.",
    )],
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
