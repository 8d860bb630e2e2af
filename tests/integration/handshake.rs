//! `grpcauth handshake` against the lab.

use crate::world::World;

#[test]
fn exit_code_phase_and_diagnosis() {
    let world = World::open();
    for (line, code, reached, id) in [
        ("{tls} --cacert @ca.pem", 0, "done", ""),
        ("{tls12} --cacert @ca.pem", 0, "done", ""),
        ("{plaintext} --plaintext", 0, "done", ""),
        (
            "{mtls} --cacert @ca.pem --cert @client-viewer.pem --key @client-viewer.key",
            0,
            "done",
            "",
        ),
        ("{mtls} --cacert @ca.pem", 3, "http2", "mtls.required"),
        ("{mtls-tls12} --cacert @ca.pem", 3, "tls", "mtls.required"),
        ("{expired} --cacert @ca.pem", 3, "tls", "time.expired.leaf"),
        (
            "{expired} --cacert @ca.pem --insecure",
            3,
            "done",
            "time.expired.leaf",
        ),
        ("{wrong-name} --cacert @ca.pem", 3, "tls", "name.mismatch"),
        ("{unknown-ca} --cacert @ca.pem", 3, "tls", "trust.no-path"),
        ("{tls} --plaintext", 3, "http2", "plain.server-wants-tls"),
        ("127.0.0.1:1", 3, "connect", "net.refused"),
    ] {
        let ran = world.run(&format!("handshake {line} --format json"));
        let document = ran.document();
        let seen = (
            ran.code,
            document["handshake"]["reached"].as_str().unwrap(),
            document["diagnosis"]["id"].as_str().unwrap_or(""),
        );
        assert_eq!(seen, (code, reached, id), "{line}: {document:#}");
        assert_eq!(document["command"], "handshake");
    }
}

#[test]
fn a_limit_of_our_own_is_not_the_peers_fault() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap();
    let world = World::open();
    for limit in ["--max-time 1ms", "--connect-timeout 1ms"] {
        let ran = world.run(&format!(
            "handshake {silent} --no-probe {limit} --format json"
        ));
        let diagnosis = &ran.document()["diagnosis"];
        assert_eq!(ran.code, 3);
        assert_eq!(diagnosis["id"], "deadline.exceeded", "{diagnosis:#}");
        assert_eq!(diagnosis["side"], "client");
    }
}

#[test]
fn the_report_reads_top_down() {
    let world = World::open();
    let ran = world.run("handshake {tls} --cacert @ca.pem");
    let places: Vec<usize> = [
        "address",
        "TLS ",
        "leaf",
        "chain",
        "trust",
        "client",
        "HTTP/2",
        "handshake OK",
    ]
    .iter()
    .map(|word| {
        ran.stdout
            .find(word)
            .unwrap_or_else(|| panic!("{word}: {}", ran.stdout))
    })
    .collect();
    assert!(places.is_sorted(), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
}

#[test]
fn a_byte_order_mark_is_skipped_with_the_command_that_takes_it_off() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("my ca.pem");
    let ca = std::fs::read(&world.words("@ca.pem")[0]).unwrap();
    std::fs::write(&file, [b"\xef\xbb\xbf", &ca[..]].concat()).unwrap();
    let ran = world.run(&format!("handshake {{tls}} --cacert '{}'", file.display()));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr.contains(&format!("'{}'", file.display())),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_server_that_never_speaks_http2_is_given_up_with_a_word() {
    let world = World::open();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let ran = world.run(&format!(
        "handshake {} --plaintext --no-probe --max-time 200ms",
        silent.local_addr().unwrap()
    ));
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("[deadline.exceeded]"), "{}", ran.stderr);
}

#[test]
fn the_chain_is_written_although_it_was_refused() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("chain.pem");
    let ran = world.run(&format!(
        "handshake {{unknown-ca}} --cacert @ca.pem --chain-pem {}",
        file.display()
    ));
    assert_eq!(ran.code, 3);
    let chain = grpcauth::internals::certificates(&std::fs::read(&file).unwrap()).unwrap();
    assert!(!chain.is_empty());
    let nowhere = world.run("handshake {tls} --cacert @ca.pem --chain-pem /nonexistent/chain.pem");
    assert_eq!(nowhere.code, 97, "{}", nowhere.stderr);
}

#[test]
fn two_certificates_glued_on_one_line_are_both_read_with_a_word() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("both.pem");
    let read = |name: &str| std::fs::read_to_string(&world.words(name)[0]).unwrap();
    let other = read("@client-other-ca.pem");
    let ca = read("@ca.pem");
    for (text, is_glued) in [
        (format!("{}{ca}", other.trim_end()), true),
        (format!("{other}{ca}"), false),
    ] {
        std::fs::write(&file, text).unwrap();
        let ran = world.run(&format!("handshake {{tls}} --cacert '{}'", file.display()));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let said = ran.stderr.contains("share one line");
        assert_eq!(said, is_glued, "{}", ran.stderr);
    }
}

#[test]
fn an_intermediate_that_did_not_sign_the_client_certificate_is_named() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("chain.pem");
    let read = |name: &str| std::fs::read_to_string(&world.words(name)[0]).unwrap();
    let leaf = read("@client-viewer.pem");
    let key = world.words("@client-viewer.key")[0].clone();
    for (text, is_told) in [
        (format!("{leaf}{}", read("@client-other-ca.pem")), true),
        (leaf, false),
    ] {
        std::fs::write(&file, text).unwrap();
        let ran = world.run(&format!(
            "handshake {{tls}} --cacert @ca.pem --cert '{}' --key '{key}'",
            file.display()
        ));
        let said = ran.stderr.contains("did not sign the client certificate");
        assert_eq!(said, is_told, "{}", ran.stderr);
    }
}
