//! Profiles: target, TLS and credentials from a file of the user's, and where the credentials may go.

use std::fs;
use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;
use std::thread::JoinHandle;

use tempfile::TempDir;

use crate::world::Ran;
use crate::world::World;

const PASSWORD: &str = "viewer-password";
const CLIENT_SECRET: &str = "s3cret-of-the-client-ci";

/// A world, and a directory with a file of profiles for it.
struct Home {
    world: World,
    directory: TempDir,
}

impl Home {
    /// `text`: `{door}` is a door's address, `@name` a file of the lab's.
    fn new(text: &str) -> Self {
        let world = World::open();
        let directory = tempfile::tempdir().unwrap();
        let home = Self { world, directory };
        home.write(text);
        home
    }

    fn write(&self, text: &str) {
        let mut filled = text.to_owned();
        for door in self.world.doors() {
            filled = filled.replace(&format!("{{{}}}", door.id), &door.address);
        }
        let ca = self.world.words("@ca.pem").remove(0);
        let lab = PathBuf::from(ca).parent().unwrap().display().to_string();
        filled = filled.replace('@', &format!("{lab}/"));
        let file = self.file();
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, filled).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
    }

    fn file(&self) -> PathBuf {
        self.directory.path().join("grpcauth/config.toml")
    }

    /// The binary with this file as the user's own, and the secrets in the environment.
    fn command(&self, line: &str) -> Command {
        let mut command = self.world.command(line);
        command
            .env("XDG_CONFIG_HOME", self.directory.path())
            .env("HOME", self.directory.path())
            .env("PASSWORD", PASSWORD)
            .env("CI_SECRET", CLIENT_SECRET);
        command
    }

    fn run(&self, line: &str) -> Ran {
        Ran::new(self.command(line).output().unwrap())
    }
}

/// A profile for each way to a token.
const PROFILES: &str = r#"
[identity.viewer]
auth = { kind = "login", url = "{http-login}", user = "viewer", password = "env:PASSWORD" }

[profile.login]
target = "{tls}"
tls = { ca = "@ca.pem" }
identity = "viewer"

[profile.bearer]
target = "{tls}"
tls = { ca = "@ca.pem" }
auth = { kind = "bearer", token = "file:@token-viewer.jwt" }

[profile.rpc]
target = "{tls}"
tls = { ca = "@ca.pem" }
auth = { kind = "login-rpc", method = "auth.v1.AuthService/Login", user = "viewer", password = "env:PASSWORD" }

[profile.program]
target = "{tls}"
tls = { ca = "@ca.pem" }
auth = { kind = "exec", command = ["cat", "@token-viewer.jwt"] }

[profile.mesh]
target = "{mtls}"
tls = { ca = "@ca.pem", cert = "@client-viewer.pem", key = "@client-viewer.key" }

[profile.elsewhere]
target = "{tls}"
hosts = ["api.example.com:443", "*.svc.example.com"]
tls = { ca = "@ca.pem" }
auth = { kind = "bearer", token = "file:@token-viewer.jwt" }

[profile.open]
target = "{tls}"
tls = { ca = "@ca.pem" }
metadata = { x-tenant = "acme" }
"#;

#[test]
fn a_profile_gives_target_tls_and_a_token_from_a_login() {
    let home = Home::new(PROFILES);
    for line in [
        "call -P login lab.v1.Vault/GetViewer",
        "call -P bearer lab.v1.Vault/GetViewer",
        "call -P rpc lab.v1.Vault/GetViewer",
        "call -P program lab.v1.Vault/GetViewer",
        "call -P mesh lab.v1.Vault/GetViewer",
        "call {tls} lab.v1.Vault/GetViewer -P login",
        "list -P bearer",
        "list -P bearer lab.v1.Vault",
        "describe -P login lab.v1.Vault/GetViewer",
        "token get -P login",
        "token get -P rpc",
        "token refresh -P program",
        "token clear -P login",
        "handshake -P mesh",
        "handshake --profile bearer",
    ] {
        let ran = home.run(line);
        assert_eq!(ran.code, 0, "{line}: {}", ran.stderr);
    }
    // Who is nobody is refused, so that the credential did it.
    let ran = home.run("call -P open lab.v1.Vault/GetViewer");
    assert_eq!(ran.code, 80, "{}", ran.stderr);
}

#[test]
fn which_file_and_which_profile() {
    let home = Home::new(PROFILES);
    let other = home.directory.path().join("other.toml");
    fs::copy(home.file(), &other).unwrap();
    home.write("[profile.bearer]\ntarget = 'nowhere.invalid'\n");
    let other = other.to_str().unwrap();
    let call = "call lab.v1.Vault/GetViewer";
    let run = |line: &str, variables: &[(&str, &str)]| {
        let mut command = home.command(line);
        let ran = Ran::new(command.envs(variables.iter().copied()).output().unwrap());
        (ran.code, ran.stderr)
    };
    let config = ("GRPCAUTH_CONFIG", other);
    let (code, said) = run(call, &[config, ("GRPCAUTH_PROFILE", "bearer")]);
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(
        &format!("{call} -P bearer"),
        &[config, ("GRPCAUTH_PROFILE", "open")],
    );
    assert_eq!(code, 0, "{said}");
    let (code, said) = run(
        &format!("{call} -P bearer --config {other}"),
        &[("GRPCAUTH_CONFIG", "/none")],
    );
    assert_eq!(code, 0, "{said}");
    // The user's own file is read where nothing else is said.
    let (code, said) = run(&format!("{call} -P bearer"), &[]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("nowhere.invalid"), "{said}");

    for (line, variables, words) in [
        (call, &[config][..], "TARGET and METHOD"),
        (
            "call -P login lab.v1.Vault/GetViewer",
            &[][..],
            "no profile is named `login`",
        ),
        ("call -P berer X/Y", &[config], "did you mean `bearer`?"),
        (
            call,
            &[config, ("GRPCAUTH_PROFILE", "")],
            "GRPCAUTH_PROFILE is set and empty",
        ),
        (
            call,
            &[("GRPCAUTH_CONFIG", "")],
            "GRPCAUTH_CONFIG is set and empty",
        ),
        (call, &[("GRPCAUTH_CONFIG", "/none")], "GRPCAUTH_CONFIG"),
        ("call -P x X/Y --config /none", &[], "--config"),
        ("handshake -P open --config /none", &[], "/none"),
        ("handshake", &[config], "a target is required"),
    ] {
        let (code, said) = run(line, variables);
        assert_eq!(code, 2, "{line}: {said}");
        assert!(said.contains(words), "{line}: {said}");
    }
}

#[test]
fn a_default_profile_and_a_file_that_nobody_named() {
    let home = Home::new(&format!("[defaults]\nprofile = \"bearer\"\n{PROFILES}"));
    let ran = home.run("call lab.v1.Vault/GetViewer");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    // A file in the working directory is never read by itself.
    let mut command = home.command("call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem");
    let beside = home.directory.path().join("grpcauth");
    let ran = Ran::new(
        command
            .current_dir(beside)
            .env("XDG_CONFIG_HOME", "/none")
            .output()
            .unwrap(),
    );
    assert_eq!(ran.code, 80, "{}", ran.stderr);
    // The demo is the same whatever the user keeps.
    home.write("not = toml = at all");
    assert_eq!(home.run("demo").code, 0);
    assert_eq!(home.run("call {tls} X/Y").code, 2);
}

#[test]
fn a_credential_goes_to_its_hosts_alone() {
    let home = Home::new(PROFILES);
    let refused = [
        // Bound to others, to its target alone, and whatever name the host is given.
        "call -P elsewhere lab.v1.Vault/GetViewer",
        "call {mtls} lab.v1.Vault/GetViewer -P bearer",
        "call {mtls} lab.v1.Vault/GetViewer -P login",
        "call {mtls} lab.v1.Vault/GetViewer -P rpc",
        "call {mtls} lab.v1.Vault/GetViewer -P bearer --authority {tls} --servername localhost",
        "call {tls} lab.v1.Vault/GetViewer -P mesh",
        "list {mtls} -P bearer",
        "token get {mtls} -P rpc",
        "handshake {tls} -P mesh",
        "call {tls} lab.v1.Vault/GetViewer -P elsewhere --scheme Token",
    ];
    for line in refused {
        let ran = home.run(line);
        assert_eq!(ran.code, 2, "{line}: {}", ran.stderr);
        let said = ran.stderr;
        assert!(said.contains("[credential.wrong-host]"), "{line}: {said}");
        assert!(said.contains("nothing was sent"), "{line}: {said}");
    }
    for (line, code) in [
        (
            "call {tls} lab.v1.Vault/GetViewer -P elsewhere --auth none",
            80,
        ),
        (
            "call {tls} lab.v1.Vault/GetViewer -P elsewhere --token file:@token-viewer.jwt",
            0,
        ),
        (
            "call {mtls} lab.v1.Vault/GetViewer -P bearer --auth none --cert @client-viewer.pem --key @client-viewer.key",
            0,
        ),
        ("handshake {tls} -P bearer", 0),
    ] {
        let ran = home.run(line);
        assert_eq!(ran.code, code, "{line}: {}", ran.stderr);
    }
    // Metadata of the command line take the credential's place; a key beside it does not.
    let given = "call {tls} lab.v1.Vault/GetViewer -P elsewhere -H";
    assert_eq!(
        home.run(&format!("{given} 'authorization: Bearer x'")).code,
        80
    );
    assert_eq!(home.run(&format!("{given} 'x-api-key: x'")).code, 2);
    let ran = home.run("call -P elsewhere lab.v1.Vault/GetViewer --format json");
    let document = ran.document();
    assert_eq!(document["exit_code"], 2);
    assert_eq!(document["diagnosis"]["id"], "credential.wrong-host");
}

#[test]
fn flags_come_before_the_profile() {
    let home = Home::new(PROFILES);
    let call = "call lab.v1.Vault/GetViewer";
    for (line, code, notice) in [
        ("-P login --auth none", 80, ""),
        ("-P bearer --token file:@token-expired.jwt", 80, ""),
        (
            "-P login --token file:@token-viewer.jwt",
            0,
            "is not used: the flags give one of another kind",
        ),
        (
            "-P bearer -H 'authorization: Bearer x'",
            80,
            "the profile `bearer` is not sent: the command line gives its metadata key",
        ),
        // Another user with a password that is not his.
        ("-P login --user admin", 4, ""),
        (
            "-P bearer --token file:@token-viewer.jwt -H 'authorization: Bearer x'",
            2,
            "",
        ),
    ] {
        let line = format!("{call} {line}");
        let ran = home.run(&line);
        assert_eq!(ran.code, code, "{line}: {}", ran.stderr);
        assert!(ran.stderr.contains(notice), "{line}: {}", ran.stderr);
    }
    // A password goes nowhere but where it was meant for.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let elsewhere = listener.local_addr().unwrap();
    let line = format!("{call} -P login --login-url http://{elsewhere}/ --max-time 5s");
    let ran = home.run(&line);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    listener.set_nonblocking(true).unwrap();
    assert!(listener.accept().is_err(), "something was sent");
}

/// A token endpoint for one request, which it gives back.
fn token_endpoint(token: String) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/token", listener.local_addr().unwrap());
    let serving = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut request = String::new();
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let lower = line.to_ascii_lowercase();
            if let Some(value) = lower.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            request.push_str(&line);
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        request.push_str(&String::from_utf8(body).unwrap());
        let answer = format!("{{\"access_token\":\"{token}\",\"token_type\":\"Bearer\"}}");
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        write!(
            stream,
            "{head}\r\ncontent-length: {}\r\n\r\n{answer}",
            answer.len()
        )
        .unwrap();
        request
    });
    (url, serving)
}

#[test]
fn a_grant_of_a_profile_and_no_secret_in_any_output() {
    let home = Home::new("");
    let token = home.world.words("@token-viewer.jwt").remove(0);
    let token = fs::read_to_string(token).unwrap().trim().to_owned();
    for detail in ["-vv", "--format json"] {
        let (url, serving) = token_endpoint(token.clone());
        home.write(&format!(
            "[profile.ci]\ntarget = \"{{tls}}\"\ntls = {{ ca = \"@ca.pem\" }}\n[profile.ci.auth]\nkind = \"oauth\"\ntoken_url = \"{url}\"\nclient_id = \"ci\"\nclient_secret = \"env:CI_SECRET\"\nclient_auth = \"client_secret_post\"\nscope = [\"api:read\"]\n"
        ));
        let ran = home.run(&format!("call -P ci lab.v1.Vault/GetViewer {detail}"));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        let request = serving.join().unwrap();
        for parameter in [
            "grant_type=client_credentials",
            "scope=api%3Aread",
            CLIENT_SECRET,
        ] {
            assert!(request.contains(parameter), "{request}");
        }
        for secret in [CLIENT_SECRET, token.as_str()] {
            assert!(
                !ran.stdout.contains(secret) && !ran.stderr.contains(secret),
                "{detail}"
            );
        }
    }
    home.write(PROFILES);
    for line in [
        "call -P login lab.v1.Vault/GetViewer -vv",
        "call -P login lab.v1.Vault/GetViewer --format json",
        "call {mtls} lab.v1.Vault/GetViewer -P login --format json",
    ] {
        let ran = home.run(line);
        assert!(
            !ran.stdout.contains(PASSWORD) && !ran.stderr.contains(PASSWORD),
            "{line}"
        );
    }
}

#[test]
fn a_token_of_the_environment_goes_where_it_may() {
    let home = Home::new(PROFILES);
    let token = home.world.words("@token-viewer.jwt").remove(0);
    let token = fs::read_to_string(token).unwrap().trim().to_owned();
    let host = home.world.door("tls").to_owned();
    let call = "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem";
    for (more, variables, code, said) in [
        (
            "",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", host.as_str()),
            ][..],
            0,
            "",
        ),
        (
            "",
            &[("GRPCAUTH_TOKEN", token.as_str())],
            80,
            "GRPCAUTH_TOKEN is not sent",
        ),
        (
            "",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", "*.example.com"),
            ],
            80,
            "is not among those",
        ),
        (
            "",
            &[("GRPCAUTH_TOKEN", "")],
            2,
            "GRPCAUTH_TOKEN is set and empty",
        ),
        (
            "",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", ""),
            ],
            2,
            "GRPCAUTH_TOKEN_HOSTS is set and empty",
        ),
        (
            "",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", "*"),
            ],
            2,
            "GRPCAUTH_TOKEN_HOSTS: ",
        ),
        (
            "--auth none",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", host.as_str()),
            ],
            80,
            "",
        ),
        // It comes before a profile, and is not held back by the profile's hosts.
        (
            "-P elsewhere",
            &[
                ("GRPCAUTH_TOKEN", token.as_str()),
                ("GRPCAUTH_TOKEN_HOSTS", host.as_str()),
            ],
            0,
            "",
        ),
    ] {
        let line = format!("{call} {more}");
        let ran = Ran::new(
            home.command(&line)
                .envs(variables.iter().copied())
                .output()
                .unwrap(),
        );
        assert_eq!(ran.code, code, "{line} {variables:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
        assert!(!ran.stderr.contains(&token), "{}", ran.stderr);
    }
}

/// The file in `examples/` is read as it is there.
#[test]
fn the_example_is_good() {
    let home = Home::new("");
    let example = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/config.toml");
    let ran = home.run(&format!(
        "handshake nowhere.invalid -P none --config {example}"
    ));
    let known = "ci, login, mesh, staging";
    assert!(ran.stderr.contains(known), "{}", ran.stderr);
    // Read in full, and then refused for its host, not for what it says.
    let ran = home.run(&format!(
        "call nowhere.invalid X/Y -P ci --config {example}"
    ));
    assert!(
        ran.stderr.contains("[credential.wrong-host]"),
        "{}",
        ran.stderr
    );
}

/// Whoever can write to the file could have any program run.
#[test]
fn a_program_of_a_file_that_others_can_write_to_is_not_run() {
    let home = Home::new(PROFILES);
    let set = |path: PathBuf, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    let call = |profile: &str| home.run(&format!("call -P {profile} lab.v1.Vault/GetViewer"));
    for (path, mode) in [
        (home.file(), 0o666),
        (home.file().parent().unwrap().to_owned(), 0o777),
    ] {
        set(path.clone(), mode);
        let ran = call("program");
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(ran.stderr.contains("others can write to"), "{}", ran.stderr);
        assert!(ran.stderr.contains("chmod go-w"), "{}", ran.stderr);
        // A profile that runs none is as before.
        assert_eq!(call("bearer").code, 0);
        set(path, mode & 0o755);
        assert_eq!(call("program").code, 0);
    }
}
