use super::*;
use crate::evidence::answers;
use crate::peer_text::plain;

const SERVED: (&str, &str) = ("x-envoy-upstream-service-time", "3");
const ENVOY: (&str, &str) = ("server", "envoy");
const ISTIO: (&str, &str) = ("server", "istio-envoy");

type Headers<'a> = &'a [(&'static str, &'a str)];

fn read(headers: Headers<'_>, code: u32, message: &str) -> Answerer {
    Answerer::of(&answers::with_headers(
        answers::status(code, message),
        headers,
    ))
    .unwrap()
}

fn shown(answerer: &Answerer) -> String {
    plain(&answerer.shown_by.join(", "))
}

#[test]
fn each_sign_of_a_proxy_and_what_is_like_it() {
    for (headers, code, message, by, signs) in [
        // No sign.
        (&[][..], 16, "who are you", By::Server, ""),
        (&[("server", "Kestrel")], 7, "no", By::Server, ""),
        (&[("x-request-id", "1")], 7, "no", By::Server, ""),
        // Envoy's own answers, as Envoy 1.40 gives them.
        (
            &[ENVOY],
            7,
            "RBAC: access denied",
            By::Proxy,
            "server: envoy, no x-envoy-upstream-service-time, its words are Envoy's",
        ),
        (
            &[ISTIO],
            14,
            "no healthy upstream",
            By::Proxy,
            "server: istio-envoy, no x-envoy-upstream-service-time, its words are Envoy's",
        ),
        (
            &[ENVOY],
            7,
            "go away",
            By::LikelyProxy,
            "server: envoy, no x-envoy-upstream-service-time",
        ),
        (
            &[ENVOY],
            12,
            "",
            By::LikelyProxy,
            "server: envoy, no x-envoy-upstream-service-time",
        ),
        // The server behind it answered.
        (
            &[ENVOY, SERVED],
            7,
            "role admin required",
            By::Server,
            "x-envoy-upstream-service-time: 3",
        ),
        (
            &[ENVOY, SERVED],
            12,
            "",
            By::Server,
            "x-envoy-upstream-service-time: 3",
        ),
        // A sidecar behind it, or a server that passes on what was answered to its own call.
        (
            &[ENVOY, SERVED],
            7,
            "RBAC: access denied",
            By::ServerOrProxy,
            "x-envoy-upstream-service-time: 3, its words are Envoy's",
        ),
        (
            &[],
            14,
            "no healthy upstream",
            By::ServerOrProxy,
            "its words are Envoy's",
        ),
        // A server's words that begin or end like a proxy's.
        (&[], 7, "RBAC: access denied: no role", By::Server, ""),
        (&[], 14, "there is no healthy upstream", By::Server, ""),
        (&[], 16, "Jwt has no claim groups", By::Server, ""),
        (&[], 12, "", By::Server, ""),
        // Marks of a proxy's own answers.
        (
            &[("x-envoy-ratelimited", "true"), ENVOY],
            14,
            "",
            By::Proxy,
            "x-envoy-ratelimited: true",
        ),
        (
            &[("x-envoy-ratelimited", "true"), ENVOY, SERVED],
            8,
            "",
            By::LikelyProxy,
            "x-envoy-ratelimited: true, x-envoy-upstream-service-time: 3",
        ),
        (
            &[("l5d-proxy-error", "service in fail-fast"), ENVOY, SERVED],
            14,
            "service in fail-fast",
            By::Proxy,
            "l5d-proxy-error: service in fail-fast",
        ),
        (
            &[("l5d-proxy-connection", "close")],
            14,
            "later",
            By::ServerOrProxy,
            "l5d-proxy-connection: close",
        ),
        (
            &[("server", "awselb/2.0")],
            14,
            "",
            By::Proxy,
            "server: awselb/2.0",
        ),
        (
            &[("server", "kong/3.9.0")],
            16,
            "Unauthorized",
            By::Proxy,
            "server: kong/3.9.0",
        ),
        (
            &[("via", "2 kong/3.9.0"), ("x-kong-upstream-latency", "4")],
            16,
            "no",
            By::Server,
            "x-kong-upstream-latency: 4",
        ),
        // A proxy is there, and nothing tells whose answer it is.
        (
            &[("server", "nginx/1.22.1")],
            16,
            "no",
            By::ServerOrProxy,
            "server: nginx/1.22.1",
        ),
        (
            &[("via", "1.1 google"), ("x-cloud-trace-context", "ab/1;o=1")],
            7,
            "no",
            By::ServerOrProxy,
            "via: 1.1 google, x-cloud-trace-context: ab/1;o=1",
        ),
        (
            &[("server", "cloudflare"), ("cf-ray", "8")],
            7,
            "no",
            By::ServerOrProxy,
            "server: cloudflare, cf-ray: 8",
        ),
        (
            &[("x-envoy-decorator-operation", "orders:80/*")],
            7,
            "no",
            By::ServerOrProxy,
            "x-envoy-decorator-operation: orders:80/*",
        ),
    ] {
        let answerer = read(headers, code, message);
        assert_eq!(
            (answerer.by, &*shown(&answerer)),
            (by, signs),
            "{headers:?} {code} {message}"
        );
    }
}

#[test]
fn an_answer_that_had_begun_is_not_a_proxys_own() {
    let mut answer = answers::with_headers(answers::status(7, "RBAC: access denied"), &[ENVOY]);
    answer.trailers_only = false;
    assert_eq!(Answerer::of(&answer).unwrap().by, By::ServerOrProxy);
    answer.messages = 1;
    assert_eq!(Answerer::of(&answer).unwrap().by, By::Server);
    // Linkerd ends even a stream that had begun with a status of its own.
    let linkerd = [("l5d-proxy-error", "connection closed")];
    let ended = answers::with_headers(answer, &linkerd);
    assert_eq!(Answerer::of(&ended).unwrap().by, By::Proxy);
}

#[test]
fn a_status_beside_http_204_is_nginxs_and_beside_401_a_servers() {
    for (http_status, by) in [(204, By::Proxy), (401, By::Server), (200, By::Server)] {
        let mut answer = answers::status(14, "unavailable");
        answer.http_status = Some(http_status);
        assert_eq!(Answerer::of(&answer).unwrap().by, by, "{http_status}");
    }
}

#[test]
fn what_is_not_a_grpc_status_has_its_own_word() {
    let by = |answer: &Answer| Answerer::of(answer).map(|it| (it.by, it.word(), it.to_string()));
    let http = (By::Http, "proxy", "HTTP response from a proxy".to_owned());
    assert_eq!(by(&answers::http(401, &[ENVOY], "")), Some(http));
    let local = (By::Local, "local", "determined locally".to_owned());
    assert_eq!(by(&answers::deadline(true)), Some(local));
    assert_eq!(by(&answers::deadline(false)), None);
}

#[test]
fn the_words_say_how_sure_it_is() {
    for (headers, message, words, word, likely) in [
        (&[][..], "no", "answered by the server", "server", None),
        (
            &[ENVOY],
            "RBAC: access denied",
            "answered by a proxy (server: envoy, no x-envoy-upstream-service-time, its words are Envoy's)",
            "proxy",
            None,
        ),
        (
            &[ENVOY],
            "no",
            "likely answered by a proxy (server: envoy, no x-envoy-upstream-service-time)",
            "unknown",
            Some("proxy"),
        ),
        (
            &[("via", "1.1 google")],
            "no",
            "answered by the server or a proxy before it (via: 1.1 google)",
            "unknown",
            None,
        ),
    ] {
        let answerer = read(headers, 7, message);
        assert_eq!(plain(&answerer.to_string()), words);
        assert_eq!((answerer.word(), answerer.likely()), (word, likely));
    }
}

#[test]
fn the_words_of_proxies_have_a_meaning() {
    for (headers, code, message, meaning) in [
        (
            &[ENVOY][..],
            14,
            "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure",
            Some(Meaning::Upstream),
        ),
        (
            &[ENVOY],
            14,
            "upstream connect error or disconnect/reset before headers. reset reason: overflow",
            Some(Meaning::Limit),
        ),
        (&[ENVOY], 4, "upstream request timeout", Some(Meaning::Slow)),
        (&[ENVOY], 14, "local_rate_limited", Some(Meaning::Limit)),
        (
            &[("x-envoy-ratelimited", "true")],
            8,
            "",
            Some(Meaning::Limit),
        ),
        (&[ENVOY], 16, "Jwt is missing", Some(Meaning::Caller)),
        (&[ENVOY], 12, "", Some(Meaning::NoRoute)),
        (
            &[],
            14,
            "logical service 10.0.0.1:80: service in fail-fast",
            Some(Meaning::Upstream),
        ),
        (&[ENVOY], 14, "later", None),
        // The server behind it said so: it means what the server means.
        (&[ENVOY, SERVED], 12, "", None),
    ] {
        assert_eq!(read(headers, code, message).meaning(), meaning, "{message}");
    }
}

#[test]
fn a_long_value_is_cut_and_none_is_opened() {
    let long = "v".repeat(500);
    let answerer = read(&[("via", &long)], 7, "no");
    let line = plain(&answerer.to_string());
    assert!(line.len() < 200 && line.contains('…'), "{line}");
}
