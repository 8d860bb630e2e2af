use crate::describe::NotDescribed;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::answers::bearer;
use crate::evidence::answers::credential;
use crate::evidence::answers::evidence;
use crate::evidence::answers::faulty;
use crate::evidence::answers::http;
use crate::evidence::answers::in_reflection;
use crate::evidence::answers::status;
use crate::evidence::answers::token;
use crate::evidence::answers::undescribed;
use crate::evidence::answers::with_headers;
use crate::exit_status::ExitStatus;
use crate::invoke::Answer;
use crate::invoke::WireFault;
use crate::verdict::Expectation;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::prove_all;
use crate::verdict::finding::Side;
use crate::verdict::judge;
use serde_json::json;

fn ids(evidence: &Evidence) -> Vec<&'static str> {
    prove_all(&Case::new(evidence))
        .into_iter()
        .map(|finding| finding.id)
        .collect()
}

fn absent(v1: Answer, v1alpha: Answer) -> Evidence {
    undescribed(NotDescribed::Absent {
        v1: Box::new(v1),
        v1alpha: Box::new(v1alpha),
    })
}

#[test]
fn absent_on_a_grpc_server_and_on_a_web_server() {
    let evidence = absent(status(12, "unknown service"), status(12, "unknown service"));
    assert_eq!(ids(&evidence), ["reflection.absent"]);
    assert_eq!(
        judge(&Expectation::default(), &evidence).exit,
        ExitStatus::NoDescriptor
    );
    let evidence = absent(http(404, &[], ""), http(404, &[], ""));
    assert_eq!(ids(&evidence), ["http.not-grpc"]);
    assert_eq!(judge(&Expectation::default(), &evidence).exit.code(), 76);
}

#[test]
fn a_proxy_without_a_route_is_not_a_server_without_reflection() {
    let envoy = || with_headers(status(12, ""), &[("server", "envoy")]);
    let served = [("server", "envoy"), ("x-envoy-upstream-service-time", "1")];
    let behind = || with_headers(status(12, ""), &served);
    let google = || with_headers(status(12, "no"), &[("via", "1.1 google")]);
    for (answer, cause, authority) in [
        (
            envoy(),
            "a proxy at orders.test:443 likely has no route for",
            true,
        ),
        (
            google(),
            "the server at orders.test:443 does not offer reflection, or a proxy",
            true,
        ),
        (
            behind(),
            "the server at orders.test:443 does not offer reflection",
            false,
        ),
        (
            status(12, ""),
            "the server at orders.test:443 does not offer reflection",
            false,
        ),
    ] {
        let evidence = absent(answer, envoy());
        let found = prove_all(&Case::new(&evidence)).remove(0);
        assert_eq!(found.id, "reflection.absent");
        assert!(found.cause.starts_with(cause), "{}", found.cause);
        let offers = found.hint.contains("--authority HOST; orders.test:443");
        assert_eq!(offers, authority, "{}", found.hint);
        assert!(found.hint.contains("--protoset"), "{}", found.hint);
    }
}

#[test]
fn what_a_proxy_answers_of_reflection_is_not_broken_by_the_server() {
    let down = with_headers(status(14, "no healthy upstream"), &[("server", "envoy")]);
    for (answer, side, words) in [
        (down, Side::Proxy, "the server behind the proxy is up"),
        (
            status(14, "later"),
            Side::Server,
            "whether the server is up",
        ),
    ] {
        let found = prove_all(&Case::new(&in_reflection(answer))).remove(0);
        assert_eq!((found.id, found.side), ("reflection.broken", Some(side)));
        assert!(found.hint.contains(words), "{}", found.hint);
    }
}

#[test]
fn a_guarded_reflection_names_the_credential_first() {
    let expired = token(&json!({"exp": 1_000_000_000}));
    for (evidence, expected) in [
        (
            in_reflection(status(16, "no token")),
            &["credential.none-sent", "reflection.denied"][..],
        ),
        (in_reflection(status(7, "no")), &["reflection.denied"]),
        (
            bearer(in_reflection(status(16, "no")), &expired),
            &["credential.token-expired", "reflection.denied"],
        ),
        (
            bearer(in_reflection(status(16, "no")), "opaque"),
            &["credential.rejected", "reflection.denied"],
        ),
        (
            bearer(in_reflection(status(7, "no")), "opaque"),
            &["reflection.denied"],
        ),
        (
            in_reflection(http(401, &[], "")),
            &["gateway.unauthenticated", "credential.none-sent"],
        ),
        (in_reflection(status(14, "later")), &["reflection.broken"]),
        (
            in_reflection(faulty(2, WireFault::MissingStatus)),
            &["reflection.broken"],
        ),
    ] {
        assert_eq!(ids(&evidence), expected);
    }
}

#[test]
fn a_credential_kept_from_reflection_is_not_sent() {
    let mut evidence = credential(
        in_reflection(status(16, "")),
        "bearer",
        "authorization",
        "Bearer",
        "opaque",
    );
    evidence.call.sent.clear();
    let found = prove_all(&Case::new(&evidence));
    assert_eq!(
        ids(&evidence),
        ["credential.none-sent", "reflection.denied"]
    );
    assert!(
        found[0].evidence[1].contains("--no-auth-on-reflection"),
        "{:?}",
        found[0].evidence
    );
    assert!(found[1].hint.contains("--protoset"), "{}", found[1].hint);
}

#[test]
fn unknown_names_get_a_suggestion_and_what_there_is() {
    let known: Vec<String> = (0..20).map(|number| format!("a.v1.S{number}")).collect();
    let service = |suggestion: Option<&str>| NotDescribed::UnknownService {
        name: "a.v1.S".into(),
        suggestion: suggestion.map(str::to_owned),
        known: known.clone(),
    };
    let finding = prove_all(&Case::new(&undescribed(service(Some("a.v1.S1"))))).remove(0);
    assert_eq!(
        (finding.id, finding.side),
        ("reflection.unknown-symbol", Some(Side::Client))
    );
    assert_eq!(finding.hint, "did you mean a.v1.S1?");
    assert!(
        finding.evidence[0].ends_with("and 12 more"),
        "{:?}",
        finding.evidence
    );
    let finding = prove_all(&Case::new(&undescribed(service(None)))).remove(0);
    assert_eq!(finding.side, None);

    let method = NotDescribed::UnknownMethod {
        service: "a.v1.S".into(),
        method: "Gte".into(),
        suggestion: Some("Get".into()),
        known: vec!["Get".into(), "Put".into()],
    };
    let mut from_file = evidence();
    from_file.call.description = Description::Failed(method);
    let finding = prove_all(&Case::new(&from_file)).remove(0);
    assert!(
        finding.cause.contains("given in files"),
        "{}",
        finding.cause
    );
    assert_eq!(finding.hint, "did you mean a.v1.S/Get?");
}

#[test]
fn a_server_that_is_down_is_not_sent_to_mend_its_reflection() {
    let hint = |code| first(&in_reflection(status(code, "later"))).unwrap().hint;
    assert!(
        hint(14).contains("whether the server is up"),
        "{}",
        hint(14)
    );
    assert!(
        hint(13).contains("reflection does not work"),
        "{}",
        hint(13)
    );
}

#[test]
fn ambiguous_and_broken() {
    let ambiguous = NotDescribed::Ambiguous {
        name: "Get".into(),
        candidates: vec!["a.A/Get".into(), "b.B/Get".into()],
    };
    assert_eq!(ids(&undescribed(ambiguous)), ["reflection.ambiguous"]);
    let broken = NotDescribed::Broken {
        what: "it ended without an answer".into(),
    };
    assert_eq!(ids(&undescribed(broken)), ["reflection.broken"]);
    let unsupported = NotDescribed::Unsupported {
        what: "`a.proto`: it is written in edition 2026".into(),
        instead: None,
    };
    let evidence = undescribed(unsupported);
    assert_eq!(ids(&evidence), ["reflection.unsupported"]);
    let outcome = judge(&Expectation::default(), &evidence);
    assert_eq!(outcome.exit, ExitStatus::NoDescriptor);
    assert_eq!(
        first(&Case::new(&evidence)).and_then(|found| found.side),
        Some(Side::Client)
    );
    let file = NotDescribed::BadFile {
        path: "api.protoset".into(),
        what: "it is cut off".into(),
    };
    assert_eq!(ids(&undescribed(file)), ["file.descriptor-set"]);
}
