//! `mtls.not-yet-valid`.

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
    id: "mtls.not-yet-valid",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_yet_valid.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let (index, facts) = mtls::ours(connection)
        .into_iter()
        .find(|(_, facts)| facts.is_not_yet_valid(connection.clock))?;
    let wait = span(facts.not_before - connection.clock);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} is not valid yet (valid in {wait}), and {}",
            mtls::short(connection, index),
            mtls::reaction(&refusal)
        ),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(connection, index, facts),
            format!(
                "not before {}; local clock: {}",
                rfc3339(facts.not_before),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "check the local clock with `date -u`; if it is right, wait {wait} or have the certificate issued again"
        ),
    })
}
