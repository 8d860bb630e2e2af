use crate::evidence::Evidence;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::http;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::prove_all;
use crate::verdict::diagnoses::tests::as_shown;
use crate::verdict::diagnoses::tests::text;
use crate::verdict::finding::Finding;
use crate::verdict::finding::Side;

/// The first diagnosis.
fn first(evidence: &Evidence) -> Finding {
    as_shown(prove_all(&Case::new(evidence)).remove(0))
}

/// Of an answer to a call with a token, of which nothing else is known.
fn answered(status: u16, headers: &[(&'static str, &str)], body: &str) -> Finding {
    first(&bearer(called(http(status, headers, body)), "opaque"))
}

#[test]
fn each_status_has_its_meaning() {
    for (status, id, words) in [
        (400, "http.not-grpc", "malformed"),
        (402, "http.not-grpc", "payment"),
        (404, "http.not-grpc", "no such path"),
        (405, "http.not-grpc", "does not accept POST"),
        (406, "http.not-grpc", "cannot answer in gRPC"),
        (407, "http.not-grpc", "credential of its own"),
        (408, "http.not-grpc", "end of the request"),
        (411, "http.not-grpc", "content-length"),
        (413, "http.not-grpc", "larger than"),
        (414, "http.not-grpc", "path /orders.v1.Orders/Get is longer"),
        (415, "http.not-grpc", "content type application/grpc"),
        (421, "http.not-grpc", "does not serve this :authority"),
        (425, "http.not-grpc", "not want the request yet"),
        (426, "http.not-grpc", "reached over HTTP/1.1"),
        (429, "http.not-grpc", "limits the rate"),
        (431, "http.not-grpc", "headers are larger"),
        (451, "http.not-grpc", "legal reasons"),
        (460, "http.not-grpc", "considers the client gone"),
        (463, "http.not-grpc", "30 addresses"),
        (464, "http.not-grpc", "protocol version"),
        (494, "http.not-grpc", "headers are larger"),
        (
            495,
            "http.not-grpc",
            "does not accept the client certificate",
        ),
        (496, "http.not-grpc", "requires a client certificate"),
        (497, "http.not-grpc", "without TLS"),
        (499, "http.not-grpc", "gave the call up"),
        (418, "http.not-grpc", "refuses the request"),
        (500, "gateway.error", "failed"),
        (501, "gateway.error", "does not implement"),
        (502, "gateway.error", "could not talk to"),
        (503, "gateway.error", "no server behind it"),
        (504, "gateway.error", "waited too long"),
        (505, "gateway.error", "HTTP version"),
        (508, "gateway.error", "in a circle"),
        (511, "gateway.error", "captive portal"),
        (520, "gateway.error", "does not understand"),
        (521, "gateway.error", "refuses the connection"),
        (
            522,
            "gateway.error",
            "connect to the server behind it in time",
        ),
        (523, "gateway.error", "no route"),
        (524, "gateway.error", "did not answer in time"),
        (525, "gateway.error", "TLS handshake between Cloudflare"),
        (526, "gateway.error", "does not accept the certificate"),
        (530, "gateway.error", "error of its own"),
        (561, "gateway.error", "identity provider"),
        (599, "gateway.error", "failed"),
        (304, "http.not-grpc", "redirects"),
        (204, "http.not-grpc", "speaks HTTP, but not gRPC"),
    ] {
        let found = answered(status, &[], "");
        assert_eq!(found.id, id, "{status}");
        assert!(found.cause.contains(words), "{status}: {}", found.cause);
        let said = text(&found);
        assert!(said.contains(&status.to_string()), "{said}");
        assert!(!said.contains(['{', '}']), "{said}");
        // Where another hint can work, it does not begin with the port.
        let is_of_port = found.hint.starts_with("check");
        assert!(!is_of_port, "{status}: {}", found.hint);
    }
    assert_eq!(answered(511, &[], "").side, Some(Side::Network));
    assert_eq!(answered(464, &[], "").side, Some(Side::Proxy));
    assert_eq!(answered(500, &[], "").side, Some(Side::Proxy));
    assert_eq!(answered(415, &[], "").side, None);
}

#[test]
fn each_form_of_answer_has_its_meaning() {
    let html = ("content-type", "text/html; charset=utf-8");
    let json = ("content-type", "application/json");
    let plain = ("content-type", "text/plain");
    for (status, header, body, words, hint) in [
        (200, html, "<h1>hello", "a web page", "check the port"),
        (
            200,
            html,
            "<input type=password>",
            "login form",
            "login proxy",
        ),
        (200, json, "{}", "an HTTP API", "pass gRPC through"),
        (200, plain, "ok", "plain text", "check the port"),
        (
            200,
            ("content-type", "application/problem+json"),
            "{}",
            "an HTTP API",
            "pass gRPC through",
        ),
        (
            200,
            ("content-type", "application/grpc-web+proto"),
            "",
            "gRPC-Web",
            "translates gRPC-Web",
        ),
        (
            200,
            ("content-type", "application/grpc-web-text"),
            "",
            "gRPC-Web",
            "translates gRPC-Web",
        ),
        (
            200,
            ("content-type", "application/connect+proto"),
            "",
            "Connect protocol",
            "unchanged",
        ),
        (
            200,
            ("content-type", "application/proto"),
            "",
            "Connect protocol",
            "unchanged",
        ),
        // Near misses: other types that begin alike.
        (
            200,
            ("content-type", "application/protobuf"),
            "",
            "speaks HTTP",
            "is orders.test:443 the gRPC port?",
        ),
        (
            200,
            ("content-type", "application/grpc-webby"),
            "",
            "speaks HTTP",
            "is orders.test:443 the gRPC port?",
        ),
        (
            400,
            html,
            "<center>The plain HTTP request was sent to HTTPS port</center>",
            "port that speaks TLS",
            "must turn on TLS towards that port",
        ),
        (
            400,
            html,
            "<center>Bad Request</center>",
            "malformed",
            "the answer's body",
        ),
    ] {
        let found = answered(status, &[header], body);
        assert_eq!(found.id, "http.not-grpc", "{header:?}");
        assert!(found.cause.contains(words), "{header:?}: {}", found.cause);
        assert!(found.hint.contains(hint), "{header:?}: {}", found.hint);
    }
}

#[test]
fn a_server_that_accepts_grpc_did_not_see_it() {
    for (accepted, words) in [
        ("application/grpc, application/json", "though it accepts"),
        ("application/grpc-web, application/json", "it serves REST"),
    ] {
        let found = answered(415, &[("accept-post", accepted)], "");
        assert!(found.cause.contains(words), "{}", found.cause);
    }
}

#[test]
fn a_status_in_json_is_known() {
    let json = ("content-type", "application/json");
    let connect = r#"{"code":"unauthenticated","message":"who are you"}"#;
    let found = answered(401, &[json], connect);
    assert_eq!(found.id, "gateway.unauthenticated");
    assert_eq!(found.side, None, "a Connect server is no gateway");
    let said = text(&found);
    assert!(
        said.contains("error of the Connect protocol: UNAUTHENTICATED, who are you"),
        "{said}"
    );
    assert!(!said.contains("was not asked"), "{said}");
    for (status, body, id, words) in [
        (
            403,
            r#"{"code":"permission_denied"}"#,
            "gateway.forbidden",
            "PERMISSION_DENIED",
        ),
        (
            404,
            r#"{"code":"not_found","message":"no order 7"}"#,
            "http.not-grpc",
            "NOT_FOUND, no order 7",
        ),
        (
            503,
            r#"{"code":"unavailable"}"#,
            "http.not-grpc",
            "in the Connect protocol",
        ),
        (
            499,
            r#"{"code":"canceled"}"#,
            "http.not-grpc",
            "protocol: CANCELLED",
        ),
        (
            404,
            r#"{"code":5,"message":"no order 7","details":[]}"#,
            "http.not-grpc",
            "from REST to gRPC",
        ),
        (
            401,
            r#"{"code":16,"message":"who are you"}"#,
            "gateway.unauthenticated",
            "was not asked",
        ),
        // Other services' codes.
        (
            404,
            r#"{"code":7,"message":"no such shop"}"#,
            "http.not-grpc",
            "no such path",
        ),
        (
            404,
            r#"{"code":"NOT_FOUND","message":"no"}"#,
            "http.not-grpc",
            "no such path",
        ),
        (404, r#"{"code":5}"#, "http.not-grpc", "no such path"),
        (
            404,
            r#"{"code":"not_found","#,
            "http.not-grpc",
            "no such path",
        ),
        (
            503,
            r#"{"code":"overloaded"}"#,
            "gateway.error",
            "no server behind it",
        ),
    ] {
        let found = answered(status, &[json], body);
        assert_eq!(found.id, id, "{body}");
        let said = text(&found);
        assert!(said.contains(words), "{body}: {said}");
    }
    let as_text = answered(401, &[("content-type", "text/plain")], connect);
    assert!(text(&as_text).contains("was not asked"));
}

#[test]
fn what_a_hint_names_is_of_this_request() {
    let mut evidence = called(http(421, &[], ""));
    let with_name = |evidence: &mut Evidence, name: &str| {
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.tls = Some(crate::connect::report::TlsReport {
            server_name: name.to_owned(),
            ..Default::default()
        });
    };
    with_name(&mut evidence, "other.test");
    let hint = first(&evidence).hint;
    assert!(hint.contains("other.test and orders.test:443"), "{hint}");
    with_name(&mut evidence, "Orders.test");
    let hint = first(&evidence).hint;
    assert!(hint.contains("--authority HOST"), "{hint}");
    for (plaintext, location, words) in [
        (true, "https://orders.test/x", "remove --plaintext"),
        (false, "https://orders.test/x", "call where it points to"),
        (true, "https://www.test/", "call where it points to"),
        (true, "http://orders.test/x", "call where it points to"),
    ] {
        let mut evidence = called(http(308, &[("location", location)], ""));
        evidence.connection_mut().asked.plaintext = plaintext;
        let hint = first(&evidence).hint;
        assert!(hint.contains(words), "{hint}");
    }
    for (plaintext, words) in [(true, "remove --plaintext"), (false, "server-side problem")] {
        let mut evidence = called(http(497, &[], ""));
        evidence.connection_mut().asked.plaintext = plaintext;
        let hint = first(&evidence).hint;
        assert!(hint.contains(words), "{hint}");
    }
    let said = text(&answered(431, &[("server", "{hint}")], ""));
    assert!(said.contains("bytes of metadata were sent"), "{said}");
    assert!(said.contains("the HTTP server ({hint})"), "{said}");
}
