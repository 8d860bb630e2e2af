//! `revocation.crl-expired`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::revocation;

pub const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-expired",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A revocation list given by --crl is past the time by which its issuer promised the next one. What \
        was revoked since is not in it, so the certificates that it is for cannot be judged by it.",
    established: "The nextUpdate of the list, and the clock; the list is of an issuer in the server's chain. The \
        verifier refused the chain for it, and no certificate in it is known to be revoked.",
    mend: &[(
        "client",
        "Fetch the list again from where the certificate says it is (`openssl x509 -in server.crt -noout -ext crlDistributionPoints`), \
         or leave --crl out to connect without the check.",
    )],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let is_expired = |error: &webpki::Error| matches!(error, webpki::Error::CrlExpired { .. });
    if !revocation::errors(evidence).any(is_expired) {
        return None;
    }
    let chain = &evidence.connection.tls()?.chain;
    let expired = evidence
        .connection
        .trust
        .as_ref()?
        .crls
        .expired(chain, evidence.connection.clock);
    let first = expired.first()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the revocation list in {} is out of date",
            first.file.display()
        ),
        evidence: expired.iter().map(revocation::described).collect(),
        hint: format!(
            "fetch the list of {} again; without --crl the connection goes on unchecked",
            first.issuer
        ),
    })
}
