//! `revocation.crl-expired`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::revocation;

pub const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-expired",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("crl_expired.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let is_expired = |error: &webpki::Error| matches!(error, webpki::Error::CrlExpired { .. });
    if !revocation::errors(connection).any(is_expired) {
        return None;
    }
    let chain = &connection.tls()?.chain;
    let expired = connection
        .trust
        .as_ref()?
        .crls
        .expired(chain, connection.clock);
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
