//! `revocation.crl`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::revocation;
use crate::verdict::reading;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("crl.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let all = reading::revocation::revoked(connection);
    let first = all.first()?;
    let mut lines = Vec::new();
    for revoked in &all {
        lines.push(certificates::presented(connection, revoked.index));
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
            "ask the operator of {} for a new certificate; do not trust this one, whatever --insecure lets through",
            connection.asked.host
        ),
    })
}
