use crate::suite::samples::read;
use crate::suite::samples::read_with;

fn address(text: &str, given: &[(&str, &str)]) -> Result<String, String> {
    let given: Vec<(String, String)> = given
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    match read_with(text, &given) {
        Ok(suite) => Ok(suite.targets[0].address.value.clone()),
        Err(complaint) => Err(format!("{complaint}; {}", complaint.hint)),
    }
}

#[test]
fn variables_are_filled_in() {
    let of = |target: &str| {
        format!(
            "version = 1\ntarget = \"{target}\"\n[vars]\nhost = \"a.test\"\nall = \"${{host}}:9\"\none = \"${{two}}\"\ntwo = \"${{one}}\""
        )
    };
    for (target, given, expected) in [
        ("${host}:1", &[][..], Ok("a.test:1")),
        ("${all}", &[], Ok("a.test:9")),
        ("${all}", &[("host", "b.test")], Ok("b.test:9")),
        ("${host}:1", &[("host", "b"), ("host", "c")], Ok("c:1")),
        ("${env:HOST}", &[], Ok("env.test:1")),
        ("${file:host}", &[], Ok("file.test:2")),
        ("${env:NONE}", &[], Err(":2:10: NONE is not set")),
        ("${file:none}", &[], Err("none cannot be read")),
        (
            "${hots}:1",
            &[],
            Err("there is no variable `hots`; did you mean `host`?"),
        ),
        ("${host", &[], Err("`${` without its `}`")),
        ("${one}", &[], Err("refers to itself: one → two → one")),
        (
            "x:1",
            &[("hots", "x")],
            Err("--var hots: the suite has no such variable in [vars]; did you mean `host`?"),
        ),
    ] {
        // The two that refer to each other are a mistake of their own.
        let text = match target {
            "${one}" => of(target),
            _ => of(target)
                .split("\none")
                .next()
                .unwrap_or_default()
                .to_owned(),
        };
        match (address(&text, given), expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found, expected, "{target}"),
            (Err(found), Err(expected)) => assert!(found.contains(expected), "{target}: {found}"),
            (found, _) => panic!("{target}: {found:?}"),
        }
    }
}

#[test]
fn what_others_fill_in_stays() {
    let text = r#"
version = 1
target = "x:1"
[identity.a]
auth = { kind = "login", url = "http://x/login", user = "u", password = "env:P", body = { n = "${username}", p = "${password}", t = "${env:TENANT}" } }
owns = { order = "o-1" }
[identity.b]
extends = "a"
owns = { order = "o-2" }
[[matrix]]
methods = ["a/b"]
request = { id = "${other.order}" }
expect = { a = "denied" }
"#;
    let suite = read(text).unwrap();
    let request = suite.rows[0].request.as_ref().unwrap();
    assert_eq!(request.value["id"], "${other.order}");
    // Keys are never filled in, and outside of a login's data nothing is left.
    let elsewhere = text.replace("user = \"u\"", "user = \"${username}\"");
    assert!(read(&elsewhere).is_err());
}
