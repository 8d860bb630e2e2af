use crate::suite::samples::HEAD;
use crate::suite::samples::read;

/// What a complaint says of a text, in one line, and its excerpt.
fn said(text: &str) -> (String, Vec<String>) {
    let complaint = read(text).expect_err(text);
    (
        format!("{complaint}; {}", complaint.hint),
        complaint.excerpt,
    )
}

#[test]
fn mistakes_are_told_with_their_place() {
    for (text, expected) in [
        (
            "version = 1\ntargt = \"x\"",
            ":2:1: unknown key `targt`; did you mean `target`?",
        ),
        (
            "version = 2\ntarget = \"x:1\"",
            ":1:11: version 2 is unknown; write version = 1",
        ),
        (
            "target = \"x:1\"",
            ": `version` is missing; add version = …",
        ),
        ("version = 1", ": `target` is missing"),
        (
            "version = 1\ntarget = \"x:1\"\n\nname = 3",
            ":4:8: expected a string, found integer",
        ),
        ("version = 1\ntarget = x", ":2:10: invalid TOML"),
        (
            "version = 1\ntarget = \"x:1\"\ntarget = \"y:1\"",
            ":3:1: invalid TOML",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[[matrix]]\nmethods = [\"a/b\"]\nexpcet = { anonymous = \"denied\" }\nexpect = {}",
            ":5:1: unknown key `expcet`; did you mean `expect`?",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[[matrix]]\nmethods = [\"a/b\"]\nexpect = { anonymous = \"deneid\" }",
            ":5:24: `deneid` is not a status; did you mean `denied`?",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[[matrix]]\nmethods = [\"a/b\"]\nexpect = { anonymous = [] }",
            ":5:24: an empty list expects nothing",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[defaults]\ndeadline = 5",
            ":4:12: expected a duration with its unit in quotes",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[defaults]\ndeadline = \"5\"",
            ":4:12: not a duration",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[tls]\ncert_valid_for = \"130%\"",
            ":4:18: a share lies between",
        ),
        (
            "version = 1\ntarget = \"x:1\"\n[tls]\nplaintext = \"open\"",
            ":4:13: unknown word `open`",
        ),
        (
            "version = 1\ntarget = \"x:1\"\nschema = { protset = \"a\" }",
            ":3:12: unknown key `protset`; did you mean `protoset`?",
        ),
        (
            "version = 1\ntarget = \"x:1\"\nschema = {}",
            ":3:10: it names no file",
        ),
        (
            "version = 1\ntarget = \"x:1\"\nschema = \"reflexion\"",
            ":3:10: write \"reflection\"",
        ),
    ] {
        let (said, _) = said(text);
        assert!(
            said.starts_with("shop.auth.toml:") && said.contains(expected),
            "{text:?}: {said}"
        );
    }
}

#[test]
fn the_same_document_as_json_has_places_too() {
    for (text, expected) in [
        (
            "{\n \"version\": 1,\n \"targt\": \"x\"}",
            ":3:3: unknown key `targt`; did you mean `target`?",
        ),
        ("{\"version\": 1,\n \"target\": }", ":2:12: invalid JSON"),
        (
            "{\"version\": 1, \"target\": null}",
            ":1:26: null has no meaning",
        ),
        (
            "{\"version\": 1, \"version\": 1}",
            ":1:17: `version` is given twice",
        ),
        (
            "{\"version\": 1, \"target\": \"x:1\",\n\"waiver\": [{\"check\": \"plaintext\", \"reason\": \"x\", \"until\": \"soon\"}]}",
            ":2:59: not a day",
        ),
        (
            "{\"version\": 1, \"target\": \"x:1\",\n\"matrix\": [{\"methods\": [\"a/{b\"], \"expect\": {\"anonymous\": 16}}]}",
            ":2:25: `a/{b` is not a valid pattern",
        ),
    ] {
        let (said, _) = said(text);
        assert!(said.contains(expected), "{text:?}: {said}");
    }
    let deep = format!("{{\"vars\": {}1{}}}", "[".repeat(100), "]".repeat(100));
    assert!(said(&deep).0.contains("too deeply nested"));
    let suite = read(
        r#"{"version": 1, "target": "x:1", "matrix": [{"methods": ["a/b"], "request": {"n": 1.5, "l": [true]},
            "expect": {"anonymous": [16, "PERMISSION_DENIED"]}}],
            "waiver": [{"check": "plaintext", "reason": "x", "until": "2027-01-31"}]}"#,
    );
    let suite = suite.expect("it is a suite");
    let request = suite.rows[0].request.as_ref().expect("it has one");
    assert_eq!(
        serde_json::Value::Object(request.value.clone()),
        serde_json::json!({"n": 1.5, "l": [true]})
    );
    assert_eq!(suite.waivers[0].until.to_string(), "2027-01-31");
}

#[test]
fn an_excerpt_points_at_the_place_and_repeats_no_secret() {
    let (_, excerpt) = said(
        "version = 1\ntarget = \"x:1\"\n[[matrix]]\nmethods = [\"a/{b\"]\nexpect = { anonymous = 1 }",
    );
    assert_eq!(
        excerpt,
        ["  |", "4 | methods = [\"a/{b\"]", "  |            ^^^^^^"]
    );
    for text in [
        "version = 1\ntarget = \"x:1\"\n[identity.a]\nauth = { kind = \"bearer\", token = hunter2 }",
        "version = 1\ntarget = \"x:1\"\n[identity.a.auth]\ntoken = hunter2",
        "version = 1\ntarget = \"x:1\"\n[identity.a]\nauht = { token = \"hunter2\" }",
        "version = 1\ntarget = \"x:1\"\n[identity.a]\nowns = \"hunter2\"",
        "{\"version\": 1,\n\"identity\": {\"a\": {\"auht\": \"hunter2\"}}}",
        "version = 1\nhunter2",
    ] {
        let (said, excerpt) = said(text);
        assert!(!said.contains("hunter2"), "{said}");
        assert!(!excerpt.join("\n").contains("hunter2"), "{excerpt:?}");
    }
}

#[test]
fn short_and_long_form_are_the_same() {
    let short =
        read("version = 1\ntarget = \"x:1\"\nca = \"a.pem\"\nreflection = \"denied\"").unwrap();
    let long = read(
        "version = 1\n[target.default]\naddress = \"x:1\"\nca = [\"a.pem\"]\nreflection = \"denied\"",
    )
    .unwrap();
    for suite in [&short, &long] {
        let target = &suite.targets[0];
        assert_eq!(
            (
                target.name.as_str(),
                target.address.as_str(),
                &target.ca[..]
            ),
            ("default", "x:1", &["a.pem".to_owned()][..])
        );
        assert!(target.reflection.is_some());
    }
    let (mixed, _) = said("version = 1\nca = \"a.pem\"\n[target.a]\naddress = \"x:1\"");
    assert!(
        mixed.contains(":2:6: `ca` stands at the top only beside target"),
        "{mixed}"
    );
    assert!(read(HEAD).is_ok());
}
