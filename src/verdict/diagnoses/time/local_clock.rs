//! `time.local-clock`.

use ::time::OffsetDateTime;

use crate::clock;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::Facts;
use crate::x509::verify::Finding;
use crate::x509::walk::Place;
use crate::x509::walk::WalkEnd;

/// Clocks that are less apart than this, in seconds, are taken to agree.
const TOLERANCE: i64 = 120;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.local-clock",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("local_clock.md"),
    prove: Prove::Both(by_the_chain, prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    by_another_clock(case).or_else(|| by_the_chain(&case.connection))
}

/// Two clocks that disagree: which of them is wrong, neither shows.
fn by_another_clock(case: &Case<'_>) -> Option<Proof> {
    let (index, theirs) = true_time(case)?;
    let ours = case.connection.clock;
    let direction = match theirs > ours {
        true => "behind",
        false => "ahead of",
    };
    let facts = case.connection.chain().get(index)?.as_ref().ok()?;
    Some(Proof {
        side: None,
        cause: format!(
            "the local clock is {} {direction} that of the peer which answered, by which {} is within its validity period",
            span(theirs - ours),
            certificates::short(index)
        ),
        evidence: vec![
            format!(
                "local clock: {}; the `date` header of an answer: {}",
                rfc3339(ours),
                rfc3339(theirs)
            ),
            certificates::presented(&case.connection, index),
            validity(facts),
        ],
        hint: "one of the two clocks is wrong: compare the local one (`date -u`) with a third; if it is wrong, set it (`timedatectl set-ntp true`) and try again; if it is right, the server's operator has to renew the certificate, and to set that clock".to_owned(),
    })
}

/// All certificates, the root among them, out of date in the same direction: an error of one clock does that.
fn by_the_chain(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if connection.chain_findings().is_empty() {
        return None;
    }
    let all = path(connection)?;
    let clock = connection.clock;
    let has_root = all.last().is_some_and(|(_, facts)| facts.self_issued);
    let expired = has_root && all.iter().all(|(_, facts)| facts.is_expired(clock));
    let early = all.iter().all(|(_, facts)| facts.is_not_yet_valid(clock));
    if all.len() < 2 || !(expired || early) {
        return None;
    }
    let (what, direction, otherwise) = match early {
        true => (
            "is not valid yet",
            "behind",
            "if it is right, the CA's clock was ahead when it issued them: have them issued again",
        ),
        false => (
            "has expired",
            "ahead",
            "if it is right, the CA and everything that it issued have to be renewed",
        ),
    };
    let mut lines = vec![format!("local clock: {}", rfc3339(clock))];
    lines.extend(all.iter().map(|(place, facts)| {
        format!(
            "{}: {}",
            certificates::at(connection, *place),
            validity(facts)
        )
    }));
    Some(Proof {
        side: None,
        cause: format!(
            "every certificate of the chain, up to the last, {what}: the local clock is likely {direction}"
        ),
        evidence: lines,
        hint: format!(
            "check the local clock with `date -u` and set it (`timedatectl set-ntp true`); {otherwise}"
        ),
    })
}

/// The certificates on the way, the trust anchor among them if one was reached.
fn path(connection: &ConnectionCase<'_>) -> Option<Vec<(Place, Facts)>> {
    let walk = connection.walk();
    let mut path = Vec::new();
    for step in &walk.steps {
        let facts = connection.chain().get(step.index)?.as_ref().ok()?;
        path.push((Place::Presented(step.index), facts.clone()));
    }
    if let WalkEnd::Anchor(index) = walk.end {
        let index = connection.anchors().longest_valid(index, connection.clock);
        let anchor = connection.anchors().anchors().get(index)?;
        let facts = Facts::read(&anchor.der).ok()?;
        let is_last = path
            .last()
            .is_some_and(|(_, last)| last.sha256 == facts.sha256);
        if !is_last {
            path.push((Place::Anchor(index), facts));
        }
    }
    Some(path)
}

fn validity(facts: &Facts) -> String {
    format!(
        "valid from {} to {}",
        rfc3339(facts.not_before),
        rfc3339(facts.not_after)
    )
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
