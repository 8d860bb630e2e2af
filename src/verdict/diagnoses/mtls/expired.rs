//! `mtls.expired`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.expired",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("expired.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let (index, facts) = mtls::ours(connection)
        .into_iter()
        .find(|(_, facts)| facts.is_expired(connection.clock))?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} expired {} ago, and {}",
            mtls::short(connection, index),
            span(connection.clock - facts.not_after),
            mtls::reaction(&refusal)
        ),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(connection, index, facts),
            format!(
                "not after {}; local clock: {}",
                rfc3339(facts.not_after),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "renew the certificate in {} (with cert-manager: `cmctl renew NAME`) and try again",
            mtls::our_file(connection)
        ),
    })
}
