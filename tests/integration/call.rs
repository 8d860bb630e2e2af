//! `grpcauth call` against the lab: exit code, status, outcome and diagnosis of each case.

use serde_json::Value;

use crate::world::World;

/// What a call must come to.
struct Case {
    line: &'static str,
    code: i32,
    /// The status's name; empty: none.
    status: &'static str,
    outcome: &'static str,
    /// The diagnosis; empty: none.
    id: &'static str,
}

const fn case(
    line: &'static str,
    code: i32,
    status: &'static str,
    outcome: &'static str,
    id: &'static str,
) -> Case {
    Case {
        line,
        code,
        status,
        outcome,
        id,
    }
}

fn check(cases: &[Case]) {
    let world = World::open();
    for case in cases {
        let ran = world.run(&format!("call {} --format json", case.line));
        let document = ran.document();
        let seen = (
            ran.code,
            document["status"]["name"].as_str().unwrap_or(""),
            document["outcome"].as_str().unwrap(),
            document["diagnosis"]["id"].as_str().unwrap_or(""),
        );
        assert_eq!(
            seen,
            (case.code, case.status, case.outcome, case.id),
            "{}: {document:#}",
            case.line
        );
        assert_eq!(document["exit_code"], case.code, "{}", case.line);
        assert_eq!(ran.stderr, "", "{}", case.line);
        if !case.id.is_empty() {
            let diagnosis = &document["diagnosis"];
            assert!(!diagnosis["cause"].as_str().unwrap().is_empty());
            assert!(!diagnosis["hint"].as_str().unwrap().is_empty());
        }
    }
}

#[test]
fn calls_that_are_allowed() {
    check(&[
        case(
            "{tls} lab.v1.Vault/GetPublic --cacert @ca.pem",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls} Vault/GetAdmin --cacert @ca.pem --token file:@token-admin.jwt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls} lab.v1.Vault.GetViewer --cacert @ca.pem --api-key file:@apikey-viewer.txt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls} GetViewer --cacert @ca.pem --token file:@token-viewer.jwt --protoset @vault.protoset",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{mtls} lab.v1.Vault/GetViewer --cacert @ca.pem --cert @client-viewer.pem --key @client-viewer.key",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{mtls-tls12} lab.v1.Vault/GetViewer --cacert @ca.pem --cert @client-viewer.pem --key @client-viewer.key",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls12} lab.v1.Vault/GetPublic --cacert @ca.pem",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls-reflection-v1} lab.v1.Vault/GetPublic --cacert @ca.pem",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls-reflection-v1alpha} lab.v1.Vault/GetPublic --cacert @ca.pem",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls-reflection-guarded} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{plaintext} lab.v1.Vault/GetPublic --plaintext",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{plaintext} lab.v1.Vault/GetViewer --plaintext --allow-plaintext-credentials --token file:@token-viewer.jwt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{unix} lab.v1.Vault/GetViewer --token file:@token-viewer.jwt",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{wrong-name} lab.v1.Vault/GetPublic --cacert @ca.pem --servername other.test",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{unknown-ca} lab.v1.Vault/GetPublic --cacert @other-ca.pem",
            0,
            "OK",
            "allowed",
            "",
        ),
        case(
            "{tls} lab.v1.Vault/GetPublic --cacert @ca.pem --authority api.test --servername lab.test",
            0,
            "OK",
            "allowed",
            "",
        ),
    ]);
}

#[test]
fn credentials_that_are_refused() {
    check(&[
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.none-sent",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --auth none",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.none-sent",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-expired.jwt",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.token-expired",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-other-key.jwt",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.rejected",
        ),
        case(
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-viewer.jwt",
            71,
            "PERMISSION_DENIED",
            "denied",
            "permission.denied",
        ),
        case(
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --api-key file:@apikey-viewer.txt",
            71,
            "PERMISSION_DENIED",
            "denied",
            "permission.denied",
        ),
        case(
            "{tls-reflection-guarded} lab.v1.Vault/GetViewer --cacert @ca.pem",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.none-sent",
        ),
        case(
            "{tls-reflection-guarded} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt --no-auth-on-reflection",
            80,
            "UNAUTHENTICATED",
            "denied",
            "credential.none-sent",
        ),
        case(
            "{gateway-401} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset",
            80,
            "UNAUTHENTICATED",
            "denied",
            "gateway.unauthenticated",
        ),
        case(
            "{gateway-401} lab.v1.Vault/GetPublic --cacert @ca.pem",
            80,
            "UNAUTHENTICATED",
            "denied",
            "gateway.unauthenticated",
        ),
        case(
            "{gateway-403} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset",
            71,
            "PERMISSION_DENIED",
            "denied",
            "gateway.forbidden",
        ),
        case(
            "{gateway-302} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset",
            66,
            "UNKNOWN",
            "inconclusive",
            "gateway.redirect-to-login",
        ),
        case(
            "{gateway-html} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset",
            66,
            "UNKNOWN",
            "inconclusive",
            "http.not-grpc",
        ),
    ]);
}

#[test]
fn channels_that_are_refused() {
    check(&[
        case(
            "{unknown-ca} lab.v1.Vault/GetPublic --cacert @ca.pem",
            3,
            "",
            "no_status",
            "trust.no-path",
        ),
        case(
            "{tls} lab.v1.Vault/GetPublic --cacert @other-ca.pem",
            3,
            "",
            "no_status",
            "trust.no-path",
        ),
        case(
            "{expired} lab.v1.Vault/GetPublic --cacert @ca.pem",
            3,
            "",
            "no_status",
            "time.expired.leaf",
        ),
        case(
            "{wrong-name} lab.v1.Vault/GetPublic --cacert @ca.pem",
            3,
            "",
            "no_status",
            "name.mismatch",
        ),
        case(
            "{mtls} lab.v1.Vault/GetViewer --cacert @ca.pem",
            3,
            "",
            "no_status",
            "mtls.required",
        ),
        case(
            "{mtls-tls12} lab.v1.Vault/GetViewer --cacert @ca.pem",
            3,
            "",
            "no_status",
            "mtls.required",
        ),
        case(
            "{plaintext} lab.v1.Vault/GetPublic --cacert @ca.pem",
            3,
            "",
            "no_status",
            "plain.server-is-grpc",
        ),
        case(
            "{tls} lab.v1.Vault/GetPublic --plaintext",
            3,
            "",
            "no_status",
            "plain.server-wants-tls",
        ),
        case(
            "127.0.0.1:1 lab.v1.Vault/GetPublic --cacert @ca.pem",
            3,
            "",
            "no_status",
            "net.refused",
        ),
        case(
            "unix:/nonexistent/socket lab.v1.Vault/GetPublic",
            3,
            "",
            "no_status",
            "net.no-connection",
        ),
    ]);
}

#[test]
fn what_the_plan_refuses_sends_nothing() {
    check(&[
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token cmd:false",
            4,
            "",
            "no_status",
            "input.secret-source",
        ),
        // Within the run's time, and not a minute.
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token 'cmd:sleep 1000' --max-time 100ms",
            4,
            "",
            "no_status",
            "input.secret-source",
        ),
        case(
            "192.0.2.1:1 lab.v1.Vault/GetViewer --plaintext --token file:@token-viewer.jwt",
            2,
            "",
            "no_status",
            "credential.plaintext-refused",
        ),
        case(
            "192.0.2.1:1 lab.v1.Vault/GetViewer --plaintext -H 'authorization: Bearer x'",
            2,
            "",
            "no_status",
            "credential.plaintext-refused",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert /nonexistent.pem",
            2,
            "",
            "no_status",
            "file.not-found",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @token-viewer.jwt",
            2,
            "",
            "no_status",
            "file.wrong-kind",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --cert @client-viewer.pem --key @client-admin.key",
            2,
            "",
            "no_status",
            "file.key-mismatch",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --cert @client-viewer.pem",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token env:GRPCAUTH_TEST_UNSET",
            2,
            "",
            "no_status",
            "input.secret-source",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem -d '{\"x\"'",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem -d '{\"nosuchfield\": 1}'",
            2,
            "",
            "no_status",
            "input.request",
        ),
        case(
            "user:pw@host lab.v1.Vault/GetViewer",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} 'no method' --cacert @ca.pem",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem -H 'grpc-timeout: 1S'",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt -H 'authorization: x'",
            2,
            "",
            "no_status",
            "input.usage",
        ),
        case(
            "{tls} lab.v1.Vault/NoSuch --cacert @ca.pem",
            5,
            "",
            "no_status",
            "reflection.unknown-symbol",
        ),
        case(
            "{tls} lab.v1.Volt/GetPublic --cacert @ca.pem",
            5,
            "",
            "no_status",
            "reflection.unknown-symbol",
        ),
        case(
            "{tls} lab.v1.Vault/NoSuch --cacert @ca.pem --protoset @vault.protoset",
            5,
            "",
            "no_status",
            "reflection.unknown-symbol",
        ),
    ]);
}

#[test]
fn expectations() {
    let world = World::open();
    for (line, code) in [
        (
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --expect denied",
            0,
        ),
        (
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --expect UNAUTHENTICATED",
            0,
        ),
        (
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --expect 16,7",
            0,
        ),
        (
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --expect PERMISSION_DENIED",
            1,
        ),
        (
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --expect allowed",
            1,
        ),
        (
            "{tls} lab.v1.Vault/GetPublic --cacert @ca.pem --expect OK",
            0,
        ),
        (
            "{tls} lab.v1.Vault/GetPublic --cacert @ca.pem --expect denied",
            1,
        ),
        (
            "{gateway-401} lab.v1.Vault/GetPublic --cacert @ca.pem --protoset @vault.protoset --expect denied",
            0,
        ),
        (
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-viewer.jwt --expect denied",
            0,
        ),
        // A token that is over is denied everywhere.
        (
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-expired.jwt --expect denied",
            3,
        ),
        (
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-not-yet-valid.jwt --expect denied",
            3,
        ),
        (
            "{tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-expired.jwt --expect UNAUTHENTICATED",
            0,
        ),
        // Anybody gets INVALID_ARGUMENT there.
        (
            "{tls} auth.v1.AuthService/Login --cacert @ca.pem --token file:@token-viewer.jwt --expect allowed",
            3,
        ),
        (
            "{tls} auth.v1.AuthService/Login --cacert @ca.pem --expect allowed",
            3,
        ),
        (
            "{tls} auth.v1.AuthService/Login --cacert @ca.pem --expect INVALID_ARGUMENT,allowed",
            0,
        ),
        // No status was obtained: neither met nor missed.
        (
            "{tls} lab.v1.Vault/GetPublic --cacert @other-ca.pem --expect denied",
            3,
        ),
        (
            "{tls} lab.v1.Vault/NoSuch --cacert @ca.pem --expect UNIMPLEMENTED",
            5,
        ),
    ] {
        let ran = world.run(&format!("call {line}"));
        assert_eq!(ran.code, code, "{line}: {}", ran.stderr);
    }
}

#[test]
fn a_late_refusal_is_not_ok() {
    let world = World::open();
    let ran = world.run(
        "call {trailers-16-after-message} lab.v1.Vault/GetPublic --cacert @ca.pem --format json",
    );
    let document = ran.document();
    assert_eq!(ran.code, 80);
    assert_eq!(document["messages"].as_array().map(Vec::len), Some(1));
    assert_eq!(document["attempts"][0]["answered_by"], "server");
    assert_eq!(document["answered_by"], "server");
    assert_eq!(document["version"], env!("CARGO_PKG_VERSION"));
    assert!(document["started_at"].as_str().unwrap().ends_with('Z'));
}

#[test]
fn the_document_tells_of_handshake_and_credential() {
    let world = World::open();
    let ran = world.run("call {mtls} lab.v1.Vault/GetViewer --cacert @ca.pem --cert @client-viewer.pem --key @client-viewer.key --token file:@token-viewer.jwt --format json");
    let document = ran.document();
    let tls = &document["handshake"]["tls"];
    assert_eq!(document["schema"], "grpcauth/1");
    assert_eq!(document["handshake"]["reached"], "done");
    assert_eq!(tls["version"], "TLSv1.3");
    assert_eq!(tls["alpn"], "h2");
    assert_eq!(tls["verified"], true);
    assert_eq!(tls["client_certificate"]["requested"], true);
    assert_eq!(tls["client_certificate"]["sent"], true);
    assert_eq!(tls["chain"].as_array().map(Vec::len), Some(2));
    assert!(tls["trust_anchor"].as_str().unwrap().contains("CN="));
    let credential = &document["credential"];
    assert_eq!(credential["kind"], "bearer");
    assert_eq!(credential["obtained"], "given");
    assert_eq!(credential["jwt"]["claims"]["sub"], "viewer");
    assert!(credential["expires_at"].is_string());
    assert_eq!(
        credential["fingerprint"],
        document["attempts"][0]["credential_fingerprint"]
    );
    assert!(document["timings"]["total_ms"].as_f64().unwrap() > 0.0);
}

#[test]
fn the_chain_is_there_although_it_was_refused() {
    let world = World::open();
    let ran = world.run("call {unknown-ca} lab.v1.Vault/GetPublic --cacert @ca.pem --format json");
    let tls = &ran.document()["handshake"]["tls"];
    assert_eq!(tls["verified"], false);
    assert!(!tls["chain"].as_array().unwrap().is_empty());
    assert_eq!(tls["trust_anchor"], Value::Null);
}

#[test]
fn insecure_reports_the_verdict_and_goes_on() {
    let world = World::open();
    let ran = world
        .run("call {unknown-ca} lab.v1.Vault/GetPublic --cacert @ca.pem --insecure --format json");
    let document = ran.document();
    assert_eq!(ran.code, 0, "{document:#}");
    assert_eq!(document["handshake"]["tls"]["verified"], false);
}

#[test]
fn data_comes_from_files_and_standard_input() {
    use std::io::Write as _;
    use std::process::Stdio;

    let world = World::open();
    let mut child = world
        .command("call {tls} lab.v1.Vault/GetPublic --cacert @ca.pem -d @-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(b"{}").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
}
