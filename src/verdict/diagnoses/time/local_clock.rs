//! `time.local-clock`.

use ::time::OffsetDateTime;

use crate::clock;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::verify::Finding;

/// Clocks that are less apart than this, in seconds, are taken to agree.
const TOLERANCE: i64 = 120;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.local-clock",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("local_clock.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (index, theirs) = true_time(case)?;
    let ours = case.connection.clock;
    let direction = match theirs > ours {
        true => "behind",
        false => "ahead",
    };
    let facts = case.connection.chain().get(index)?.as_ref().ok()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the clock here is {} {direction}: {} is in its time by the clock of who answered",
            span(theirs - ours),
            certificates::short(index)
        ),
        evidence: vec![
            format!(
                "the clock here says {}; the `date` header of an answer says {}",
                rfc3339(ours),
                rfc3339(theirs)
            ),
            certificates::presented(&case.connection, index),
            format!(
                "valid from {} to {}",
                rfc3339(facts.not_before),
                rfc3339(facts.not_after)
            ),
        ],
        hint: "set the clock of this machine (`timedatectl set-ntp true`), then try again"
            .to_owned(),
    })
}

/// A certificate that is out of its time here, and the peer's time, at which none is.
fn true_time(case: &Case<'_>) -> Option<(usize, OffsetDateTime)> {
    let untimely: Vec<usize> = case
        .connection
        .chain_findings()
        .iter()
        .filter_map(|finding| match finding {
            Finding::Expired { index, .. } | Finding::NotYetValid { index, .. } => Some(*index),
            _ => None,
        })
        .collect();
    let first = *untimely.first()?;
    let theirs = peer_time(case)?;
    let apart = (theirs.unix_timestamp() - case.connection.clock.unix_timestamp()).abs();
    let all_timely = untimely.iter().all(|index| {
        case.connection.chain().get(*index).is_some_and(|facts| {
            facts
                .as_ref()
                .is_ok_and(|facts| !facts.is_expired(theirs) && !facts.is_not_yet_valid(theirs))
        })
    });
    (apart > TOLERANCE && all_timely).then_some((first, theirs))
}

fn peer_time(case: &Case<'_>) -> Option<OffsetDateTime> {
    of_answer(case).or_else(|| of_token_endpoint(case))
}

/// By the last answer on the way to a token.
fn of_token_endpoint(case: &Case<'_>) -> Option<OffsetDateTime> {
    let dates = case
        .caller
        .exchanges()
        .filter_map(|exchange| exchange.head()?.date);
    dates.last()
}

fn of_answer(case: &Case<'_>) -> Option<OffsetDateTime> {
    let answer = case.call.last_answer()?;
    let date = [&answer.headers, &answer.trailers]
        .into_iter()
        .find_map(|block| block.get(http::header::DATE))?;
    clock::of_http_date(date.to_str().ok()?)
}
