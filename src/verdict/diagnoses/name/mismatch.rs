//! `name.mismatch`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.mismatch",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server's certificate is for other names than the one that was asked for. Either the \
        wrong name was dialled, or a server that is known by this name has a certificate without it.",
    established: "The verifier compared the asked name with the certificate's subject alternative names \
        (upper and lower case are the same) and found none that fits. Special cases have ids of their own: \
        the name only in the common name, a wildcard of another depth, addresses, SPIFFE identities.",
    mend: name::ISSUE,
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
