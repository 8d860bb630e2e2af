use std::io::ErrorKind as Kind;
use std::time::Duration;

use super::*;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::invoke::Interruption;
use crate::verdict::FollowUp;
use crate::verdict::diagnoses::tests::wished;
use crate::verdict::diagnoses::tests::*;

#[test]
fn addresses_that_refuse_are_told_apart() {
    for (kinds, id) in [
        (&[Kind::ConnectionRefused][..], "net.refused"),
        (
            &[Kind::NetworkUnreachable, Kind::ConnectionRefused],
            "net.refused",
        ),
        (&[Kind::ConnectionRefused, Kind::TimedOut], "net.refused"),
        (&[Kind::HostUnreachable], "net.unreachable"),
        (
            &[Kind::NetworkUnreachable, Kind::TimedOut],
            "net.connect-timeout",
        ),
        (&[Kind::TimedOut], "net.connect-timeout"),
        (&[Kind::ConnectionReset], "net.reset"),
        (&[Kind::PermissionDenied], "net.no-connection"),
        (&[Kind::NotFound], "net.no-connection"),
    ] {
        let evidence = unconnected(kinds);
        assert_eq!(proven(&evidence), [id], "{kinds:?}");
        let lines = finding(&evidence, id).evidence;
        assert_eq!(lines.len(), kinds.len(), "every address is on record");
    }
}

fn failed(phase: Phase, failure: Failure) -> Evidence {
    let mut evidence = unconnected(&[]);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = phase;
    handshake.failure = Some(failure);
    evidence
}

#[test]
fn a_name_that_does_not_exist_is_told_from_one_that_could_not_be_asked_for() {
    let resolve = |kind| Failure::Resolve {
        kind,
        text: "the resolver's words".to_owned(),
    };
    let late = Failure::Deadline {
        phase: Phase::Resolve,
        after: Duration::from_secs(10),
    };
    for (failure, id) in [
        (resolve(ResolveFailure::NotFound), "net.name-not-found"),
        (resolve(ResolveFailure::Temporary), "net.name-temporary"),
        (resolve(ResolveFailure::Other), "net.no-connection"),
        (late, "net.name-temporary"),
    ] {
        let evidence = failed(Phase::Resolve, failure);
        assert_eq!(proven(&evidence), [id]);
        assert!(text(&finding(&evidence, id)).contains(HOST));
    }
}

fn stalled(first_bytes: &[u8]) -> Evidence {
    let failure = Failure::Deadline {
        phase: Phase::Tls,
        after: Duration::from_secs(10),
    };
    tls_failure(failure, first_bytes)
}

#[test]
fn a_stalled_handshake_is_told_from_a_plaintext_server_that_waits() {
    let mut silent = stalled(b"");
    assert_eq!(proven(&silent), ["net.handshake-stalled"]);
    assert_eq!(wished(&silent), [FollowUp::PlaintextHello]);
    silent.connection_mut().follow_ups.plaintext_answer = Some(Vec::new());
    assert_eq!(proven(&silent), ["net.handshake-stalled"]);
    assert_eq!(wished(&silent), []);
    silent.connection_mut().follow_ups.plaintext_answer = Some(b"\0\0\0\x04\0\0\0\0\0".to_vec());
    assert_eq!(proven(&silent), ["plain.server-is-grpc"]);

    let begun = stalled(b"\x16\x03\x03\0\x7a\x02");
    assert_eq!(proven(&begun), ["net.handshake-stalled"]);
    assert_eq!(wished(&begun), []);
    let lines = finding(&begun, "net.handshake-stalled").evidence;
    assert!(lines.join("\n").contains("6 bytes received"), "{lines:?}");
}

#[test]
fn a_close_without_a_word_stays_undetermined() {
    for (reset, id) in [(false, "net.closed"), (true, "net.reset")] {
        let phase = Phase::Tls;
        let mut evidence = tls_failure(Failure::Closed { phase, reset }, b"");
        assert_eq!(proven(&evidence), [id]);
        evidence.connection_mut().follow_ups.plaintext_answer = Some(Vec::new());
        assert_eq!(proven(&evidence), [id]);
        let finding = finding(&evidence, id);
        assert_eq!(finding.side, None);
        assert!(finding.hint.contains("--plaintext"), "both fixes");
    }
}

/// Whoever was seen to speak TLS is not to be called in plaintext.
#[test]
fn what_was_seen_of_tls_rules_plaintext_out() {
    for reset in [false, true] {
        let closed = || Failure::Closed {
            phase: Phase::Tls,
            reset,
        };
        let id = if reset { "net.reset" } else { "net.closed" };
        let ended = |reached, completed| {
            let mut evidence = good();
            let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
            handshake.reached = reached;
            handshake.http2.settings = None;
            handshake.tls.as_mut().unwrap().completed = completed;
            match completed {
                true => handshake.ending = Some(Ending::Closed { reset }),
                false => handshake.failure = Some(closed()),
            }
            evidence
        };
        let with_certificate = ended(Phase::Tls, false);
        let finished = ended(Phase::Http2, true);
        let begun = tls_failure(closed(), b"\x16\x03\x03\0\x7a\x02");
        for evidence in [with_certificate, finished, begun] {
            assert_eq!(proven(&evidence), [id]);
            let hint = finding(&evidence, id).hint;
            assert!(
                hint.contains("the port speaks TLS") && !hint.contains("--plaintext"),
                "{hint}"
            );
        }
    }
    let unconnected = unconnected(&[Kind::ConnectionReset]);
    let hint = finding(&unconnected, "net.reset").hint;
    assert!(!hint.contains("--plaintext"), "{hint}");
}

#[test]
fn a_close_after_tls_and_before_settings_is_the_networks() {
    let mut evidence = good();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = Phase::Http2;
    handshake.http2.settings = None;
    handshake.ending = Some(Ending::Closed { reset: false });
    evidence.call.attempts = vec![interrupted(Interruption::ConnectionLost {
        io_kind: Kind::BrokenPipe,
        text: "broken pipe".to_owned(),
    })];
    assert_eq!(proven(&evidence), ["net.closed"]);
}

#[test]
fn a_good_handshake_proves_nothing() {
    assert_eq!(proven(&good()), Vec::<&str>::new());
    assert_eq!(warned(&good()), Vec::<&str>::new());
}
