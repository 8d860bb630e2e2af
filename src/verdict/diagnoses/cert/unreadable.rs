//! `cert.unreadable`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "cert.unreadable",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "What the server sends as its certificate is not one.",
    established: "It does not parse as X.509 (RFC 5280 §4.1); what could not be read is shown.",
    mend: &[(
        "server",
        "`openssl x509 -in server.crt -noout -text` reads the file; install the certificate anew from where it was issued.",
    )],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, reason) = evidence
        .connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::Unreadable { index, reason } => Some((index, reason)),
            _ => None,
        })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: "what the server sends as its certificate cannot be read".to_owned(),
        evidence: vec![format!("certificate {index}: {reason}")],
        hint: format!(
            "ask whoever runs {} to install its certificate anew",
            evidence.connection.asked.host
        ),
    })
}
