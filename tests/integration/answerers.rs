//! Who answered: the server, a proxy before it, or either; in text and JSON, end to end.

use std::path::Path;

use serde_json::Value;

use crate::hostile::protoset;
use crate::hostile::serve;
use crate::hostile::statuses::after_request;
use crate::hostile::statuses::refused;
use crate::invoke::trailers;
use crate::raw_http2::Step;
use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

fn run(script: &[Step], set: &Path, more: &[&str]) -> Ran {
    let output = grpcauth()
        .args(["call", &serve(script), "hostile.v1.Peer/Get"])
        .args(["--plaintext", "--max-time", "5s", "--protoset"])
        .arg(set)
        .args(more)
        .output();
    Ran::new(output.unwrap())
}

/// The headers of a refusal, what `answered_by` must be, and words that the text must have.
type Row<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a [&'a str]);

const ENVOY: (&str, &str) = ("server", "envoy");
const SERVED: (&str, &str) = ("x-envoy-upstream-service-time", "3");

const ROWS: &[Row<'_>] = &[
    (
        &[("grpc-status", "14"), ("grpc-message", "later")],
        "server",
        &["UNAVAILABLE (14) from hostile.v1.Peer/Get, answered by the server\n"],
    ),
    (
        &[
            ("grpc-status", "14"),
            ("grpc-message", "no healthy upstream"),
            ENVOY,
        ],
        "proxy",
        &[
            "answered by a proxy (server: envoy, no x-envoy-upstream-service-time, its words are Envoy's)",
            "a proxy got no answer from the server behind it",
            "proxy says  \"no healthy upstream\"",
            "the connection from here to the proxy works",
        ],
    ),
    (
        &[
            ("grpc-status", "14"),
            ("grpc-message", "later"),
            ENVOY,
            SERVED,
        ],
        "server",
        &["answered by the server (x-envoy-upstream-service-time: 3)"],
    ),
    (
        &[("grpc-status", "12"), ENVOY],
        "unknown",
        &[
            "likely answered by a proxy (server: envoy",
            "a proxy likely has no route for :authority",
            "--authority HOST",
        ],
    ),
    (
        &[("grpc-status", "12"), ENVOY, SERVED],
        "server",
        &["the server does not implement hostile.v1.Peer/Get"],
    ),
    (
        &[
            ("grpc-status", "7"),
            ("grpc-message", "RBAC: access denied"),
            ("server", "istio-envoy"),
        ],
        "proxy",
        &["the proxy refuses the call of hostile.v1.Peer/Get"],
    ),
    (
        &[
            ("grpc-status", "16"),
            ("grpc-message", "Jwt is missing"),
            ENVOY,
        ],
        "proxy",
        &["no credential was sent, and a proxy before the server requires one"],
    ),
    (
        &[("grpc-status", "8"), ("x-envoy-ratelimited", "true"), ENVOY],
        "proxy",
        &[
            "answered by a proxy (x-envoy-ratelimited: true)",
            "its own limit on requests is reached",
        ],
    ),
    (
        &[("grpc-status", "8"), ("grpc-message", "quota")],
        "server",
        &["a quota, a rate limit or some other resource is used up"],
    ),
    (
        &[
            ("grpc-status", "14"),
            ("grpc-message", "service in fail-fast"),
            ("l5d-proxy-error", "service in fail-fast"),
        ],
        "proxy",
        &["answered by a proxy (l5d-proxy-error: service in fail-fast)"],
    ),
    (
        &[
            ("grpc-status", "7"),
            ("grpc-message", "no"),
            ("via", "1.1 google"),
        ],
        "unknown",
        &[
            "answered by the server or a proxy before it (via: 1.1 google)",
            "the server or a proxy refuses the call",
        ],
    ),
];

#[test]
fn a_grpc_status_is_its_senders() {
    let directory = tempfile::tempdir().unwrap();
    let set = protoset(&directory);
    for (block, answered_by, words) in ROWS {
        let text = run(&refused(block), &set, &[]);
        for word in *words {
            assert!(text.stderr.contains(word), "`{word}`: {}", text.stderr);
        }
        let json = run(&refused(block), &set, &["--format", "json"]).document();
        let attempt = &json["attempts"][0];
        assert_eq!(attempt["answered_by"], *answered_by, "{block:?}");
        let shown = attempt["answered_by_shown_by"].as_array();
        let is_plain = *answered_by == "server" && !block.contains(&SERVED);
        assert_eq!(shown.is_none(), is_plain, "{attempt}");
    }
}

#[test]
fn a_status_beside_http_204_is_a_proxys() {
    let directory = tempfile::tempdir().unwrap();
    let set = protoset(&directory);
    // What nginx sends with `add_header grpc-status 14; return 204;`.
    let block = [
        (":status", "204"),
        ("server", "nginx/1.22.1"),
        ("content-type", "application/grpc"),
        ("grpc-status", "14"),
        ("grpc-message", "unavailable"),
    ];
    let script = after_request(vec![trailers(&block)]);
    let json = run(&script, &set, &["--format", "json"]).document();
    assert_eq!(json["attempts"][0]["answered_by"], "proxy", "{json:#}");
    assert_eq!(json["attempts"][0]["answered_by_shown_by"][0], "HTTP 204");
}

#[test]
fn a_header_that_echoes_the_token_does_not_show_it() {
    let directory = tempfile::tempdir().unwrap();
    let set = protoset(&directory);
    let token = directory.path().join("token");
    std::fs::write(&token, "s3cret-0f-the-caller-9876543210").unwrap();
    let source = format!("file:{}", token.display());
    let echo = [
        ("grpc-status", "16"),
        ("via", "1.1 s3cret-0f-the-caller-9876543210"),
    ];
    for format in ["text", "json"] {
        let more = [
            "--token",
            &source,
            "--allow-plaintext-credentials",
            "--format",
            format,
        ];
        let ran = run(&refused(&echo), &set, &more);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains("via: 1.1 <redacted>"), "{all}");
        assert!(!all.contains("s3cret-0f"), "{all}");
    }
}

/// Doors that answer everything over HTTP, reflection too: the method is never called.
#[test]
fn reflection_that_is_refused_over_http_is_named() {
    const PATH: &str = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    let world = World::open();
    for door in ["401", "403", "503", "html"] {
        let ran = world.run(&format!(
            "call {{gateway-{door}}} lab.v1.Vault/GetViewer --cacert @ca.pem --format json"
        ));
        let diagnosis = &ran.document()["diagnosis"];
        let told = diagnosis["evidence"].to_string();
        let hint = diagnosis["hint"].as_str().unwrap();
        let whole = format!("{PATH}; lab.v1.Vault/GetViewer itself was not called");
        assert!(told.contains(&whole), "{door}: {told}");
        assert!(hint.contains("--protoset FILE"), "{door}: {hint}");
        assert!(!hint.contains("GetViewer"), "{door}: {hint}");
    }
}

#[test]
fn a_call_that_was_made_is_not_reflections() {
    let world = World::open();
    for door in ["401", "403", "503", "html"] {
        let ran = world.run(&format!(
            "call {{gateway-{door}}} lab.v1.Vault/GetViewer --cacert @ca.pem --protoset @vault.protoset --format json"
        ));
        let diagnosis = &ran.document()["diagnosis"];
        assert!(
            !diagnosis.to_string().contains("grpc.reflection"),
            "{diagnosis:#}"
        );
        let hint = diagnosis["hint"].as_str().unwrap();
        assert!(!hint.contains("--protoset"), "{door}: {hint}");
    }
}

#[test]
fn a_credential_kept_from_reflection_can_be_sent_with_it() {
    let world = World::open();
    for door in ["gateway-401", "reflection-for-admins"] {
        let ran = world.run(&format!(
            "call {{{door}}} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt --no-auth-on-reflection --format json"
        ));
        let document: Value = ran.document();
        let hint = document["diagnosis"]["hint"].as_str().unwrap();
        assert!(
            hint.contains("--no-auth-on-reflection") && hint.contains("--reflect-header"),
            "{door}: {hint}"
        );
        assert!(!hint.contains("--token"), "{door}: {hint}");
    }
}
