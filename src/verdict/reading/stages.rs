//! Where the time went.

use crate::evidence::Evidence;
use crate::verdict::reading::moment::spent;

/// `resolve 1 ms, connect 2 ms, TLS 9 ms, reflection 12 ms, call 3.0 s`: the stages that were reached.
pub fn in_words(evidence: &Evidence) -> String {
    let handshake = evidence
        .connection
        .handshake
        .as_ref()
        .map(|handshake| handshake.timings)
        .unwrap_or_default();
    let stages = [
        ("resolve", handshake.resolve),
        ("connect", handshake.connect),
        ("TLS", handshake.tls),
        ("HTTP/2", handshake.http2),
        ("credential", evidence.caller.took),
        ("description", evidence.call.timings.describe),
        ("call", evidence.call.timings.call),
    ];
    let spent: Vec<String> = stages
        .into_iter()
        .filter_map(|(name, time)| Some(format!("{name} {}", spent(time?))))
        .collect();
    format!("time spent: {}", spent.join(", "))
}
