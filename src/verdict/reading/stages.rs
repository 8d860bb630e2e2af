//! Where the time went.

use std::time::Duration;

use crate::evidence::ConnectionEvidence;
use crate::evidence::Evidence;
use crate::verdict::reading::moment::spent;

/// `time spent: resolve 1 ms, connect 2 ms, TLS 9 ms, description 12 ms, call 3.0 s`: the stages that were reached.
pub(crate) fn of_run(evidence: &Evidence) -> String {
    let after = [
        ("credential", evidence.caller.took),
        ("description", evidence.call.timings.describe),
        ("call", evidence.call.timings.call),
    ];
    in_words(&evidence.connection, &after)
}

/// The same of a connection alone.
pub(crate) fn of_connection(connection: &ConnectionEvidence) -> String {
    in_words(connection, &[])
}

fn in_words(connection: &ConnectionEvidence, after: &[(&str, Option<Duration>)]) -> String {
    let handshake = connection.handshake.as_ref();
    let timings = handshake
        .map(|handshake| handshake.timings)
        .unwrap_or_default();
    let stages = [
        ("resolve", timings.resolve),
        ("connect", timings.connect),
        ("TLS", timings.tls),
        ("HTTP/2", timings.http2),
    ];
    let spent: Vec<String> = stages
        .iter()
        .chain(after)
        .filter_map(|(name, time)| Some(format!("{name} {}", spent((*time)?))))
        .collect();
    format!("time spent: {}", spent.join(", "))
}
