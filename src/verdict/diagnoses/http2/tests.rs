use std::io;

use crate::connect::report::Ending;
use crate::connect::tap::GoAway;
use crate::evidence::Evidence;
use crate::evidence::answers;
use crate::evidence::handshakes::*;
use crate::invoke::Interruption;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::prove_connection;
use crate::verdict::diagnoses::tests::*;

fn ended(cause: Interruption) -> Evidence {
    let mut evidence = good();
    evidence.call.attempts = vec![interrupted(cause)];
    evidence
}

fn lost() -> Interruption {
    Interruption::ConnectionLost {
        io_kind: io::ErrorKind::UnexpectedEof,
        text: "end of file".to_owned(),
    }
}

fn with_goaway(mut evidence: Evidence, code: u32) -> Evidence {
    evidence
        .connection_mut()
        .handshake
        .as_mut()
        .unwrap()
        .http2
        .goaway = Some(GoAway {
        code,
        last_stream: 0,
        debug: "too_many_pings".into(),
    });
    evidence
}

#[test]
fn each_end_has_its_id() {
    let reset = |by_peer| Interruption::Reset { code: 7, by_peer };
    let goaway = |by_peer| Interruption::GoAway { code: 11, by_peer };
    for (evidence, id) in [
        (ended(lost()), "http2.connection-lost"),
        (ended(reset(true)), "http2.reset"),
        (ended(reset(false)), "http2.protocol-error"),
        (ended(goaway(false)), "http2.protocol-error"),
        (with_goaway(ended(goaway(true)), 11), "http2.goaway"),
        (with_goaway(ended(lost()), 0), "http2.goaway"),
        (with_goaway(ended(reset(true)), 0), "http2.reset"),
    ] {
        assert_eq!(proven(&evidence), [id]);
    }
    let evidence = with_goaway(ended(goaway(true)), 11);
    let said = text(&finding(&evidence, "http2.goaway"));
    assert!(said.contains("ENHANCE_YOUR_CALM (11)"), "{said}");
    assert!(said.contains("too_many_pings"), "{said}");
}

/// grpc-go closes the connection, gRPC's C core ends the call with a status; without PINGs of ours it is not about them.
#[test]
fn pings_that_came_too_often_are_the_clients() {
    let goaway = Interruption::GoAway {
        code: 11,
        by_peer: true,
    };
    let unavailable = |code| answers::called(answers::status(code, "Too many pings"));
    for (evidence, code, pings, id) in [
        (ended(goaway.clone()), 11, true, "http2.too-many-pings"),
        (unavailable(14), 11, true, "http2.too-many-pings"),
        (ended(goaway.clone()), 11, false, "http2.goaway"),
        (unavailable(14), 11, false, "grpc.status"),
        (ended(goaway), 0, true, "http2.goaway"),
        (unavailable(13), 11, true, "grpc.status"),
    ] {
        let mut evidence = with_goaway(evidence, code);
        evidence.connection_mut().asked.keepalive =
            pings.then(|| std::time::Duration::from_millis(200));
        let found = proven(&evidence);
        assert_eq!(found, [id]);
        if id == "http2.too-many-pings" {
            let said = text(&finding(&evidence, id));
            assert!(said.contains("0.2 s") && said.contains("--keepalive-time"));
        }
    }
}

#[test]
fn a_connection_that_answers_no_ping_is_told_from_one_that_broke() {
    let silent_for = std::time::Duration::from_secs(10);
    for settings in [None, Some(Vec::new())] {
        let mut evidence = ended(lost());
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.http2.settings = settings;
        handshake.ending = Some(Ending::Unanswered { silent_for });
        assert_eq!(proven(&evidence), ["http2.keepalive-timeout"]);
        let said = text(&finding(&evidence, "http2.keepalive-timeout"));
        assert!(
            said.contains("for 10 s") && said.contains("20 s more"),
            "{said}"
        );
    }
    let mut evidence = ended(lost());
    evidence.connection_mut().handshake.as_mut().unwrap().ending =
        Some(Ending::Closed { reset: false });
    assert_eq!(proven(&evidence), ["http2.connection-lost"]);
}

/// The same GOAWAY with these words, or none.
fn saying(mut evidence: Evidence, debug: &str) -> Evidence {
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.http2.goaway.as_mut().unwrap().debug = debug.into();
    evidence
}

#[test]
fn debug_data_is_spoken_of_only_where_there_is_some() {
    let peer = |code| Interruption::GoAway {
        code,
        by_peer: true,
    };
    for code in 0..=14 {
        for (debug, expected) in [("", false), ("some words", true)] {
            let said = text(&finding(
                &saying(with_goaway(ended(peer(code)), code), debug),
                "http2.goaway",
            ));
            assert_eq!(said.contains("debug data"), expected, "{said}");
        }
        let reset = Interruption::Reset {
            code,
            by_peer: true,
        };
        let said = text(&finding(&ended(reset), "http2.reset"));
        assert!(!said.contains("debug data"), "{said}");
    }
}

#[test]
fn each_code_has_its_own_words() {
    let mut hints = std::collections::BTreeSet::new();
    for code in 0..=13 {
        let reset = Interruption::Reset {
            code,
            by_peer: true,
        };
        let found = finding(&ended(reset), "http2.reset");
        let says = |words: &str| found.evidence.iter().any(|line| line.contains(words));
        assert!(says("RFC 9113 section 7"), "{:?}", found.evidence);
        hints.insert(found.hint);
    }
    assert!(hints.len() >= 9, "{hints:?}");
    for (code, words) in [
        (7, "call again: nothing was processed"),
        (8, "time limits"),
        (13, "gRPC requires HTTP/2"),
    ] {
        let reset = Interruption::Reset {
            code,
            by_peer: true,
        };
        let hint = finding(&ended(reset), "http2.reset").hint;
        assert!(hint.contains(words), "{hint}");
    }
}

#[test]
fn http_1_1_alone_is_said_of_a_connection_too() {
    for settings in [None, Some(Vec::new())] {
        let mut evidence = saying(with_goaway(good(), 13), "");
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.http2.settings = settings;
        let found = finding(&evidence, "http2.goaway");
        assert!(
            found.cause.contains("accepts HTTP/1.1 only"),
            "{}",
            found.cause
        );
        let alone = ConnectionCase::new(&evidence.connection, None);
        assert_eq!(prove_connection(&alone)[0].id, "http2.goaway");
    }
}

#[test]
fn a_transport_that_is_too_weak_is_shown() {
    let peer = Interruption::GoAway {
        code: 12,
        by_peer: true,
    };
    let secured = finding(&with_goaway(ended(peer), 12), "http2.goaway");
    let said = text(&secured);
    assert!(
        said.contains("TLSv1.3 with TLS_AES_128_GCM_SHA256"),
        "{said}"
    );
    let mut evidence = with_goaway(good(), 12);
    evidence.connection_mut().asked.plaintext = true;
    evidence
        .connection_mut()
        .handshake
        .as_mut()
        .unwrap()
        .tls
        .take();
    let said = text(&finding(&evidence, "http2.goaway"));
    assert!(
        said.contains("is plaintext") && said.contains("without --plaintext"),
        "{said}"
    );
}

#[test]
fn a_goaway_after_the_answer_is_nobodys_fault() {
    let mut evidence = with_goaway(good(), 0);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    evidence = with_goaway(good(), 11);
    evidence.call.attempts = vec![attempt(crate::evidence::answers::status(5, ""))];
    assert!(!proven(&evidence).contains(&"http2.goaway"));
}

#[test]
fn what_is_not_http2_above_tls_is_shown() {
    let mut evidence = good();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = crate::connect::Phase::Http2;
    handshake.http2.settings = None;
    handshake.http2.opening = b"HTTP/1.1 400 Bad Request\r\n".to_vec();
    evidence.call.attempts = vec![interrupted(Interruption::GoAway {
        code: 6,
        by_peer: false,
    })];
    assert_eq!(proven(&evidence), ["http2.not-http2"]);
    let said = text(&finding(&evidence, "http2.not-http2"));
    assert!(
        said.contains("speaks HTTP/1.1") && said.contains("400 Bad Request"),
        "{said}"
    );
}

#[test]
fn a_goaway_in_place_of_settings_is_not_lost() {
    let mut evidence = with_goaway(ended(lost()), 11);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = crate::connect::Phase::Http2;
    handshake.http2.settings = None;
    handshake.http2.opening = b"\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0b".to_vec();
    assert_eq!(proven(&evidence), ["http2.goaway"]);
}

#[test]
fn no_end_goes_without_a_word() {
    let refused = Interruption::Refused {
        text: "no more streams".to_owned(),
    };
    let goaway = Interruption::GoAway {
        code: 0,
        by_peer: true,
    };
    for cause in [lost(), refused, goaway] {
        for opening in [&b""[..], b"\0\0\0\x04\0\0\0\0\0"] {
            let mut evidence = ended(cause.clone());
            let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
            handshake.http2.settings = None;
            handshake.http2.opening = opening.to_vec();
            assert_eq!(proven(&evidence), ["http2.connection-lost"], "{cause:?}");
        }
    }
}
