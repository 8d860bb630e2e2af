//! `credential.overridden`.

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "credential.overridden",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "Two things claimed the same metadata key; one of them was sent, and the server refused it. The other stayed at home, and may be the one that was meant.",
    established: "Seen in what was sent: a key is sent once, for servers differ in which of two values they take. A credential replaces metadata given with --rpc-header or --reflect-header.",
    mend: &[(
        "client",
        "Leave one of the two out; --auth none sends only the metadata.",
    )],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    refused(evidence)?;
    let overridden = evidence.call.overridden.first()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "`{}` was given twice: the one from {} was sent and refused, the one from {} was not sent",
            overridden.key, overridden.kept, overridden.lost
        ),
        evidence: Vec::new(),
        hint: format!(
            "leave out the one that is not meant: {} or {}",
            overridden.kept, overridden.lost
        ),
    })
}
