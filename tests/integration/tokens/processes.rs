//! Many processes with the same expired token: one of them refreshes it, and all go on with what came.
//!
//! The lab spends a refresh token with its use, and closes the session if it comes again.

use std::process::Stdio;

use serde_json::Value;

use super::PASSWORD;
use crate::home::Home;
use crate::world::Ran;
use crate::world::World;

const PROCESSES: usize = 20;
const ROUNDS: usize = 10;

/// Runs the line in many processes at once.
fn together(lab: &World, home: &Home, line: &str) -> Vec<Ran> {
    let children: Vec<_> = (0..PROCESSES)
        .map(|_| {
            home.command(lab, line)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    let ended = children.into_iter().map(|child| child.wait_with_output());
    ended.map(|output| Ran::new(output.unwrap())).collect()
}

#[test]
fn twenty_processes_refresh_once_ten_times_over() {
    let lab = World::open();
    let home = Home::new();
    // Without TLS it is quicker, and more of them meet.
    let endpoint = lab.door("http-login").replace("/login", "/token");
    let line = format!("token get {PASSWORD} --format json").replace("{issuer}/token", &endpoint);
    assert_eq!(home.run(&lab, &line).code, 0);
    let mut token = home.kept_token();
    for round in 0..ROUNDS {
        home.expire();
        let before = lab.requests("/token");
        let ended = together(&lab, &home, &line);
        assert_eq!(lab.requests("/token"), before + 1, "round {round}");
        let mut fresh: Vec<Value> = ended
            .iter()
            .map(|ran| {
                assert_eq!(ran.code, 0, "round {round}: {ran:?}");
                ran.document()["token"].clone()
            })
            .collect();
        fresh.dedup();
        assert_eq!(fresh, [Value::from(home.kept_token())], "round {round}");
        assert_ne!(fresh, [Value::from(token)], "round {round}");
        token = home.kept_token();
        let refreshed = ended
            .iter()
            .filter(|ran| ran.document()["credential"]["obtained"] == "refreshed");
        assert_eq!(refreshed.count(), 1, "round {round}");
    }
}

#[test]
fn twenty_calls_with_a_refused_token_refresh_it_once() {
    let lab = World::open();
    let home = Home::new();
    super::revoked(&lab, &home);
    let before = lab.requests("/token");
    let line = format!("call {{tls}} lab.v1.Vault/GetViewer {PASSWORD} --format json");
    for ran in together(&lab, &home, &line) {
        assert_eq!(ran.code, 0, "{ran:?}");
        let attempts = super::attempts(&ran.document());
        // Who came late found the new token.
        assert!(attempts == [16, 0] || attempts == [0], "{attempts:?}");
    }
    assert_eq!(lab.requests("/token"), before + 1);
}
