//! Mistakes in a suite: exit code 2, a line that says where, and nothing is called.

use crate::check::Suites;
use crate::check::head;

#[test]
fn each_mistake_is_exit_2_with_its_place() {
    let suites = Suites::new();
    let row = |methods: &str, rest: &str| {
        format!(
            "{}[[matrix]]\nmethods = [\"{methods}\"]\n{rest}expect = {{ anonymous = \"denied\" }}\n",
            head("tls")
        )
    };
    let get = "lab.v1.Vault/GetViewer";
    for (text, said) in [
        (
            row("lab.v1.Vualt/*", ""),
            ":5:12: `lab.v1.Vualt/*` matches no method of the schema",
        ),
        (
            row("lab.v1.Vault", ""),
            "write lab.v1.Vault/* for its methods",
        ),
        (row(get, "reqest = {}\n"), ":6:1: unknown key `reqest`"),
        (
            row(get, "request = { delya_ms = 3 }\n"),
            ":6:11: the request does not fit lab.v1.Vault/GetViewer",
        ),
        (row(get, "within = \"500\"\n"), ":6:10: not a duration"),
        (format!("{}[[matrix", head("tls")), "invalid TOML"),
        (
            format!(
                "{}[identity.a]\nauth = {{ kind = \"bearer\", token = \"hunter2-hunter2\" }}\n",
                head("tls")
            ),
            "a secret is given by reference",
        ),
        (
            format!(
                "{}[identity.a]\nauth = {{ kind = \"bearer\", token = \"env:NOT_THERE\" }}\n{}",
                head("tls"),
                row(get, "").replace(&head("tls"), "")
            ),
            ":4:11: a: ",
        ),
        (
            format!(
                "{}[identity.a]\nauth = {{ kind = \"baerer\", token = \"env:X\" }}\n",
                head("tls")
            ),
            "did you mean `bearer`?",
        ),
        (
            format!(
                "{}[identity.a]\nauth = {{ kind = \"bearer\", tokne = \"env:X\" }}\n",
                head("tls")
            ),
            "did you mean `token`?",
        ),
        (
            row(get, "").replace("ca = \"@ca.pem\"", "ca = \"@no-such.pem\""),
            "no-such.pem",
        ),
    ] {
        let ran = suites.check(&text, "");
        assert_eq!(ran.code, 2, "{text}: {ran:?}");
        let shown = ran.stderr.clone();
        assert!(shown.contains(said), "{text}: {shown}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert_eq!(ran.stdout, "");
        let document = suites.check(&text, "--format json");
        assert_eq!(document.code, 2);
        assert!(document.document()["errors"][0]["cause"].is_string());
    }
}

#[test]
fn a_mistake_in_one_suite_keeps_all_from_running() {
    let suites = Suites::new();
    let good = format!(
        "{}[[matrix]]\nmethods = [\"lab.v1.Vault/GetViewer\"]\nexpect = {{ anonymous = \"denied\" }}\n",
        head("tls")
    );
    let good = suites.write("good.auth.toml", &good);
    let bad = suites.write(
        "bad.auth.toml",
        "version = 1\ntarget = \"x:1\"\nnmae = \"x\"\n",
    );
    let ran = suites
        .world
        .run(&format!("check {good} {bad} no-such-file.toml"));
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(
        ran.stderr.contains("did you mean `name`?"),
        "{}",
        ran.stderr
    );
    assert!(
        ran.stderr.contains("no-such-file.toml: no such file"),
        "{}",
        ran.stderr
    );
    let twice = suites.world.run(&format!("check {good} {good}"));
    assert_eq!(twice.code, 0, "{}", twice.stdout);
    assert!(twice.stdout.contains("2 suites: "), "{}", twice.stdout);
}
