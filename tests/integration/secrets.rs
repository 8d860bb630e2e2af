//! No secret in any output, whatever the kind, format or verbosity.

mod places;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use pkcs8::pkcs5::pbes2::Parameters;

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
fn a_token_where_none_belongs_is_not_repeated() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4";
    let world = World::open();
    for line in [
        "TOKEN",
        "token TOKEN",
        "explain TOKEN",
        "check TOKEN",
        "handshake TOKEN",
        "call TOKEN a.B/C",
        "call localhost:1 TOKEN",
        "call localhost:1 a.B/C TOKEN",
        "call localhost:1 a.B/C --max-time TOKEN",
        "call localhost:1 a.B/C --max-time=TOKEN",
        "call localhost:1 a.B/C --tls-min TOKEN",
        "call localhost:1 a.B/C --cacert TOKEN",
        "call localhost:1 a.B/C --config TOKEN",
        "call localhost:1 a.B/C -P TOKEN",
        "call localhost:1 a.B/C --pin TOKEN",
        "call localhost:1 a.B/C --grant TOKEN",
        "call localhost:1 a.B/C --expect TOKEN",
        "call localhost:1 a.B/C --token env:TOKEN",
        "call localhost:1 a.B/C --token file:TOKEN",
        "call localhost:1 a.B/C --token cmd:TOKEN",
        "call localhost:1 a.B/C --tokn TOKEN",
        "call localhost:1 a.B/C --format TOKEN",
    ] {
        for format in ["", "--format json"] {
            let line = format!("{} {format}", line.replace("TOKEN", token));
            let ran = world.run(&line);
            assert_ne!(ran.code, 0, "{line}");
            let shown = format!("{}{}", ran.stdout, ran.stderr);
            let signature = token.rsplit('.').next().unwrap();
            assert!(!shown.contains(signature), "{line}: {shown}");
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

/// What a server echoes of anything that a command sends is masked, in every spelling and every output.
struct Sent {
    name: &'static str,
    /// How it is given; CANARY, PAIR and PADDED are variables.
    flags: &'static str,
    /// What must not be seen of it.
    secret: &'static str,
}

const PERCENT: &str = "c4n%ry+v4lue/of&a<s3cret>=";
const SHORT_PAIR: &str = "bWU6cHctNA==";

const SENT: &[Sent] = &[
    Sent {
        name: "api key",
        flags: "--api-key env:CANARY",
        secret: PERCENT,
    },
    Sent {
        name: "api key with blanks at its ends",
        flags: "--api-key env:PADDED",
        secret: PERCENT,
    },
    Sent {
        name: "--rpc-header",
        flags: "--rpc-header 'authorization: Bearer c4n%ry+v4lue/of&a<s3cret>='",
        secret: PERCENT,
    },
    Sent {
        name: "-H of a secret's name",
        flags: "-H 'x-vault-token: c4n%ry+v4lue/of&a<s3cret>='",
        secret: PERCENT,
    },
    Sent {
        name: "-H with a cookie",
        flags: "-H 'cookie: theme=dark; session=c4n%ry+v4lue/of&a<s3cret>='",
        secret: PERCENT,
    },
    Sent {
        name: "Basic of a short password",
        flags: "--user me --password env:PW",
        secret: SHORT_PAIR,
    },
    Sent {
        name: "Basic in -H",
        flags: "-H 'authorization: Basic bWU6cHctNA=='",
        secret: SHORT_PAIR,
    },
    Sent {
        name: "name and password of a program",
        flags: "--exec 'printf \"username=me\\npassword=pw-4\\n\"'",
        secret: SHORT_PAIR,
    },
    Sent {
        name: "--header-from",
        flags: "--header-from x-tenant=env:CANARY",
        secret: PERCENT,
    },
];

/// A name, and how a server of that name writes a text.
type Spelling = (&'static str, fn(&str) -> String);

/// As servers spell what they echo.
const SPELLED: &[Spelling] = &[
    ("as it is", str::to_owned),
    ("in Go's JSON", |text| {
        text.replace('<', "\\u003c").replace('&', "\\u0026")
    }),
    ("in HTML", |text| {
        text.replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('\'', "&#x27;")
    }),
    ("percent-encoded", |text| {
        let octets = text
            .bytes()
            .map(|octet| match octet.is_ascii_alphanumeric() {
                true => char::from(octet).to_string(),
                false => format!("%{octet:02X}"),
            });
        octets.collect()
    }),
    ("in base64", |text| {
        STANDARD.encode(format!("You sent {text}."))
    }),
    ("in hexadecimal", |text| {
        text.bytes().map(|octet| format!("{octet:02x}")).collect()
    }),
];

#[test]
fn nothing_that_was_sent_comes_back_in_any_spelling() {
    let world = World::open();
    for sent in SENT {
        for (how, spelled) in SPELLED {
            let text = spelled(sent.secret);
            for detail in ["", "-vv", "--format json", "--format ndjson"] {
                let body = serde_json::json!({ "text": format!("({text})") });
                let line = format!(
                    "call {{tls}} lab.v1.Vault/GetPublic --cacert @ca.pem {} {detail}",
                    sent.flags
                );
                let mut command = world.command(&line);
                command
                    .args(["-d", &body.to_string()])
                    .env("CANARY", PERCENT)
                    .env("PADDED", format!(" {PERCENT} "))
                    .env("PW", "pw-4");
                let ran = Ran::new(command.output().unwrap());
                let of = format!(
                    "{} {how} {detail}: {} {}",
                    sent.name, ran.stdout, ran.stderr
                );
                assert_eq!(ran.code, 0, "{of}");
                let escaped = serde_json::Value::from(text.as_str()).to_string();
                for spelling in [&text, escaped.trim_matches('"')] {
                    assert!(!ran.stdout.contains(spelling), "{of}");
                    assert!(!ran.stderr.contains(spelling), "{of}");
                }
                assert!(ran.stdout.contains("<redacted>"), "{of}");
            }
        }
    }
}

/// A key in PKCS#8 under a passphrase.
fn encrypted(plain: &[u8], passphrase: &str) -> String {
    let pem = pem::parse(plain).unwrap();
    let key = pkcs8::PrivateKeyInfoRef::try_from(pem.contents()).unwrap();
    let parameters =
        Parameters::generate_pbkdf2_sha256_aes256cbc(1_000, &[7; 16], [9; 16]).unwrap();
    let document = key.encrypt_with_params(parameters, passphrase).unwrap();
    pem::encode(&pem::Pem::new("ENCRYPTED PRIVATE KEY", document.as_bytes()))
}

/// A key's passphrase goes nowhere; a server that knows it all the same does not bring it into the output.
#[test]
fn a_passphrase_that_comes_back_is_masked() {
    let world = World::open();
    let passphrase = "c4nary of a passphr@se";
    let directory = tempfile::tempdir().unwrap();
    let key = directory.path().join("encrypted.key");
    let plain = std::fs::read(world.directory().join("client-viewer.key")).unwrap();
    std::fs::write(&key, encrypted(&plain, passphrase)).unwrap();
    let line = format!(
        "call {{mtls}} lab.v1.Vault/GetPublic --cacert @ca.pem --cert @client-viewer.pem --key {} --key-pass env:PASS",
        key.display()
    );
    for (how, spelled) in SPELLED {
        for detail in ["-vv", "--format json", "--format ndjson"] {
            let text = spelled(passphrase);
            let body = serde_json::json!({ "text": format!("({text})") });
            let mut command = world.command(&format!("{line} {detail}"));
            command
                .args(["-d", &body.to_string()])
                .env("PASS", passphrase);
            let ran = Ran::new(command.output().unwrap());
            let of = format!("{how} {detail}: {ran:?}");
            assert_eq!(
                (ran.code, ran.stdout.contains("<redacted>")),
                (0, true),
                "{of}"
            );
            assert!(
                !ran.stdout.contains(&text) && !ran.stderr.contains(&text),
                "{of}"
            );
        }
    }
}

#[test]
fn show_secrets_shows_what_was_sent() {
    let world = World::open();
    let line =
        "call {tls} lab.v1.Vault/GetPublic --cacert @ca.pem -H 'x-vault-token: a-t0ken-0f-mine' -v";
    let ran = world.run(line);
    assert!(
        ran.stderr.contains("> x-vault-token: <redacted>"),
        "{}",
        ran.stderr
    );
    let ran = world.run(&format!("{line} --show-secrets"));
    assert!(
        ran.stderr.contains("> x-vault-token: a-t0ken-0f-mine"),
        "{}",
        ran.stderr
    );
}
