//! `credential.too-large`.

use crate::authenticate::CallCredential;
use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;

pub(crate) const ROW: Diagnosis = Diagnosis {
    id: "credential.too-large",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("too_large.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

/// SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 §6.5.2).
const MAX_HEADER_LIST_SIZE: u16 = 6;
/// What one entry costs beside its octets (RFC 9113 §6.5.2).
const ENTRY: usize = 32;

fn prove(case: &Case<'_>) -> Option<Proof> {
    let fact = complaint(case)?;
    let credential = largest(case)?;
    Some(Proof {
        side: None,
        cause: format!(
            "the {} is larger than the server takes in a request's headers",
            caller::noun(credential)
        ),
        evidence: vec![
            fact,
            format!(
                "the {} from {} has {} bytes, all metadata together {}",
                caller::noun(credential),
                credential.source,
                credential.value.len(),
                size(case)
            ),
        ],
        hint: "get a smaller token (fewer scopes, roles or groups in it), or have the operator of the server or gateway raise its limit for headers".to_owned(),
    })
}

/// What the peer said, or did, against the size of the headers.
fn complaint(case: &Case<'_>) -> Option<String> {
    if let Some((reply, status)) = case.reply_over_http() {
        let body = reply.body().to_lowercase();
        let said =
            body.contains("header") && (body.contains("too large") || body.contains("too long"));
        return (status == 431 || (status == 400 && said))
            .then(|| format!("the answer is HTTP {status}: headers too large"));
    }
    if let Some(reply) = case.reply_of_server() {
        let message = reply.status.message.for_judging().to_lowercase();
        let said = [
            "metadata size",
            "header list size",
            "header size exceed",
            "headers too large",
            "metadata exceeds",
        ]
        .iter()
        .any(|words| message.contains(words));
        let fits = matches!(
            reply.status.code,
            StatusCode::RESOURCE_EXHAUSTED | StatusCode::INTERNAL | StatusCode::UNKNOWN
        );
        return (said && fits).then(|| reply.quoted()).flatten();
    }
    beyond_the_setting(case)
}

/// The stream was reset, and the peer had announced less than was sent.
fn beyond_the_setting(case: &Case<'_>) -> Option<String> {
    let Ended::NoStatus(none) = &case.call.last_answer()?.outcome else {
        return None;
    };
    if !matches!(
        none.cause,
        Interruption::Reset { by_peer: true, .. } | Interruption::GoAway { by_peer: true, .. }
    ) {
        return None;
    }
    let settings = case
        .connection
        .handshake
        .as_ref()?
        .http2
        .settings
        .as_ref()?;
    let (_, limit) = settings
        .iter()
        .find(|(setting, _)| *setting == MAX_HEADER_LIST_SIZE)?;
    let size = size(case);
    (size > *limit as usize).then(|| {
        format!("the server takes {limit} bytes of headers (SETTINGS_MAX_HEADER_LIST_SIZE) and reset the stream; {size} were sent")
    })
}

/// The credential that is more than half of what was sent.
fn largest<'a>(case: &'a Case<'_>) -> Option<&'a CallCredential> {
    let total = size(case);
    case.sent()
        .iter()
        .copied()
        .find(|credential| credential.value.len() > total / 2)
}

/// The size of the metadata that was sent, as HTTP/2 counts it; values of credentials are masked there.
fn size(case: &Case<'_>) -> usize {
    case.call
        .sent
        .iter()
        .map(|(key, shown)| {
            let value = case
                .caller
                .credentials
                .iter()
                .find(|credential| credential.key.as_str() == key)
                .map_or(shown.len(), |credential| credential.value.len());
            key.len() + value + ENTRY
        })
        .sum()
}
