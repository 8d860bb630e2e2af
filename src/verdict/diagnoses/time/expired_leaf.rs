//! `time.expired.leaf`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.expired.leaf",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server's own certificate is past its last day.",
    established: "The end-entity certificate's `notAfter` lies before the clock that the chain was judged \
        by; both are shown. If an HTTP `date` header proves that clock wrong, it is `time.local-clock`.",
    mend: time::RENEW,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_after) = time::expired(evidence, Role::Leaf)?;
    Some(time::expired_proof(evidence, index, not_after))
}
