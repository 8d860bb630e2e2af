use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::faulty;
use crate::evidence::answers::status;
use crate::evidence::answers::with_details;
use crate::evidence::answers::with_headers;
use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::warn_all;
use crate::verdict::finding::Side;

fn id(code: u32, message: &str) -> &'static str {
    first(&called(status(code, message))).map_or("", |finding| finding.id)
}

#[test]
fn unimplemented_in_the_words_of_many_servers() {
    for (message, expected) in [
        (
            "unknown service orders.v1.Orders",
            "grpc.unimplemented-service",
        ),
        (
            "unknown method Get for service orders.v1.Orders",
            "grpc.unimplemented-method",
        ),
        ("Method not found!", "grpc.unimplemented-method"),
        (
            "Method not found: orders.v1.Orders/Get",
            "grpc.unimplemented-method",
        ),
        (
            "The server does not implement the method /orders.v1.Orders/Get",
            "grpc.unimplemented-method",
        ),
        ("method Get not implemented", "grpc.unimplemented-method"),
        ("", "grpc.unimplemented-method"),
        (
            "grpc: Decompressor is not installed for grpc-encoding \"gzip\"",
            "grpc.compression",
        ),
    ] {
        assert_eq!(id(12, message), expected, "{message}");
    }
}

#[test]
fn a_status_of_a_proxy_is_the_proxys_and_one_behind_it_the_services() {
    const ENVOY: (&str, &str) = ("server", "envoy");
    const SERVED: (&str, &str) = ("x-envoy-upstream-service-time", "1");
    const FAILED: &str = "upstream connect error or disconnect/reset before headers. reset reason: connection timeout";
    for (headers, code, message, side, cause) in [
        (
            &[ENVOY][..],
            14,
            FAILED,
            Some(Side::Proxy),
            "a proxy got no answer from the server behind it",
        ),
        (
            &[ENVOY],
            14,
            "upstream request timeout",
            Some(Side::Proxy),
            "the server behind a proxy did not answer within",
        ),
        (
            &[("x-envoy-ratelimited", "true"), ENVOY],
            8,
            "",
            Some(Side::Proxy),
            "a proxy refused the call: its own limit",
        ),
        (
            &[("server", "kong/3.9.0")],
            5,
            "no Route matched with those values",
            Some(Side::Proxy),
            "a proxy has no route for this call",
        ),
        (
            &[("l5d-proxy-error", "x")],
            13,
            "x",
            Some(Side::Proxy),
            "a proxy answered INTERNAL to orders.v1.Orders/Get",
        ),
        (
            &[ENVOY, SERVED],
            14,
            FAILED,
            None,
            "orders.v1.Orders/Get was answered UNAVAILABLE; the words are those of a proxy",
        ),
        (
            &[ENVOY],
            14,
            "later",
            None,
            "orders.v1.Orders/Get was answered UNAVAILABLE: the service",
        ),
        (
            &[ENVOY, SERVED],
            14,
            "later",
            None,
            "orders.v1.Orders/Get answered UNAVAILABLE: the service",
        ),
        (
            &[],
            8,
            "quota",
            None,
            "orders.v1.Orders/Get answered RESOURCE_EXHAUSTED",
        ),
    ] {
        let answer = with_headers(status(code, message), headers);
        let found = first(&called(answer)).unwrap();
        assert_eq!((found.id, found.side), ("grpc.status", side), "{message}");
        assert!(found.cause.starts_with(cause), "{}", found.cause);
    }
}

#[test]
fn unimplemented_without_a_message_shows_the_authority() {
    let hint = |headers: &[(&'static str, &str)], message| {
        first(&called(with_headers(status(12, message), headers)))
            .unwrap()
            .hint
    };
    let offers = |hint: String| hint.contains("--authority HOST; orders.test:443 was sent");
    assert!(offers(hint(&[("server", "envoy")], "")));
    assert!(offers(hint(&[], "")));
    assert!(offers(hint(&[("l5d-proxy-error", "x")], "x")));
    assert!(!offers(hint(&[("server", "nginx")], "Method not found!")));
    assert!(!offers(hint(&[], "Method not found!")));
}

#[test]
fn not_found_from_the_health_service_is_an_unknown_name() {
    let asked = |method: &str, service: Option<&str>, code| {
        let mut evidence = called(status(code, "unknown service"));
        evidence.asked.method = Some(method.to_owned());
        evidence.asked.service = service.map(str::to_owned);
        first(&evidence).unwrap()
    };
    const CHECK: &str = "grpc.health.v1.Health/Check";
    for (service, words) in [
        (Some("shop.v1.Orders"), "named shop.v1.Orders"),
        (Some(""), "the server as a whole"),
        (None, "the service in the request"),
    ] {
        let finding = asked(CHECK, service, 5);
        assert_eq!(finding.id, "grpc.unknown-health-service");
        assert!(finding.cause.contains(words), "{}", finding.cause);
    }
    for (method, code, expected) in [
        ("shop.v1.Health/Check", 5, "grpc.status"),
        ("grpc.health.v1.Health/Watch", 5, "grpc.status"),
        (CHECK, 3, "grpc.status"),
        (CHECK, 12, "grpc.unimplemented-service"),
    ] {
        assert_eq!(asked(method, Some("x"), code).id, expected, "{method}");
    }
}

#[test]
fn a_status_about_something_else_blames_nobody() {
    for (code, message) in [
        (3, "name: must not be empty"),
        (3, "page_token is invalid"),
        (5, "no such order"),
        (13, "failed to load credentials for the database"),
        (14, "upstream connect error"),
        (2, "could not find default credentials"),
        (9, "etcdserver: authentication is not enabled"),
        (2001, "Authorization Model '01H' not found"),
        (4, "context deadline exceeded"),
    ] {
        for evidence in [
            called(status(code, message)),
            bearer(called(status(code, message)), "token-of-ours"),
        ] {
            let finding = first(&evidence).unwrap();
            assert_eq!(
                (finding.id, finding.side),
                ("grpc.status", None),
                "{code} {message}"
            );
        }
    }
}

#[test]
fn what_breaks_the_protocol_has_its_row() {
    for (fault, expected) in [
        (
            WireFault::ConflictingStatus {
                values: vec!["0".into(), "16".into()],
            },
            "grpc.status-conflict",
        ),
        (
            WireFault::BadStatusNumber { raw: "ok".into() },
            "grpc.bad-status",
        ),
        (WireFault::MissingStatus, "grpc.bad-status"),
        (WireFault::ExtraMessages { count: 1 }, "grpc.cardinality"),
        (WireFault::NoMessage, "grpc.cardinality"),
        (
            WireFault::UnknownEncoding {
                encoding: Some("snappy".into()),
            },
            "grpc.compression",
        ),
        (WireFault::CorruptCompression, "grpc.compression"),
        (WireFault::BadCompressionFlag(b'{'), "grpc.undecodable"),
        (
            WireFault::TruncatedMessage {
                received: 7,
                expected: 9,
            },
            "grpc.undecodable",
        ),
        (
            WireFault::MessageTooLarge {
                size: 5_000_000,
                limit: 4_194_304,
            },
            "grpc.message-too-large",
        ),
    ] {
        let found = first(&called(faulty(13, fault.clone()))).unwrap();
        assert_eq!(found.id, expected, "{fault:?}");
    }
}

#[test]
fn zeros_in_front_of_a_status_are_a_warning() {
    let mut answer = status(0, "");
    answer
        .faults
        .push(WireFault::PaddedStatusNumber { raw: "00".into() });
    let warnings = warn_all(&Case::new(&called(answer)));
    assert_eq!(warnings[0].id, "grpc.deviation");
    assert!(warnings[0].cause.contains("`00`"), "{}", warnings[0].cause);
}

#[test]
fn a_deviation_is_a_warning_beside_the_diagnosis() {
    let mut answer = status(16, "");
    answer.faults.push(WireFault::StatusInHeaders {
        headers: "0".into(),
        trailers: Some("16".into()),
    });
    let evidence = called(answer);
    assert_eq!(first(&evidence).unwrap().id, "credential.none-sent");
    let warnings = warn_all(&Case::new(&evidence));
    assert_eq!(warnings[0].id, "grpc.deviation");
    assert!(
        warnings[0].cause.contains("0 in the headers and 16"),
        "{}",
        warnings[0].cause
    );
    assert!(
        warn_all(&Case::new(&called(status(16, ""))))
            .iter()
            .all(|warning| warning.id != "grpc.deviation")
    );
}

#[test]
fn limits_of_either_side() {
    assert_eq!(
        id(
            8,
            "grpc: received message larger than max (5000000 vs. 4194304)"
        ),
        "grpc.message-too-large"
    );
    assert_eq!(id(8, "quota exceeded"), "grpc.status");
}

#[test]
fn field_violations_are_about_the_request() {
    let details = with_details(
        3,
        "invalid access token",
        "google.rpc.BadRequest",
        Vec::new(),
    );
    assert_eq!(first(&called(details)).unwrap().id, "grpc.status");
}
