//! `check` against the lab: what holds is green, and nothing that cannot be known is.

mod greens;
mod mistakes;

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::world::Ran;
use crate::world::World;

/// A world, and a directory for suites.
struct Suites {
    world: World,
    directory: TempDir,
}

/// A viewer, an admin, and a credential that must not work.
const IDENTITIES: &str = r#"
[identity.viewer]
auth = { kind = "bearer", token = "file:@token-viewer.jwt" }
[identity.admin]
extends = "viewer"
auth = { token = "file:@token-admin.jwt" }
[identity.expired]
auth = { kind = "bearer", token = "file:@token-expired.jwt" }
expect = "denied"
"#;

/// What the lab's vault allows.
const MATRIX: &str = r#"
[[matrix]]
name = "for viewers"
methods = ["lab.v1.Vault/*Viewer"]
effect = "read"
expect = { anonymous = "UNAUTHENTICATED", viewer = "allowed", admin = "OK" }
[[matrix]]
name = "for admins"
methods = ["lab.v1.Vault/*Admin"]
expect = { anonymous = "denied", viewer = "PERMISSION_DENIED", admin = "OK" }
[coverage]
unlisted = "denied"
public = ["grpc.health.**", "lab.v1.Vault/*Public"]
ignore = ["auth.v1.**"]
"#;

impl Suites {
    fn new() -> Self {
        Self {
            world: World::open(),
            directory: tempfile::tempdir().unwrap(),
        }
    }

    /// Writes a suite; `{door}` is a door's address, `@name` a file of the lab's.
    fn write(&self, name: &str, text: &str) -> String {
        let mut filled = text.to_owned();
        for door in self.world.doors() {
            filled = filled.replace(&format!("{{{}}}", door.id), &door.address);
        }
        let lab = self.world.directory().display().to_string();
        filled = filled.replace('@', &format!("{lab}/"));
        let path = self.directory.path().join(name);
        fs::write(&path, filled).unwrap();
        path.display().to_string()
    }

    /// Runs `check` on this text.
    fn check(&self, text: &str, flags: &str) -> Ran {
        let file = self.write("shop.auth.toml", text);
        self.world.run(&format!("check {file} {flags}"))
    }

    /// The same, with the one suite of its document.
    fn document(&self, text: &str, flags: &str) -> (i32, Value) {
        let ran = self.check(text, &format!("{flags} --format json"));
        let document = ran.document();
        assert_eq!(document["exit_code"], ran.code, "{document}");
        (ran.code, document["suites"][0].clone())
    }
}

fn head(door: &str) -> String {
    format!("version = 1\ntarget = \"{{{door}}}\"\nca = \"@ca.pem\"\n")
}

/// The cases that are not green, as `NAME VERDICT`.
fn not_green(suite: &Value) -> Vec<String> {
    let cases = suite["cases"].as_array().unwrap().iter();
    cases
        .filter(|case| case["verdict"] != "pass")
        .map(|case| {
            format!(
                "{} {}",
                case["name"].as_str().unwrap(),
                case["verdict"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn a_suite_that_says_what_the_server_does_is_green() {
    let suites = Suites::new();
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"));
    let (code, suite) = suites.document(&text, "");
    assert_eq!(not_green(&suite), [""; 0]);
    assert_eq!(code, 0, "{suite}");
    let counts = &suite["counts"];
    let cases = suite["cases"].as_array().unwrap().len();
    // The handshake and three credentials.
    assert_eq!(counts["checks"], cases + 4);
    assert_eq!(suite["coverage"]["cells_covered"], cases);
    let viewer = suite["cases"]
        .as_array()
        .unwrap()
        .iter()
        .find(|case| case["name"] == "lab.v1.Vault/GetAdmin as viewer")
        .unwrap();
    assert_eq!(viewer["status"]["name"], "PERMISSION_DENIED");
    assert_eq!(
        (&viewer["outcome"], &viewer["answered_by"]),
        (&"denied".into(), &"server".into())
    );
    assert!(viewer["line"].as_u64().unwrap() > 10);
    let text = suites.check(&text, "");
    assert_eq!(
        (text.code, text.stderr.as_str()),
        (0, ""),
        "{}",
        text.stdout
    );
    assert!(text.stdout.contains("✓ DENIED"), "{}", text.stdout);
}

#[test]
fn holes_are_found_and_nothing_else() {
    let suites = Suites::new();
    // The wrong role, a method that nobody knows of, a credential that is not as it must be, and open methods.
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"))
        .replace(
            "viewer = \"allowed\", admin = \"OK\"",
            "viewer = \"allowed\", admin = \"denied\"",
        )
        .replace(", \"lab.v1.Vault/*Public\"", "");
    let (code, suite) = suites.document(&text, "");
    assert_eq!(code, 1);
    let mut expected = Vec::new();
    for method in ["Collect", "Get", "List", "Watch"] {
        expected.push(format!("lab.v1.Vault/{method}Viewer as admin fail"));
        for identity in ["anonymous", "viewer", "admin", "expired"] {
            expected.push(format!("lab.v1.Vault/{method}Public as {identity} fail"));
        }
    }
    let mut found = not_green(&suite);
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    let ran = suites.check(&text, "");
    let line = text
        .lines()
        .position(|line| line.contains("admin = \"denied\""))
        .unwrap()
        + 1;
    assert!(
        ran.stdout.contains(&format!(
            "shop.auth.toml:{line}  lab.v1.Vault/GetViewer as admin"
        )),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("expected denied, got OK"),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout.contains("again: grpcauth call --suite"),
        "{}",
        ran.stdout
    );
}

#[test]
fn tls_and_reflection_have_lines_of_their_own() {
    let suites = Suites::new();
    let all = "reflection = \"denied\"\n[tls]\nmin_version = \"1.3\"\ncert_valid_for = \"1h\"\nclient_cert = \"required\"\nplaintext = \"refused\"\n";
    let robot =
        "[identity.robot]\ntls = { cert = \"@client-admin.pem\", key = \"@client-admin.key\" }\n";
    let row = "[[matrix]]\nmethods = [\"lab.v1.Vault/GetAdmin\"]\neffect = \"read\"\nexpect = { anonymous = \"denied\", robot = \"allowed\" }\n";
    for (door, schema, failing) in [
        ("tls", "", &["min_version", "client_cert", "reflection"][..]),
        ("mtls", "reflect_as = \"robot\"\n", &["min_version"]),
    ] {
        let text = format!("{}{schema}{all}{robot}{row}", head(door));
        let (code, suite) = suites.document(&text, "");
        let lines = suite["tls"].as_array().unwrap();
        let failed: Vec<&str> = lines
            .iter()
            .filter(|line| line["verdict"] == "fail")
            .map(|line| line["name"].as_str().unwrap())
            .collect();
        assert_eq!(failed, failing, "{door}: {lines:#?}");
        assert!(
            lines.iter().all(|line| line["verdict"] != "inconclusive"),
            "{lines:#?}"
        );
        assert_eq!(lines.len(), 6);
        assert_eq!(code, 1);
        if door == "mtls" {
            assert_eq!(not_green(&suite), [""; 0]);
            let anonymous = &suite["cases"][0];
            assert_eq!(anonymous["outcome"], "tls_refused", "{anonymous}");
        }
    }
    // Waived until a day, and after it failing.
    for (until, code) in [("2999-01-01", 0), ("2001-01-01", 1)] {
        let waiver =
            format!("[[waiver]]\ncheck = \"min_version\"\nreason = \"X-1\"\nuntil = {until}\n");
        let text = format!(
            "{}reflect_as = \"robot\"\n{all}{robot}{row}{waiver}",
            head("mtls")
        );
        let (earned, suite) = suites.document(&text, "");
        assert_eq!(earned, code, "{suite}");
        assert_eq!(suite["counts"]["waived"], u64::from(code == 0));
    }
}

#[test]
fn cases_assert_what_is_said() {
    let suites = Suites::new();
    let case = |assert: &str| {
        format!(
            "{}{IDENTITIES}[[case]]\nmethod = \"Vault/GetViewer\"\nas = \"viewer\"\nexpect = \"allowed\"\neffect = \"read\"\n[[case]]\nname = \"why\"\nmethod = \"Vault/GetAdmin\"\nas = \"viewer\"\nexpect = \"PERMISSION_DENIED\"\nassert = {{ {assert} }}\n",
            head("tls")
        )
    };
    for (assert, holds) in [
        ("message = \"/role/\"", true),
        ("message = \"/nothing like it/\"", false),
        ("\"trailer.grpc-status\" = 7", true),
        ("\"response.number\" = \"exists\"", false),
    ] {
        let (code, suite) = suites.document(&case(assert), "");
        assert_eq!(code == 0, holds, "{assert}: {suite}");
        let why = &suite["cases"][1];
        assert_eq!(why["row"], "why");
        assert_eq!(why["reason"].is_null(), holds, "{why}");
    }
}

#[test]
fn what_must_not_be_seen_is_a_leak_whatever_the_status() {
    let suites = Suites::new();
    let text = format!(
        "{}{IDENTITIES}[[matrix]]\nmethods = [\"lab.v1.Vault/GetViewer\"]\neffect = \"read\"\nexpect = {{ viewer = \"allowed\", anonymous = \"denied\" }}\nnever_contains = [\"ROLE\", \"viewer\"]\n",
        head("tls")
    );
    let (code, suite) = suites.document(&text, "");
    assert_eq!(code, 1);
    assert_eq!(not_green(&suite), ["lab.v1.Vault/GetViewer as viewer fail"]);
    let reason = suite["cases"][1]["reason"].as_str().unwrap();
    assert!(reason.starts_with("leak"), "{reason}");
}

#[test]
fn a_list_calls_nothing_and_names_each_cell() {
    let suites = Suites::new();
    let text = "version = 1\ntarget = \"127.0.0.1:1\"\nschema = { protoset = \"@vault.protoset\" }\n[[matrix]]\nmethods = [\"lab.v1.Vault/Get*\"]\nexpect = { anonymous = \"denied\" }\n";
    let ran = suites.check(text, "--list");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{}", ran.stdout);
    let file = suites
        .directory
        .path()
        .join("shop.auth.toml")
        .display()
        .to_string();
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            format!("{file}:6 lab.v1.Vault/GetAdmin as anonymous expected denied"),
            format!("{file}:6 lab.v1.Vault/GetPublic as anonymous expected denied"),
            format!("{file}:6 lab.v1.Vault/GetViewer as anonymous expected denied"),
        ]
    );
    let (code, suite) = suites.document(text, "--list");
    assert_eq!(
        (code, &suite["cases"][0]["reason"]),
        (0, &"listed, not called".into())
    );
    let one = suites.check(text, "--list --filter method=*GetPublic");
    assert!(
        one.stdout
            .contains("GetAdmin as anonymous expected denied (not selected by --filter)")
    );
}

/// The same suite as JSON, with two targets, each of which has its own cells.
#[test]
fn several_targets_and_json_are_a_suite_too() {
    let suites = Suites::new();
    let text = r#"{
        "version": 1,
        "target": {
            "one": { "address": "{tls}", "ca": "@ca.pem" },
            "two": { "address": "http://{plaintext}" }
        },
        "identity": { "viewer": { "auth": { "kind": "bearer", "token": "file:@token-viewer.jwt" } } },
        "matrix": [
            { "target": "one", "methods": ["lab.v1.Vault/GetViewer"], "effect": "read",
              "expect": { "anonymous": 16, "viewer": ["OK"] } },
            { "target": "two", "methods": ["lab.v1.Vault/GetViewer"], "effect": "read",
              "expect": { "anonymous": "denied", "viewer": "allowed" } }
        ]
    }"#;
    let (code, suite) = suites.document(text, "");
    assert_eq!(code, 0, "{suite}");
    let names: Vec<&str> = suite["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| case["name"].as_str().unwrap())
        .collect();
    let method = "lab.v1.Vault/GetViewer";
    assert_eq!(
        names,
        [
            format!("{method} as anonymous at one"),
            format!("{method} as viewer at one"),
            format!("{method} as anonymous at two"),
            format!("{method} as viewer at two"),
        ]
    );
    let file = suites
        .directory
        .path()
        .join("shop.auth.toml")
        .display()
        .to_string();
    let line = |rest: &str| {
        suites
            .world
            .run(&format!("call --suite {file} --as viewer {rest}"))
            .code
    };
    assert_eq!(line("--suite-target two lab.v1.Vault/GetViewer"), 0);
    assert_eq!(
        line("lab.v1.Vault/GetViewer"),
        2,
        "which target is meant is not said"
    );
}

#[test]
fn the_output_does_not_hang_on_how_many_calls_run_at_once() {
    let suites = Suites::new();
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"));
    let without_times = |jobs: &str| {
        let (_, mut suite) = suites.document(&text, &format!("--jobs {jobs}"));
        suite["duration_ms"] = Value::Null;
        for list in ["tls", "credentials", "cases"] {
            for entry in suite[list].as_array_mut().unwrap() {
                entry["duration_ms"] = Value::Null;
            }
        }
        suite
    };
    assert_eq!(without_times("1"), without_times("64"));
}

#[test]
fn what_is_kept_back_is_counted_and_shown() {
    let suites = Suites::new();
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"));
    let (code, suite) = suites.document(&text, "--safe");
    assert_eq!(code, 0);
    let skipped = not_green(&suite);
    assert_eq!(skipped.len(), 4, "{skipped:?}");
    assert!(skipped.iter().all(|name| name.contains("Admin as admin")));
    assert_eq!(suites.document(&text, "--safe --strict").0, 3);
    let (code, suite) = suites.document(&text, "--filter identity=viewer;method=*Admin");
    assert_eq!(code, 0, "{suite}");
    assert_eq!(
        suite["counts"]["skipped"],
        suite["cases"].as_array().unwrap().len() - 4
    );
    assert_eq!(suites.document(&text, "--fail-fast").0, 0);
}

#[test]
fn a_suites_target_and_identity_serve_other_commands() {
    let suites = Suites::new();
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"));
    let file = suites.write("shop.auth.toml", &text);
    for (line, code) in [
        ("call --suite FILE --as viewer lab.v1.Vault/GetViewer", 0),
        ("call --suite FILE --as viewer lab.v1.Vault/GetAdmin", 71),
        (
            "call --suite FILE --as anonymous lab.v1.Vault/GetViewer",
            80,
        ),
        ("call --suite FILE --as expired lab.v1.Vault/GetViewer", 80),
        ("call --suite FILE --as viewr lab.v1.Vault/GetViewer", 2),
        ("call --suite FILE lab.v1.Vault/GetViewer", 2),
        ("list --suite FILE --as viewer", 0),
        ("describe --suite FILE --as viewer lab.v1.Vault", 0),
        ("handshake --suite FILE --as viewer", 0),
        ("token get --suite FILE --as viewer", 0),
        ("token get --suite FILE --as anonymous", 2),
    ] {
        let ran = suites.world.run(&line.replace("FILE", &file));
        assert_eq!(ran.code, code, "{line}: {ran:?}");
    }
}

#[test]
fn no_secret_is_in_any_output() {
    let suites = Suites::new();
    let token = fs::read_to_string(suites.world.directory().join("token-viewer.jwt")).unwrap();
    let text = format!("{}{IDENTITIES}{MATRIX}", head("tls"))
        .replace("viewer = \"allowed\"", "viewer = \"denied\"");
    for flags in [
        "",
        "--format json",
        "--format ndjson",
        "--list",
        "--credentials",
    ] {
        let ran = suites.check(&text, flags);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!all.contains(token.trim()), "{flags}");
        let signature = token.trim().rsplit('.').next().unwrap();
        assert!(!all.contains(signature), "{flags}");
    }
}
