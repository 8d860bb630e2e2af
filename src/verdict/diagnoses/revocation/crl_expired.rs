//! `revocation.crl-expired`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::revocation;

pub const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-expired",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("crl_expired.md"),
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
