//! `revocation.crl-expired`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::revocation;
use crate::verdict::reading;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-expired",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("crl_expired.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let expired = reading::revocation::outdated(connection);
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
