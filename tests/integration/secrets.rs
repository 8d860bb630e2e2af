//! No secret in any output, whatever the kind, format or verbosity.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::world::Ran;
use crate::world::World;

const CANARY: &str = "c4nary-v4lue-0f-a-s3cret";

/// Every way of giving it, by environment.
const KINDS: &[&str] = &[
    "--token env:CANARY",
    "--token env:CANARY --scheme Token --header-name x-token",
    "--user me --password env:CANARY",
    "--api-key env:CANARY",
    "--api-key env:CANARY --api-key-name x-other",
    "--token 'cmd:printenv CANARY'",
];

#[test]
fn canaries_do_not_sing() {
    let world = World::open();
    let forms = [
        CANARY.to_owned(),
        STANDARD.encode(CANARY),
        STANDARD.encode(format!("me:{CANARY}")),
    ];
    for kind in KINDS {
        for target in [
            "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem",
            "{gateway-401} lab.v1.Vault/GetViewer --cacert @ca.pem",
            "{plaintext} lab.v1.Vault/GetViewer --plaintext",
            "{unknown-ca} lab.v1.Vault/GetViewer --cacert @ca.pem",
        ] {
            for detail in ["", "-v", "-vv", "--format json", "-q"] {
                let line = format!("call {target} {kind} {detail}");
                let ran = Ran::new(world.command(&line).env("CANARY", CANARY).output().unwrap());
                for form in &forms {
                    assert!(
                        !ran.stdout.contains(form) && !ran.stderr.contains(form),
                        "{line} shows {form}: {} {}",
                        ran.stdout,
                        ran.stderr
                    );
                }
            }
        }
    }
}

#[test]
fn a_secret_on_the_command_line_is_refused_without_being_repeated() {
    let world = World::open();
    for flag in ["--token", "--api-key", "--user me --password"] {
        let ran = world.run(&format!("call {{tls}} Vault/GetViewer {flag} {CANARY}"));
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("env:NAME"), "{}", ran.stderr);
        assert!(!ran.stderr.contains(CANARY), "{}", ran.stderr);
    }
}

/// The lab's Vault gives back what text it is sent.
#[test]
fn a_secret_that_the_server_echoes_is_masked_with_a_notice() {
    let world = World::open();
    let line = format!(
        "call {{tls}} lab.v1.Vault/GetPublic --cacert @ca.pem --api-key env:CANARY -d '{{\"text\": \"{CANARY}\"}}'"
    );
    let run = |more: &str| {
        let line = format!("{line} {more}");
        Ran::new(world.command(&line).env("CANARY", CANARY).output().unwrap())
    };
    let ran = run("");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.contains("<redacted>"), "{}", ran.stdout);
    assert!(ran.stderr.contains("echoes a secret"), "{}", ran.stderr);
    assert!(!run("--format json").stdout.contains(CANARY));
    assert!(run("--show-secrets").stdout.contains(CANARY));
}
