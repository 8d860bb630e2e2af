//! `cert.unknown-critical-extension`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "cert.unknown-critical-extension",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A certificate has an extension that is marked critical and not processed here; such a \
        certificate must be refused (RFC 5280 §4.2).",
    established: "The extension's name or OID, on the very certificate, and the verifier's refusal.",
    mend: &[(
        "CA",
        "Issue the certificate without the extension, or without `critical` on it.",
    )],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, extensions) = evidence
        .connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::UnknownCritical { index, extensions } => Some((*index, extensions)),
            _ => None,
        })?;
    let names = extensions.join(", ");
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} has a critical extension that is not processed here: {names}",
            certificates::short(index)
        ),
        evidence: vec![certificates::presented(evidence, index)],
        hint: format!("ask whoever issued it to leave {names} out, or not to mark it critical"),
    })
}
