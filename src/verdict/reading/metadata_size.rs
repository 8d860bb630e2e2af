//! How large the metadata of the last request was, and whether the peer ended the call for it.

use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;

/// What many servers accept of one request's headers: sizes from here on are suspect.
pub(crate) const LARGE: usize = 8 << 10;

/// From here on, "too much of something" without another reason is the size.
const BEYOND_MOST: usize = 16 << 10;

/// SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113 §6.5.2).
const MAX_HEADER_LIST_SIZE: u16 = 6;
/// What one entry costs beside its octets (RFC 9113 §6.5.2).
const ENTRY: usize = 32;
/// RFC 9113 §7.
const ENHANCE_YOUR_CALM: u32 = 11;

/// The size of the metadata that was sent, as HTTP/2 counts it; values of credentials are masked there.
pub(crate) fn sent(case: &Case<'_>) -> usize {
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

/// What the peer accepts, if it announced a limit.
pub(crate) fn allowed(connection: &ConnectionCase<'_>) -> Option<usize> {
    let settings = connection.handshake.as_ref()?.http2.settings.as_ref()?;
    let (_, limit) = settings
        .iter()
        .find(|(setting, _)| *setting == MAX_HEADER_LIST_SIZE)?;
    usize::try_from(*limit).ok()
}

/// `9000 bytes of metadata were sent; the server announced no limit`.
pub(crate) fn in_words(case: &Case<'_>) -> String {
    let limit = match allowed(&case.connection) {
        Some(limit) => format!("accepts {limit} (SETTINGS_MAX_HEADER_LIST_SIZE)"),
        None => "announced no limit".to_owned(),
    };
    format!(
        "{} bytes of metadata were sent, as HTTP/2 counts them; the server {limit}",
        sent(case)
    )
}

/// The fact that the peer ended the call for the size of the metadata: it had announced less, or, without a limit, found
/// so much excessive before it gave any answer.
pub(crate) fn ended_the_call(case: &Case<'_>) -> Option<String> {
    let Ended::NoStatus(none) = &case.call.last_answer()?.outcome else {
        return None;
    };
    let goaway = case.connection.handshake.as_ref()?.http2.goaway.as_ref();
    let (how, code) = match none.cause {
        Interruption::Reset {
            code,
            by_peer: true,
        } => ("reset the stream", code),
        Interruption::GoAway {
            code,
            by_peer: true,
        } => ("closed the connection", code),
        Interruption::ConnectionLost { .. } => ("closed the connection", goaway?.code),
        _ => return None,
    };
    let size = sent(case);
    let is_of_size = match allowed(&case.connection) {
        Some(limit) => size > limit,
        None => {
            code == ENHANCE_YOUR_CALM
                && size >= BEYOND_MOST
                && is_before_any_answer(none)
                && goaway.is_none_or(|goaway| fits(&goaway.debug.for_judging()))
        }
    };
    let name = format!("{:?}", h2::Reason::from(code));
    is_of_size.then(|| format!("the server {how} with {name} ({code}): {}", in_words(case)))
}

fn is_before_any_answer(none: &NoStatus) -> bool {
    matches!(
        none.after,
        Progress::BeforeRequest | Progress::BeforeHeaders
    )
}

/// Whether a peer's debug data leaves room for this reason: there is none, or it speaks of headers.
fn fits(debug: &str) -> bool {
    let debug = debug.to_ascii_lowercase();
    debug.is_empty() || debug.contains("header") || debug.contains("metadata")
}
