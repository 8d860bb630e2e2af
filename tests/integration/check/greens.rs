//! Greens that lie: what cannot be known is never exit code 0.

use crate::check::IDENTITIES;
use crate::check::Suites;
use crate::check::head;
use crate::grpc_server::Answering;
use crate::grpc_server::Block;
use crate::grpc_server::GrpcServer;

/// Everybody is denied: what a dead token and a server that denies everything would pass.
const DENIALS: &str = r#"
schema = { protoset = "@vault.protoset" }
[identity.viewer]
auth = { kind = "bearer", token = "file:@TOKEN" }
[[matrix]]
methods = ["lab.v1.Vault/*Admin"]
expect = { anonymous = "denied", viewer = "denied" }
"#;

#[test]
fn a_dead_credential_is_never_green() {
    let suites = Suites::new();
    for (token, allowed, code) in [
        // Nobody is allowed anything: it is not known whether the token works.
        ("token-viewer.jwt", "", 3),
        ("token-expired.jwt", "", 3),
        ("token-other-key.jwt", "", 3),
        (
            "token-expired.jwt",
            "control = \"lab.v1.Vault/GetViewer\"\n",
            1,
        ),
        (
            "token-wrong-audience.jwt",
            "control = \"lab.v1.Vault/GetViewer\"\n",
            1,
        ),
        (
            "token-viewer.jwt",
            "control = \"lab.v1.Vault/GetViewer\"\n",
            0,
        ),
    ] {
        let text = format!("{}{DENIALS}", head("tls"))
            .replace("TOKEN", token)
            .replace("[[matrix]]", &format!("{allowed}[[matrix]]"));
        let (earned, suite) = suites.document(&text, "");
        assert_eq!(earned, code, "{token} {allowed}: {suite}");
        let viewer = suite["cases"][1].clone();
        let verdict = if code == 0 { "pass" } else { "inconclusive" };
        assert_eq!(viewer["verdict"], verdict, "{viewer}");
        if token == "token-expired.jwt" {
            let reason = viewer["reason"].as_str().unwrap();
            assert!(reason.contains("expired"), "{reason}");
        }
    }
}

/// What anybody may call shows nothing of a credential.
#[test]
fn a_method_that_is_open_to_all_shows_no_life() {
    let suites = Suites::new();
    let denials = "[[matrix]]\nmethods = [\"lab.v1.Vault/*Admin\"]";
    let open = |expect: &str| {
        format!(
            "[[matrix]]\nmethods = [\"lab.v1.Vault/GetPublic\"]\neffect = \"read\"\nexpect = {{ {expect} = \"allowed\" }}\n"
        )
    };
    for (control, open) in [
        ("", open("\"*\"")),
        ("control = \"lab.v1.Vault/GetPublic\"\n", open("anonymous")),
    ] {
        let text = format!("{}{DENIALS}{open}", head("tls"))
            .replace("TOKEN", "token-other-key.jwt")
            .replace(denials, &format!("{control}{denials}"));
        let (code, suite) = suites.document(&text, "");
        assert_ne!(code, 0, "{suite}");
        let verdict = |case: usize| suite["cases"][case]["verdict"].clone();
        assert_eq!(verdict(0), "pass", "the target is up: {suite}");
        assert_eq!(verdict(1), "inconclusive", "{suite}");
    }
}

#[test]
fn a_revoked_token_is_never_green() {
    let suites = Suites::new();
    let text = format!("{}{DENIALS}", head("revoked-token")).replace("TOKEN", "token-viewer.jwt");
    let (code, suite) = suites.document(&text, "");
    assert_eq!(code, 3, "{suite}");
}

#[test]
fn whoever_denies_everything_passes_nothing() {
    let suites = Suites::new();
    for door in ["gateway-401", "gateway-403"] {
        let text = format!("{}{DENIALS}", head(door)).replace("TOKEN", "token-viewer.jwt");
        let (code, suite) = suites.document(&text, "");
        assert_eq!(code, 3, "{door}: {suite}");
        let anonymous = &suite["cases"][0];
        assert_eq!(anonymous["verdict"], "inconclusive", "{anonymous}");
        assert_eq!(anonymous["answered_by"], "proxy");
        // Only anonymous denials: a method that does not exist is refused as all others are.
        let alone = text.replace(", viewer = \"denied\"", "");
        assert_eq!(suites.document(&alone, "").0, 3, "{door}");
        let line = format!(
            "check {{{door}}} --anonymous --call all --cacert @ca.pem --protoset @vault.protoset"
        );
        assert_eq!(suites.world.run(&line).code, 3, "{door}");
    }
}

fn is_vault(path: &str) -> bool {
    path.starts_with("/lab.v1.Vault/")
}

/// Envoy says no to everybody, and answers what it has no route for as servers answer a method that they lack.
#[test]
fn a_proxy_that_has_no_route_shows_no_life_of_the_server() {
    const NO_ROUTE: Block = &[("grpc-status", "12"), ("server", "envoy")];
    const DENIED: Block = &[
        ("grpc-status", "7"),
        ("grpc-message", "RBAC: access denied"),
        ("server", "envoy"),
    ];
    const UNKNOWN: Block = &[
        ("grpc-status", "12"),
        ("server", "envoy"),
        ("x-envoy-upstream-service-time", "1"),
    ];
    const ALONE: Answering = Answering::ByPath(|path| match is_vault(path) {
        true => DENIED,
        false => NO_ROUTE,
    });
    const BEFORE_A_SERVER: Answering = Answering::ByPath(|path| match is_vault(path) {
        true => DENIED,
        false => UNKNOWN,
    });
    let suites = Suites::new();
    for (code, server) in [
        (3, GrpcServer::open(&[ALONE])),
        (0, GrpcServer::open(&[BEFORE_A_SERVER])),
    ] {
        let text = format!(
            "version = 1\ntarget = \"http://{}\"\n{DENIALS}",
            server.address
        );
        let text = text
            .replace("TOKEN", "token-viewer.jwt")
            .replace(", viewer = \"denied\"", "");
        let (earned, suite) = suites.document(&text, "");
        assert_eq!(earned, code, "{suite}");
        let anonymous = &suite["cases"][0];
        assert_eq!(anonymous["answered_by"], "proxy", "{anonymous}");
        assert_eq!(
            anonymous["answered_by_shown_by"][0], "server: envoy",
            "{anonymous}"
        );
    }
}

#[test]
fn anonymous_denials_are_green_where_the_server_tells_methods_apart() {
    let suites = Suites::new();
    let text = format!("{}{DENIALS}", head("tls"))
        .replace("TOKEN", "token-viewer.jwt")
        .replace(", viewer = \"denied\"", "");
    let (code, suite) = suites.document(&text, "");
    assert_eq!(code, 0, "{suite}");
    let line = "check {tls} --anonymous --cacert @ca.pem --public lab.v1.Vault/*Public --public grpc.health.** --public auth.v1.**";
    let ran = suites.world.run(line);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let open = suites
        .world
        .run("check {tls} --anonymous --cacert @ca.pem --public auth.v1.**");
    assert_eq!(open.code, 1, "{}", open.stdout);
    assert!(
        open.stdout.contains("lab.v1.Vault/GetPublic as anonymous"),
        "{}",
        open.stdout
    );
}

#[test]
fn whoever_is_not_there_passes_nothing() {
    let suites = Suites::new();
    let denials = |target: &str| {
        format!("version = 1\ntarget = \"{target}\"\nca = \"@ca.pem\"\n{DENIALS}")
            .replace("TOKEN", "token-viewer.jwt")
    };
    for target in [
        "127.0.0.1:1",
        "{refused}",
        "{closed}",
        "{reset}",
        "{ssh}",
        "{wrong-name}",
    ] {
        let (code, suite) = suites.document(&denials(target), "");
        assert_eq!(code, 3, "{target}: {suite}");
        let cases = suite["cases"].as_array().unwrap();
        assert!(
            cases.iter().all(|case| case["verdict"] == "inconclusive"),
            "{suite}"
        );
    }
    // The same where the schema would come from there.
    let text = denials("127.0.0.1:1").replace("schema = { protoset = \"@vault.protoset\" }", "");
    assert_eq!(suites.check(&text, "").code, 3);
    assert_eq!(suites.check(&text, "--list").code, 3);
}

#[test]
fn a_credential_that_cannot_be_obtained_is_told_and_the_others_run() {
    let suites = Suites::new();
    let text = format!(
        "{}{IDENTITIES}\n[identity.lost]\nauth = {{ kind = \"oauth\", grant = \"client_credentials\", token_url = \"http://127.0.0.1:1/token\", client_id = \"x\", client_secret = \"file:@oauth-ci.secret\" }}\n[[matrix]]\nmethods = [\"lab.v1.Vault/GetViewer\"]\neffect = \"read\"\nexpect = {{ anonymous = \"denied\", viewer = \"allowed\", lost = \"denied\" }}\n",
        head("tls")
    );
    let (code, suite) = suites.document(&text, "");
    assert_eq!(code, 4, "{suite}");
    let verdicts: Vec<&str> = suite["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(
        verdicts,
        ["pass", "pass", "pass", "inconclusive"],
        "{suite}"
    );
}

#[test]
fn a_suite_that_selects_nothing_checks_nothing() {
    let suites = Suites::new();
    let row =
        "[[matrix]]\nmethods = [\"lab.v1.Vault/GetViewer\"]\nexpect = { anonymous = \"denied\" }\n";
    for (text, flags, code) in [
        (
            format!("{}{row}", head("tls")),
            "--filter identity=nobody",
            5,
        ),
        (format!("{}{row}", head("tls")), "", 0),
        (head("tls"), "", 5),
        (
            format!("{}[tls]\nplaintext = \"refused\"\n", head("tls")),
            "",
            0,
        ),
    ] {
        let ran = suites.check(&text, flags);
        assert_eq!(ran.code, code, "{text} {flags}: {}", ran.stdout);
    }
}

#[test]
fn credentials_alone_are_green_only_where_they_are_shown_to_work() {
    let suites = Suites::new();
    let with = |control: &str, token: &str| {
        format!(
            "{}[identity.viewer]\nauth = {{ kind = \"bearer\", token = \"file:@{token}\" }}\n{control}[[matrix]]\nmethods = [\"lab.v1.Vault/GetAdmin\"]\nexpect = {{ viewer = \"denied\" }}\n",
            head("tls")
        )
    };
    let control = "control = \"lab.v1.Vault/GetViewer\"\n";
    for (text, code) in [
        (with(control, "token-viewer.jwt"), 0),
        (with(control, "token-expired.jwt"), 1),
        (with("", "token-viewer.jwt"), 3),
    ] {
        let (earned, suite) = suites.document(&text, "--credentials");
        assert_eq!(earned, code, "{suite}");
        assert!(
            suite["cases"]
                .as_array()
                .unwrap()
                .iter()
                .all(|case| case["verdict"] == "skipped")
        );
    }
}
