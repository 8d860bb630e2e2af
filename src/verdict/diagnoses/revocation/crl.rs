//! `revocation.crl`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::revocation;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;

pub const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A certificate that the server presents was revoked by its issuer: it is not to be trusted, though \
        its dates and its signature are good.",
    established: "A list given by --crl, signed by the certificate's issuer and in force, has its serial number. \
        The verifier refused the chain for it.",
    mend: &[
        (
            "server",
            "Get a new certificate, with a new key if the reason is keyCompromise, and serve that. Other clients \
             may not look at revocation lists, and go on trusting the old one.",
        ),
        (
            "client",
            "`openssl crl -in ca.crl -noout -text` shows the entry. If it should not be there, the CA can say; \
             certificateHold is the one reason that is ever taken back.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if !revocation::errors(evidence).any(|error| *error == webpki::Error::CertRevoked) {
        return None;
    }
    let chain = &evidence.connection.tls()?.chain;
    let all = evidence.connection.trust.as_ref()?.crls.revoked(chain);
    let first = all.first()?;
    let mut lines = Vec::new();
    for revoked in &all {
        lines.push(certificates::presented(evidence, revoked.index));
        lines.push(format!(
            "serial {}, revoked at {}, reason: {}",
            revoked.serial,
            rfc3339(revoked.since),
            revoked.reason.unwrap_or("none given")
        ));
        lines.push(revocation::described(&revoked.list));
    }
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} was revoked by its issuer at {}",
            certificates::short(first.index),
            rfc3339(first.since)
        ),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} for a new certificate; do not trust this one, whatever --insecure lets through",
            evidence.connection.asked.host
        ),
    })
}
