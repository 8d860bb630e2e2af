//! `mtls`: the server refuses for your client certificate, or because there is none.
//!
//! What a refusal looks like depends on the server (an alert, the wrong alert, a bare close, HTTP
//! 400), so the certificate that was sent is checked here as well.

mod expired;
mod no_chain;
mod not_listed;
mod not_yet_valid;
mod purpose;
mod rejected;
mod required;
mod unknown_ca;
mod unsupported_key;

use rustls::AlertDescription;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::sent_certificate;
use crate::verdict::reading::standing;
use crate::verdict::reading::standing::Standing;
use crate::x509::Facts;

pub(super) const ROWS: &[&Diagnosis] = &[
    &required::ROW,
    &unsupported_key::ROW,
    &expired::ROW,
    &not_yet_valid::ROW,
    &purpose::ROW,
    &unknown_ca::ROW,
    &not_listed::ROW,
    &no_chain::ROW,
    &rejected::ROW,
];

/// The certificates that we sent and that can be read, with their places in the --cert file.
fn ours<'a>(connection: &'a ConnectionCase<'_>) -> Vec<(usize, &'a Facts)> {
    connection
        .our_chain()
        .iter()
        .enumerate()
        .filter_map(|(index, facts)| Some((index, facts.as_ref().ok()?)))
        .collect()
}

/// The end-entity certificate that was sent.
fn our_leaf<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Facts> {
    connection.our_chain().first()?.as_ref().ok()
}

/// The --cert file.
fn our_file(connection: &ConnectionCase<'_>) -> String {
    match &connection.client_certificate {
        Some(given) => given.file.display().to_string(),
        None => "the --cert file".to_owned(),
    }
}

/// One of ours, for an evidence line.
fn ours_in_words(connection: &ConnectionCase<'_>, index: usize, facts: &Facts) -> String {
    format!(
        "sent from {}, certificate {index}: {}",
        our_file(connection),
        certificates::identity(facts)
    )
}

/// `our certificate`, `certificate 1 of FILE`.
fn short(connection: &ConnectionCase<'_>, index: usize) -> String {
    match index {
        0 => "your client certificate".to_owned(),
        index => format!("certificate {index} of {}", our_file(connection)),
    }
}

/// Where nothing is listed: the issuer of ours, if it was not sent but seen elsewhere. It proves
/// nothing, for the server may well have it.
fn unsent_issuer(connection: &ConnectionCase<'_>) -> Option<String> {
    let sent = ours(connection);
    let (_, last) = sent.last()?;
    if *connection.standing()? != Standing::Open || last.self_issued {
        return None;
    }
    let given = &connection.client_certificate.as_ref()?.chain;
    let link = standing::seen(connection).into_iter().find(|link| {
        link.facts.subject == last.issuer && !link.facts.self_issued && link.signed(given)
    })?;
    Some(format!(
        "the certificate of its issuer, {}, was not sent; it was seen in {}",
        certificates::named(&last.issuer),
        link.place
    ))
}

/// The refusal, ours and the list, for evidence lines.
fn facts_of(connection: &ConnectionCase<'_>, refusal: &ClientRefusal<'_>) -> Vec<String> {
    let mut lines = vec![refusal.sign.words()];
    if let Some(leaf) = our_leaf(connection) {
        lines.push(ours_in_words(connection, 0, leaf));
    }
    lines.extend(sent_certificate::unlinked(connection));
    lines.push(refusal.listed());
    lines
}

/// What the server did with ours: only an alert or a page refuses it.
fn reaction(refusal: &ClientRefusal<'_>) -> &'static str {
    match refusal.is_told() {
        true => "the server refused it",
        false => "the server closed the connection once it was sent, without a reason",
    }
}

fn says_unknown_ca(refusal: &ClientRefusal<'_>) -> bool {
    refusal.is_alert(AlertDescription::UnknownCA)
}

#[cfg(test)]
mod tests;
