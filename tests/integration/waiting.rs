//! `--wait-for`: until a first good handshake, and not for what waiting cannot fix.

use crate::forward::late;
use crate::world::World;

#[test]
fn a_server_that_comes_late_is_waited_for() {
    let world = World::open();
    for (door, flags) in [("tls", "--cacert @ca.pem"), ("plaintext", "--plaintext")] {
        let call = |address| format!("call {address} Vault/GetPublic {flags}");
        let impatient = world.run(&call(late(world.door(door), 2)));
        assert_eq!(impatient.code, 3, "{}", impatient.stderr);
        let line = call(late(world.door(door), 2)) + " --wait-for 60s";
        let ran = world.run(&line);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stderr.contains("at attempt 3"), "{}", ran.stderr);
        let line = call(late(world.door(door), 2)) + " --wait-for 60s --format json";
        let document = world.run(&line).document();
        assert!(document["timings"]["wait_ms"].as_f64().unwrap() > 0.0);
    }
}

/// The pauses before the eighth attempt are longer than the time for the call.
#[test]
fn the_time_for_the_call_begins_after_the_wait() {
    let world = World::open();
    let address = late(world.door("tls"), 7);
    let ran = world.run(&format!(
        "call {address} Vault/GetPublic --cacert @ca.pem --wait-for 60s --max-time 2s"
    ));
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("at attempt 8"), "{}", ran.stderr);
}

#[test]
fn waiting_in_vain_ends_and_says_so() {
    let world = World::open();
    let ran = world.run("call 127.0.0.1:1 Vault/GetPublic --plaintext --wait-for 300ms");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.contains("[net.refused]"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("(--wait-for 300 ms), in "),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains('\u{1b}'), "{:?}", ran.stderr);
}

/// An hour would be noticed.
#[test]
fn what_no_waiting_mends_is_not_waited_for() {
    let world = World::open();
    for (line, id) in [
        (
            "{unknown-ca} Vault/GetPublic --cacert @ca.pem",
            "trust.no-path",
        ),
        (
            "{expired} Vault/GetPublic --cacert @ca.pem",
            "time.expired.leaf",
        ),
        ("{mtls} Vault/GetPublic --cacert @ca.pem", "mtls.required"),
        (
            "{mtls-tls12} Vault/GetPublic --cacert @ca.pem",
            "mtls.required",
        ),
        (
            "{plaintext} Vault/GetPublic --cacert @ca.pem",
            "plain.server-is-grpc",
        ),
    ] {
        let ran = world.run(&format!("call {line} --wait-for 1h"));
        assert_eq!(ran.code, 3, "{line}: {}", ran.stderr);
        assert!(
            ran.stderr.contains(&format!("[{id}]")),
            "{line}: {}",
            ran.stderr
        );
        assert!(
            ran.stderr.contains("was not used"),
            "{line}: {}",
            ran.stderr
        );
    }
}
