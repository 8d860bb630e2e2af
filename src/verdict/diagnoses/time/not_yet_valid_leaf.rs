//! `time.not-yet-valid.leaf`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

/// The cures of a certificate whose time has not begun.
pub(super) const MEND: &[(&str, &str)] = &[
    (
        "client",
        "Is the clock here right? `date -u`; a machine that woke up or a container host without NTP lags behind.",
    ),
    (
        "server",
        "Was the certificate made on a machine whose clock is ahead? Issue it again, with `notBefore` some minutes in the past, \
         as public CAs do: `openssl x509 -req -not_before …`; Go: `NotBefore: time.Now().Add(-5*time.Minute)`.",
    ),
];

pub const ROW: Diagnosis = Diagnosis {
    id: "time.not-yet-valid.leaf",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The time of the server's own certificate has not begun, by the clock here.",
    established: "The end-entity certificate's `notBefore` lies after the clock that the chain was judged \
        by; both are shown. Which of the two clocks is wrong is not known, unless an HTTP `date` header \
        says it (`time.local-clock`).",
    mend: MEND,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_before) = time::not_yet_valid(evidence, Role::Leaf)?;
    Some(time::not_yet_valid_proof(evidence, index, not_before))
}
