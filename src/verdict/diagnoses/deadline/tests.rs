use std::time::Duration;

use crate::connect::Failure;
use crate::connect::Phase;
use crate::evidence::answers::called;
use crate::evidence::answers::deadline;
use crate::evidence::answers::faulty;
use crate::evidence::answers::in_reflection;
use crate::evidence::answers::status;
use crate::evidence::handshakes;
use crate::evidence::handshakes::tls_failure;
use crate::invoke::Answer;
use crate::status::AnsweredBy;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::tests::proven;

#[test]
fn the_phase_is_named() {
    let waiting = deadline(true);
    let headers = Answer {
        http_status: Some(200),
        ..deadline(true)
    };
    let messages = Answer {
        messages: 3,
        ..headers.clone()
    };
    for (answer, phase) in [
        (deadline(false), "before the request"),
        (waiting, "no headers came"),
        (headers, "before any message"),
        (messages, "after 3 messages"),
    ] {
        let finding = first(&called(answer)).unwrap();
        assert_eq!(finding.id, "deadline.exceeded");
        assert!(finding.cause.contains(phase), "{}", finding.cause);
    }
    let finding = first(&in_reflection(deadline(true))).unwrap();
    assert_eq!(finding.id, "deadline.exceeded");
    assert!(finding.cause.contains("reflection"), "{}", finding.cause);
    assert!(finding.hint.contains("--protoset"), "{}", finding.hint);
}

#[test]
fn a_peer_that_never_spoke_is_told_from_a_slow_one() {
    let mut evidence = called(deadline(true));
    if let Some(handshake) = &mut evidence.connection_mut().handshake {
        handshake.http2.settings = None;
    }
    let finding = first(&evidence).unwrap();
    assert!(
        finding.cause.contains("not even HTTP/2's SETTINGS"),
        "{}",
        finding.cause
    );
    assert!(
        finding.hint.contains("orders.test:443 is a gRPC port"),
        "{}",
        finding.hint
    );
}

#[test]
fn a_silence_shorter_than_an_answer_takes_is_our_own_limit() {
    let second = Duration::from_secs(1);
    let quick = Some(second / 100);
    let slow = Some(second / 5);
    for (after, connect, id) in [
        (second / 1000, None, "deadline.exceeded"),
        (second / 2, None, "deadline.exceeded"),
        (second * 2, None, "net.connect-timeout"),
        (second / 20, quick, "deadline.exceeded"),
        (second / 1000, Some(second / 100_000), "deadline.exceeded"),
        (second / 2, quick, "net.handshake-stalled"),
        (second / 2, slow, "deadline.exceeded"),
        (second * 2, slow, "net.handshake-stalled"),
    ] {
        let phase = match connect {
            None => Phase::Connect,
            Some(_) => Phase::Tls,
        };
        let mut evidence = tls_failure(Failure::Deadline { phase, after }, b"");
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.reached = phase;
        handshake.timings.connect = connect;
        evidence.asked.max_time = Some(after);
        let finding = first(&evidence).unwrap();
        assert_eq!(finding.id, id, "{after:?} {connect:?}");
        let blames_us = finding
            .evidence
            .iter()
            .any(|line| line.starts_with("--max-time is"));
        assert_eq!(blames_us, id == "deadline.exceeded");
    }
}

#[test]
fn half_a_first_frame_is_not_called_another_protocol() {
    let mut evidence = called(deadline(true));
    for (opening, id) in [
        (&b"\0\0\x06\x04"[..], "deadline.exceeded"),
        (b"HTTP/1.1 200", "http2.not-http2"),
    ] {
        if let Some(handshake) = &mut evidence.connection_mut().handshake {
            handshake.http2.settings = None;
            handshake.http2.opening = opening.to_vec();
        }
        assert_eq!(first(&evidence).unwrap().id, id);
    }
}

#[test]
fn a_handshake_that_waits_in_vain_for_http2_has_its_word() {
    let mut evidence = handshakes::good();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = Phase::Http2;
    handshake.http2.settings = None;
    handshake.failure = Some(Failure::Deadline {
        phase: Phase::Http2,
        after: Duration::from_secs(10),
    });
    assert_eq!(proven(&evidence), ["deadline.exceeded"]);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.http2.opening = b"HTTP/1.1 400 Bad Request\r\n".to_vec();
    assert_eq!(proven(&evidence), ["http2.not-http2"]);
}

#[test]
fn a_servers_own_deadline_is_told_from_ours() {
    let mut evidence = called(status(4, "deadline"));
    evidence.asked.max_time = Some(Duration::from_secs(10));
    for (seconds, expected) in [(10, "deadline.exceeded"), (1, "grpc.status")] {
        evidence.call.timings.total = Duration::from_secs(seconds);
        assert_eq!(first(&evidence).unwrap().id, expected);
    }
    // Concluded here: nobody else's deadline.
    let mut answer = status(4, "");
    if let crate::invoke::Ended::Status { answered_by, .. } = &mut answer.outcome {
        *answered_by = AnsweredBy::Local;
    }
    assert_eq!(first(&called(answer)).unwrap().id, "deadline.exceeded");
    assert_ne!(
        first(&called(faulty(13, crate::invoke::WireFault::NoMessage)))
            .unwrap()
            .id,
        "deadline.exceeded"
    );
}
