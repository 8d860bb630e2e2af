use std::path::Path;
use std::time::Duration;

use super::profile;
use crate::connect::tls::versions::TlsVersion;
use crate::evidence::Refusal;
use crate::identity::caller::CacheMode;
use crate::identity::caller::RetryAuth;
use crate::identity::written::Written;
use crate::plan::Planned;
use crate::plan::document::Document;
use crate::plan::profile::Profile;

const SAMPLE: &str = r#"version = 1

[defaults]
profile = "ci"

[identity.base]
auth = { kind = "oauth", issuer = "https://id.test", client_id = "base", client_secret = "env:S", scope = "a b" }
tls  = { ca = ["ca.pem", "/etc/ca.pem"], server_name = "inner.test" }

[identity.other]
extends = "base"
auth = { client_id = "other" }

[profile.ci]
target = "api.test:443"
hosts = ["api.test:443", "*.svc.test"]
identity = "other"
tls = { cert = "me.pem", key = "me.key", key_pass = "file:pass", min_version = "1.3" }
token_tls = { ca = "id-ca.pem" }
proxy = { url = "http://proxy.test:3128", user = "me", password = "env:P" }
authority = "inner.test"
max_time = "5s"
retry_auth = "never"
token_cache = "none"
metadata = { x-tenant = "acme" }

[profile.two]
target = "unix:run/a.sock"
plaintext = true
auth = [
  { kind = "bearer", token = "file:t.jwt" },
  { kind = "api-key", value = "env:K", name = "x-key" },
]

[profile.login]
target = "api.test"
[profile.login.auth]
kind = "login"
url = "https://api.test/login"
user = "alice"
body = { name = "${username}", pin = "${file:pin}" }
"#;

fn read(text: &str, asked: Option<&str>) -> Planned<Option<Profile>> {
    let document = Document::new(Path::new("/home/me/config.toml"), text.to_owned());
    let tables = document.parse()?;
    profile(document.table(&tables), asked)
}

fn refused(text: &str, asked: Option<&str>) -> String {
    match read(text, asked) {
        Err(Refusal::Usage { what, hint }) => format!("{what}; {hint}"),
        other => panic!("{text}: {other:?}"),
    }
}

fn parameter(profile: &Profile, block: usize, name: &str) -> String {
    match profile.caller.credentials[block].get(name).unwrap() {
        Written::Text(text)
        | Written::Body(text)
        | Written::FileBody(text)
        | Written::Words(text) => text.clone(),
        Written::List(list) => list.join("+"),
        Written::Secret(source) => source.to_string(),
    }
}

#[test]
fn a_profile_is_read_with_the_identity_that_it_names() {
    let profile = read(SAMPLE, None).unwrap().unwrap();
    assert_eq!(profile.name, "ci");
    assert_eq!(profile.place, "/home/me/config.toml:14");
    assert_eq!(profile.channel.target.as_deref(), Some("api.test:443"));
    assert_eq!(profile.hosts.texts(), ["api.test:443", "*.svc.test"]);
    for (name, expected) in [
        ("issuer", "https://id.test"),
        ("client-id", "other"),
        ("client-secret", "env:S"),
        ("scope", "a b"),
    ] {
        assert_eq!(parameter(&profile, 0, name), expected);
    }
    let tls = &profile.channel.tls;
    assert_eq!(
        tls.ca,
        [Path::new("/home/me/ca.pem"), Path::new("/etc/ca.pem")]
    );
    assert_eq!(tls.server_name.as_deref(), Some("inner.test"));
    assert_eq!(tls.min_version, Some(TlsVersion::Tls13));
    let client = tls.client.as_ref().unwrap();
    assert_eq!(client.cert, Path::new("/home/me/me.pem"));
    let key_pass = client.key_pass.as_ref().unwrap().to_string();
    assert_eq!(key_pass, "file:/home/me/pass");
    assert_eq!(
        profile.caller.token_tls.ca,
        [Path::new("/home/me/id-ca.pem")]
    );
    assert_eq!(profile.channel.proxy.user.as_deref(), Some("me"));
    assert_eq!(profile.channel.max_time, Some(Duration::from_secs(5)));
    assert_eq!(profile.caller.retry, Some(RetryAuth::Never));
    assert_eq!(profile.caller.token_cache, Some(CacheMode::None));
    assert_eq!(profile.caller.metadata.defaults[0].0, "x-tenant");
}

#[test]
fn several_credentials_sockets_and_files_beside() {
    let two = read(SAMPLE, Some("two")).unwrap().unwrap();
    assert_eq!(
        two.channel.target.as_deref(),
        Some("unix:/home/me/run/a.sock")
    );
    assert_eq!(two.hosts.texts(), ["unix:/home/me/run/a.sock"]);
    assert!(two.channel.plaintext);
    assert_eq!(parameter(&two, 0, "token"), "file:/home/me/t.jwt");
    assert_eq!(parameter(&two, 1, "api-key-name"), "x-key");

    let login = read(SAMPLE, Some("login")).unwrap().unwrap();
    assert_eq!(login.hosts.texts(), ["api.test"]);
    assert_eq!(
        parameter(&login, 0, "login-body"),
        r#"{"name":"${username}","pin":"${file:/home/me/pin}"}"#
    );
}

#[test]
fn programs_are_lines_or_lists_and_found_beside() {
    for (command, expected) in [
        ("'gcloud auth print-token'", "gcloud auth print-token"),
        ("['pass', 'show', 'my token']", "pass show 'my token'"),
        ("'./bin/helper -q'", "/home/me/./bin/helper -q"),
        ("['/opt/helper']", "/opt/helper"),
    ] {
        let text = format!(
            "[profile.x]\ntarget = 'a.test'\nauth = {{ kind = 'exec', command = {command} }}"
        );
        let profile = read(&text, Some("x")).unwrap().unwrap();
        assert_eq!(parameter(&profile, 0, "exec"), expected);
    }
}

#[test]
fn without_a_name_and_a_default_no_profile_is_meant() {
    assert!(
        read("[profile.ci]\ntarget = 'a.test'", None)
            .unwrap()
            .is_none()
    );
    assert!(read("", None).unwrap().is_none());
}

#[test]
fn a_profile_that_is_not_there_is_refused_with_those_that_are() {
    let said = refused(SAMPLE, Some("lgin"));
    for words in [
        "`lgin`",
        "/home/me/config.toml",
        "did you mean `login`?",
        "ci, login, two",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = refused("", Some("ci"));
    assert!(said.contains("no [profile.NAME]"), "{said}");
}

/// One line of a profile, at line 3, and what is said of it.
const MISTAKES: &[(&str, &str)] = &[
    (
        "targt = 'x'",
        ":3: a profile has no `targt`; did you mean `target`?",
    ),
    (
        "tls = { servername = 'x' }",
        ":3: `tls` has no `servername`; did you mean `server_name`?",
    ),
    (
        "tls = { key = 'x' }",
        ":3: `key`: it belongs to a client certificate",
    ),
    ("tls = { pins = 'md5:x' }", ":3: `pins`: "),
    (
        "tls = { min_version = '1.1' }",
        ":3: `min_version`: it takes",
    ),
    (
        "tls = { min_version = '1.3', max_version = '1.2' }",
        "above `max_version`",
    ),
    (
        "tls = { insecure = 'yes' }",
        ":3: `insecure`: it takes true or false",
    ),
    ("tls = 'ca.pem'", ":3: `tls`: it takes a table"),
    (
        "auth = { kind = 'oauth2', client_id = 'x' }",
        "`oauth2` is not a kind of credential; did you mean `oauth`?",
    ),
    (
        "auth = { client_id = 'x' }",
        ":3: a credential without its kind",
    ),
    (
        "auth = { kind = 'oauth', clientid = 'x' }",
        "a credential of kind oauth has no `clientid`; did you mean `client_id`?",
    ),
    (
        "auth = { kind = 'bearer', client_id = 'x' }",
        "a credential of kind bearer has no `client_id`",
    ),
    (
        "auth = { kind = 'bearer', token = 'hunter2-hunter2' }",
        ":3: `token`: a secret is given by reference",
    ),
    (
        "auth = { kind = 'bearer', token = 'stdin' }",
        "standard input belongs to the command line",
    ),
    (
        "auth = { kind = 'oauth', scope = [1] }",
        ":3: `scope`: it takes a list of texts",
    ),
    (
        "auth = [{ kind = 'bearer', token = 'env:A' }, { kind = 'bearer', token = 'env:B' }]",
        "a second credential of kind bearer",
    ),
    (
        "auth = { kind = 'login', body = '{hunter2' }",
        ":3: `body`: it is neither JSON nor a form",
    ),
    (
        "auth = { kind = 'exec', command = 'a \"hunter2' }",
        ":3: `command`: it has an unbalanced quote",
    ),
    (
        "auth = { kind = 'exec', command = [] }",
        "it names no program",
    ),
    ("hosts = ['*']", ":3: `hosts`: `*` is not a host pattern"),
    (
        "hosts = true",
        ":3: `hosts`: it takes a text in quotes, or a list",
    ),
    ("target = 'https://a.test/path'", "no path"),
    ("max_time = '0'", ":3: `max_time`: "),
    ("retry_auth = 'nevr'", "did you mean `never`?"),
    (
        "plaintext = true\ntls = { ca = 'x' }",
        ":4: `tls`: the profile is plaintext",
    ),
    (
        "metadata = { authorization = 'Bearer x' }",
        "this key carries a credential",
    ),
    ("metadata = { grpc-timeout = '1S' }", ":3: `grpc-timeout`: "),
    ("proxy = { user = 'x' }", "a proxy without its url"),
    (
        "identity = 'robto'",
        ":3: `identity`: there is no [identity.robto]; did you mean `robot`?",
    ),
    (
        "auth = { kind = 'bearer', token = 'env:T' }",
        "nothing says where it may go",
    ),
    ("tls = { cert = 'x' }", "nothing says where it may go"),
    ("target = ", "this is no TOML"),
];

#[test]
fn every_mistake_is_named_with_its_line() {
    for (line, expected) in MISTAKES {
        let text = format!(
            "[profile.x]\n# a comment\n{line}\n[identity.robot]\nauth = {{ kind = 'api-key', value = 'env:K' }}"
        );
        let said = refused(&text, None);
        assert!(said.starts_with("/home/me/config.toml:"), "{line}: {said}");
        assert!(said.contains(expected), "{line}: {said}");
        assert!(!said.contains("hunter2"), "{line}: {said}");
    }
    for (text, expected) in [
        (
            "[profle.x]",
            ":1: a file of profiles has no `profle`; did you mean `profile`?",
        ),
        (
            "version = 2",
            ":1: `version`: this release knows version 1 alone",
        ),
        (
            "[defaults]\nprofile = 'x'",
            ":2: `profile`: no profile is named `x`",
        ),
        (
            "[identity.x]\nextend = 'y'",
            "an identity has no `extend`; did you mean `extends`?",
        ),
        (
            "[identity.x]\nextends = 'x'",
            ":2: `extends`: an identity extends itself: x → x",
        ),
        (
            "[identity.x]\nextends = 'y'\n[identity.y]\nextends = 'x'",
            "extends itself",
        ),
    ] {
        let said = refused(text, None);
        assert!(said.contains(expected), "{text}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_secret_in_a_login_wants_a_file_of_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let text = "[profile.x]\ntarget = 'a.test'\n[profile.x.auth]\nkind = 'login'\nurl = 'https://a.test/'\nbody = { password = 'hunter2' }";
    let file = tempfile::NamedTempFile::new().unwrap();
    for (mode, fits) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false)] {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(file.path(), permissions).unwrap();
        let document = Document::new(file.path(), text.to_owned());
        let tables = document.parse().unwrap();
        match profile(document.table(&tables), Some("x")) {
            Ok(_) => assert!(fits, "{mode:o}"),
            Err(Refusal::Usage { what, .. }) => {
                assert!(!fits && what.contains(&format!("{mode:04o}")), "{what}");
                assert!(what.contains(":6: ") && !what.contains("hunter2"), "{what}");
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}
