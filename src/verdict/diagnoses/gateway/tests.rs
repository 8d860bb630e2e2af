use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::prove_all;

/// The ids found of an HTTP answer to an anonymous call.
fn ids(http_status: u16, headers: &[(&'static str, &str)], body: &str) -> Vec<&'static str> {
    let evidence = called(http(http_status, headers, body));
    prove_all(&Case::new(&evidence))
        .into_iter()
        .map(|finding| finding.id)
        .collect()
}

const HTML: (&str, &str) = ("content-type", "text/html; charset=utf-8");

#[test]
fn each_kind_of_answer_has_its_row() {
    let login = ("location", "https://sso.example.com/login?rd=/");
    let elsewhere = ("location", "https://www.example.com/");
    for (http_status, headers, body, expected) in [
        (
            401,
            &[HTML][..],
            "",
            &["gateway.unauthenticated", "credential.none-sent"][..],
        ),
        (403, &[HTML], "<h1>no</h1>", &["gateway.forbidden"]),
        (302, &[login], "", &["gateway.redirect-to-login"]),
        (302, &[elsewhere], "", &["http.not-grpc"]),
        (503, &[], "no healthy upstream", &["gateway.error"]),
        (200, &[HTML], "<html>hello", &["http.not-grpc"]),
        (
            200,
            &[HTML],
            "<input type=\"password\">",
            &["http.not-grpc"],
        ),
        (
            200,
            &[HTML],
            "<meta http-equiv=\"refresh\" content=\"0; url='/login'\">",
            &["gateway.redirect-to-login"],
        ),
        (404, &[], "", &["http.not-grpc"]),
        (421, &[], "", &["http.not-grpc"]),
        (
            400,
            &[HTML],
            "<center>No required SSL certificate was sent</center>",
            &[],
        ),
        (
            400,
            &[HTML],
            "<center>Bad Request</center>",
            &["http.not-grpc"],
        ),
    ] {
        let own: Vec<&str> = ids(http_status, headers, body)
            .into_iter()
            .filter(|id| !id.starts_with("mtls."))
            .collect();
        assert_eq!(own, expected, "HTTP {http_status} {body}");
    }
}

#[test]
fn a_server_that_speaks_grpc_beside_an_http_status_is_no_gateway() {
    let mut answer = status(16, "who are you");
    answer.http_status = Some(401);
    let found = prove_all(&Case::new(&called(answer)));
    assert_eq!(found[0].id, "credential.none-sent");
    assert!(
        !found
            .iter()
            .any(|finding| finding.id.starts_with("gateway."))
    );
}

#[test]
fn what_tells_who_answered_is_evidence() {
    let headers = [
        ("server", "nginx"),
        ("via", "1.1 edge"),
        ("www-authenticate", "Bearer realm=\"x\""),
        HTML,
    ];
    let evidence = called(http(401, &headers, "\n  <h1>401</h1>\nmore"));
    let finding =
        crate::verdict::diagnoses::tests::as_shown(prove_all(&Case::new(&evidence)).remove(0));
    for fact in [
        "server: nginx",
        "via: 1.1 edge",
        "www-authenticate: Bearer realm=\"x\"",
        "its body begins: <h1>401</h1>",
    ] {
        assert!(
            finding.evidence.iter().any(|line| line == fact),
            "{:?}",
            finding.evidence
        );
    }
    assert!(finding.hint.contains("--token"), "{}", finding.hint);
}

#[test]
fn a_credential_that_was_sent_is_not_said_to_be_missing() {
    let evidence = bearer(
        called(http(401, &[HTML], "")),
        "opaque-token-of-some-length",
    );
    let found = prove_all(&Case::new(&evidence));
    let ids: Vec<&str> = found.iter().map(|finding| finding.id).collect();
    assert_eq!(ids, ["gateway.unauthenticated"]);
    assert!(
        !found
            .iter()
            .flat_map(|finding| &finding.evidence)
            .any(|line| line.contains("opaque-token"))
    );
}
