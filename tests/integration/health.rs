//! `grpcauth health`: against the lab, and against peers that answer as they are told.

use std::io::BufRead as _;
use std::io::BufReader;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;
use serde_json::json;

use crate::hostile::serve;
use crate::raw_http2::Step;
use crate::raw_http2::fields;
use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

fn head() -> Vec<Step> {
    let fields = fields(&[(":status", "200"), ("content-type", "application/grpc")]);
    vec![
        Step::Settings(vec![]),
        Step::AwaitEnd,
        Step::Headers { fields, end: false },
    ]
}

fn message(octets: &[u8]) -> Step {
    let length = u32::try_from(octets.len()).unwrap().to_be_bytes();
    Step::Data {
        octets: [&[0][..], &length, octets].concat(),
        end: false,
    }
}

fn trailers(status: &str) -> Step {
    Step::Headers {
        fields: fields(&[("grpc-status", status)]),
        end: true,
    }
}

/// A server whose health service answers with these messages, and then OK.
fn answering(messages: &[&[u8]]) -> String {
    let mut script = head();
    script.extend(messages.iter().map(|octets| message(octets)));
    script.push(trailers("0"));
    serve(&script)
}

fn health(address: &str, flags: &[&str]) -> Ran {
    let mut command = grpcauth();
    command.args(["health", address, "--plaintext", "--max-time", "5s"]);
    Ran::new(command.args(flags).output().unwrap())
}

#[test]
fn the_lab_is_healthy_by_every_way_in() {
    let world = World::open();
    for line in [
        "health {tls} --cacert @ca.pem",
        "health {tls} lab.v1.Vault --cacert @ca.pem",
        "health {mtls} lab.v1.Vault --cacert @ca.pem --cert @client-viewer.pem --key @client-viewer.key",
        "health {tls} --cacert @ca.pem --token file:@token-viewer.jwt",
        "health {plaintext} --plaintext",
        // grpc-health-probe's own lines.
        "health -addr={plaintext}",
        "health -addr {plaintext} -connect-timeout 5s -rpc-timeout 5s -service lab.v1.Vault",
        "health -addr {tls} -tls -tls-ca-cert @ca.pem -tls-server-name=localhost -rpc-header=foo:bar -rpc-header=foo2:bar2",
        "health -addr {mtls} -tls -tls-ca-cert @ca.pem -tls-client-cert @client-viewer.pem -tls-client-key @client-viewer.key -user-agent probe/1",
    ] {
        // A flag and its value in one word are filled in as two.
        let line = line.replace("-addr={", "-addr {");
        let ran = world.run(&line);
        assert_eq!(
            (ran.code, ran.stdout.as_str()),
            (0, "status: SERVING\n"),
            "{line}: {ran:?}"
        );
    }
}

#[test]
fn what_goes_wrong_is_told_as_by_call() {
    let world = World::open();
    for (line, code, id) in [
        (
            "health {tls} no.Such --cacert @ca.pem",
            69,
            "grpc.unknown-health-service",
        ),
        ("health {mtls} --cacert @ca.pem", 3, "mtls.required"),
        ("health {tls} --cacert @other-ca.pem", 3, "trust.no-path"),
        ("health -addr {tls}", 3, "plain.server-wants-tls"),
        (
            "health {no-health} --plaintext",
            76,
            "grpc.unimplemented-method",
        ),
    ] {
        let line = line.replace("{no-health}", &unimplemented());
        let ran = world.run(&format!("{line} --format json"));
        let document = ran.document();
        let told = document["diagnosis"]["id"].as_str();
        assert_eq!(
            (ran.code, document["command"].as_str()),
            (code, Some("health")),
            "{line}: {document:#}"
        );
        assert_eq!(told, Some(id), "{line}: {document:#}");
        assert_eq!(document["serving_status"], Value::Null, "{line}");
    }
}

/// A server without a health service.
fn unimplemented() -> String {
    let mut fields = fields(&[(":status", "200"), ("content-type", "application/grpc")]);
    fields.push(("grpc-status".to_owned(), b"12".to_vec()));
    serve(&[
        Step::Settings(vec![]),
        Step::AwaitEnd,
        Step::Headers { fields, end: true },
    ])
}

#[test]
fn only_serving_is_a_success() {
    for (octets, name, message, code) in [
        (&b"\x08\x01"[..], "SERVING", json!("SERVING"), 0),
        (b"\x08\x02", "NOT_SERVING", json!("NOT_SERVING"), 1),
        (b"\x08\x03", "SERVICE_UNKNOWN", json!("SERVICE_UNKNOWN"), 1),
        (b"", "UNKNOWN", json!("UNKNOWN"), 1),
        (b"\x08\x09", "UNDEFINED_9", json!(9), 1),
    ] {
        let address = answering(&[octets]);
        let ran = health(&address, &["shop.v1.Orders", "--format", "json"]);
        let document = ran.document();
        assert_eq!((ran.code, ran.stderr.as_str()), (code, ""), "{name}");
        assert_eq!(document["serving_status"], name);
        assert_eq!(document["service"], "shop.v1.Orders");
        assert_eq!(document["messages"], json!([{ "status": message }]));
        assert_eq!(document["status"]["name"], "OK");
        assert_eq!(document["diagnosis"], Value::Null);
        assert_eq!(document["exit_code"], code);
        let keys: Vec<&String> = document.as_object().unwrap().keys().collect();
        assert_eq!(keys[..2], ["schema", "command"]);

        let ran = health(&address, &["shop.v1.Orders"]);
        assert_eq!(ran.stdout, format!("status: {name}\n"));
        let told = format!("error: shop.v1.Orders is {name}");
        assert_eq!(ran.stderr.contains(&told), code != 0, "{}", ran.stderr);
        let expected = health(&address, &["--expect", "allowed"]);
        assert_eq!(expected.code, 0, "the status of the RPC decides");
    }
    let address = answering(&[b"\x08\x01"]);
    assert_eq!(health(&address, &["--compress", "gzip"]).code, 0);
}

#[test]
fn what_is_not_a_response_is_not_a_status() {
    for (messages, code) in [
        (&[&b"\x0a\x01x"[..]][..], 77),
        (&[b"\x08\x01", b"\x08\x01"], 77),
        (&[], 77),
    ] {
        let ran = health(&answering(messages), &["--format", "json"]);
        let document = ran.document();
        assert_eq!(ran.code, code, "{document:#}");
        assert!(!document["diagnosis"].is_null());
    }
}

#[test]
fn watch_follows_each_status_until_the_stream_ends() {
    let changes = [&b"\x08\x03"[..], b"\x08\x01", b"\x08\x02"];
    let address = answering(&changes);
    let ran = health(&address, &["--watch"]);
    let statuses = "status: SERVICE_UNKNOWN\nstatus: SERVING\nstatus: NOT_SERVING\n";
    assert_eq!((ran.code, ran.stdout.as_str()), (1, statuses));

    let ran = health(&address, &["--watch", "--format", "ndjson"]);
    let lines: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let message = |name| json!({"event": "message", "message": {"status": name}});
    assert_eq!(
        lines[1..4],
        [
            message("SERVICE_UNKNOWN"),
            message("SERVING"),
            message("NOT_SERVING")
        ]
    );
    let end = lines.last().unwrap();
    assert_eq!(end["serving_status"], "NOT_SERVING");
    assert_eq!(end.get("messages"), None);

    let ended_well = answering(&[b"\x08\x02", b"\x08\x01"]);
    assert_eq!(health(&ended_well, &["--watch"]).code, 0);
    let silent = answering(&[]);
    let ran = health(&silent, &["--watch"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stderr.contains("without a serving status"),
        "{}",
        ran.stderr
    );
}

/// Each status is there before the next is: an interrupt ends it, and the document has what was seen.
#[test]
fn watch_is_ended_by_an_interrupt() {
    let mut script = head();
    script.push(message(b"\x08\x01"));
    let address = serve(&script);
    let mut child = grpcauth()
        .args([
            "health",
            &address,
            "--plaintext",
            "--watch",
            "--format",
            "ndjson",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let told = |line: Option<Result<String, _>>| -> Value {
        serde_json::from_str(&line.unwrap().unwrap()).unwrap()
    };
    assert_eq!(told(lines.next())["event"], "headers");
    assert_eq!(told(lines.next())["message"]["status"], "SERVING");
    let pid = child.id().to_string();
    let sent = Command::new("kill").args(["-INT", &pid]).status().unwrap();
    assert!(sent.success());
    let end = told(lines.next());
    assert_eq!(
        (&end["event"], &end["command"]),
        (&json!("finished"), &json!("health"))
    );
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn what_the_probe_has_and_this_has_not_is_refused_by_name() {
    for (flag, words) in [
        ("-alts", "grpc-health-probe's -alts has no counterpart"),
        ("-spiffe", "--server-spiffe-id"),
        ("-tls-no-verify", "given without -tls"),
        ("-rpc-timeout=5", "not a valid duration"),
    ] {
        let mut command = grpcauth();
        let ran = Ran::new(command.args(["health", "-addr=:1", flag]).output().unwrap());
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains(words), "{flag}: {}", ran.stderr);
    }
}
