//! Every kind by every way in: what lets a caller in, and the nearest thing that does not.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::home::Home;
use crate::http_server::HttpServer;
use crate::http_server::Reply;
use crate::world::Ran;
use crate::world::World;

const WRONG: &str = "a-secret-that-opens-nothing-at-all-0123";

/// Flags that let in, what makes them fail, and how that must end.
struct Way {
    name: &'static str,
    kind: &'static str,
    door: &'static str,
    flags: &'static str,
    bad: &'static str,
    /// What `bad` comes to.
    code: i32,
}

const fn way(
    name: &'static str,
    kind: &'static str,
    flags: &'static str,
    bad: &'static str,
) -> Way {
    Way {
        name,
        kind,
        door: "tls",
        flags,
        bad,
        code: 4,
    }
}

const WAYS: &[Way] = &[
    way(
        "client_credentials by basic, discovered",
        "oauth",
        "--issuer {issuer} --client-id ci --client-secret file:@oauth-ci.secret",
        "--issuer {issuer} --client-id ci --client-secret env:WRONG",
    ),
    way(
        "an id and a secret that need encoding",
        "oauth",
        "--issuer {issuer} --client-id 'team:a+b c' --client-secret file:@oauth-team.secret",
        "--issuer {issuer} --client-id 'team:a+b c' --client-secret file:@oauth-ci.secret",
    ),
    way(
        "client_credentials by post",
        "oauth",
        "--token-url {issuer}/token --client-id ci --client-secret file:@oauth-ci.secret --client-auth client_secret_post",
        "--token-url {issuer}/token --client-id nobody --client-secret file:@oauth-ci.secret --client-auth client_secret_post",
    ),
    way(
        "the same with an id and a secret that need encoding",
        "oauth",
        "--token-url {issuer}/token --client-id 'team:a+b c' --client-secret file:@oauth-team.secret --client-auth client_secret_post",
        "--token-url {issuer}/token --client-id 'team:a+b c' --client-secret env:WRONG --client-auth client_secret_post",
    ),
    way(
        "client_credentials by client_secret_jwt",
        "oauth",
        "--issuer {issuer} --client-id ci --client-secret file:@oauth-ci.secret --client-auth client_secret_jwt",
        "--issuer {issuer} --client-id ci --client-secret env:WRONG --client-auth client_secret_jwt",
    ),
    way(
        "client_credentials by private_key_jwt",
        "oauth",
        "--issuer {issuer} --client-id jwt-client --assertion-key file:@oauth-jwt-client.key",
        "--issuer {issuer} --client-id jwt-client --assertion-key file:@jwt-es256.key",
    ),
    // The token is bound to the certificate, so the call shows it too (RFC 8705 §3).
    Way {
        door: "mtls",
        ..way(
            "client_credentials by certificate",
            "oauth",
            "--issuer {issuer} --client-id mtls-client --client-auth tls_client_auth --cert @client-viewer.pem --key @client-viewer.key",
            "--issuer {issuer} --client-id mtls-client --client-auth tls_client_auth --cert @client-admin.pem --key @client-admin.key",
        )
    },
    way(
        "password by basic",
        "oauth",
        "--issuer {issuer} --grant password --user viewer --password file:@password-viewer.txt --client-id ci --client-secret file:@oauth-ci.secret",
        "--issuer {issuer} --grant password --user viewer --password env:WRONG --client-id ci --client-secret file:@oauth-ci.secret",
    ),
    way(
        "password by a public client",
        "oauth",
        "--issuer {issuer} --grant password --user viewer --password file:@password-viewer.txt --client-id public",
        "--issuer {issuer} --grant password --user nobody --password file:@password-viewer.txt --client-id public",
    ),
    way(
        "refresh_token by basic",
        "oauth",
        "--issuer {issuer} --refresh-token env:REFRESH --client-id ci --client-secret file:@oauth-ci.secret",
        "--issuer {issuer} --refresh-token env:WRONG --client-id ci --client-secret file:@oauth-ci.secret",
    ),
    way(
        "refresh_token by post",
        "oauth",
        "--issuer {issuer} --refresh-token env:REFRESH --client-id ci --client-secret file:@oauth-ci.secret --client-auth client_secret_post",
        "--issuer {issuer} --refresh-token env:REFRESH --client-id admin-ci --client-secret file:@oauth-admin-ci.secret --client-auth client_secret_post",
    ),
    way(
        "login with JSON",
        "login",
        "--login-url {https-login} --user viewer --password file:@password-viewer.txt",
        "--login-url {https-login} --user viewer --password env:WRONG",
    ),
    way(
        "login over plaintext on loopback",
        "login",
        "--login-url {http-login} --user viewer --password file:@password-viewer.txt",
        "--login-url {http-login} --user nobody --password file:@password-viewer.txt",
    ),
    way(
        "login with a body of its own, and a pointer",
        "login",
        r#"--login-url {https-login} --login-body '{"username":"viewer","password":"${file:PASSWORD_FILE}"}' --token-ptr /token"#,
        r#"--login-url {https-login} --login-body '{"username":"viewer","password":"${file:PASSWORD_FILE}"}' --token-ptr /elsewhere"#,
    ),
    way(
        "login with a form",
        "login",
        "--login-url {issuer}/token --login-body 'grant_type=password&client_id=public&username=${username}&password=${password}' --user viewer --password file:@password-viewer.txt",
        "--login-url {issuer}/token --login-body 'grant_type=password&client_id=public&username=${username}&password=${password}' --user viewer --password env:WRONG",
    ),
    way(
        "login RPC by the service's name",
        "login-rpc",
        "--login-rpc auth.v1.AuthService --user viewer --password file:@password-viewer.txt",
        "--login-rpc auth.v1.AuthService --user viewer --password env:WRONG",
    ),
    way(
        "login RPC by its method, at another target",
        "login-rpc",
        "--login-rpc auth.v1.AuthService/Login --login-target {tls12} --user viewer --password file:@password-viewer.txt",
        "--login-rpc auth.v1.AuthService/Logout --login-target {tls12} --user viewer --password file:@password-viewer.txt",
    ),
    way(
        "login RPC with data of its own",
        "login-rpc",
        r#"--login-rpc auth.v1.AuthService/Login --login-data '{"username":"viewer","password":"${file:PASSWORD_FILE}"}' --token-ptr /accessToken"#,
        r#"--login-rpc auth.v1.AuthService/Login --login-data '{"username":"viewer","password":"${env:WRONG}"}'"#,
    ),
    way(
        "a signed token",
        "jwt",
        r#"--auth jwt --assertion-key file:@jwt-hs256.secret --assertion-alg HS256 --kid lab-hs256 --jwt-claims '{"iss":"ISSUER","aud":"vault","sub":"me","role":"viewer"}'"#,
        // A key that is none is found before anything is sent.
        "--auth jwt --assertion-key file:@ca.pem --assertion-alg ES256",
    )
    .ends(2),
    way("exec: a token", "exec", "--exec raw", "--exec fails"),
    way("exec: a token with its scheme", "exec", "--exec scheme", "--exec nothing"),
    way("exec: kubectl", "exec", "--exec kubectl", "--exec absent"),
    way("exec: git", "exec", "--exec git-credential-lab", "--exec prose"),
    way("exec: docker", "exec", "--exec docker-credential-lab", "--exec broken-json"),
    way("exec: JSON with access_token", "exec", "--exec oauth", "--exec certificate"),
];

impl Way {
    const fn ends(mut self, code: i32) -> Self {
        self.code = code;
        self
    }
}

/// Programs that print credentials, or fail to.
fn programs(lab: &World, home: &Home) {
    let token = std::fs::read_to_string(lab.directory().join("token-viewer.jwt")).unwrap();
    let token = token.trim();
    for (name, script) in [
        ("raw", format!("echo {token}")),
        ("scheme", format!("echo Bearer {token}")),
        (
            "kubectl",
            format!(
                r#"echo '{{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{{"token":"{token}"}}}}'"#
            ),
        ),
        // Both read their standard input, as the helpers' contracts have it.
        (
            "git-credential-lab",
            "grep -q '^host=127.0.0.1$' && printf 'username=viewer\\npassword=viewer-password\\n'".into(),
        ),
        (
            "docker-credential-lab",
            format!(
                r#"grep -q 127.0.0.1 && echo '{{"ServerURL":"x","Username":"<token>","Secret":"{token}"}}'"#
            ),
        ),
        ("oauth", format!(r#"echo '{{"access_token":"{token}","expires_in":60}}'"#)),
        ("fails", format!("echo {token}; echo no luck >&2; exit 3")),
        ("nothing", "true".into()),
        ("prose", "echo this is not a token".into()),
        ("broken-json", format!(r#"echo '{{"access_token":"{token}'"#)),
        (
            "certificate",
            r#"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"clientCertificateData":"a","clientKeyData":"b"}}'"#.into(),
        ),
    ] {
        let file = home.path().join(name);
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o700)).unwrap();
    }
}

/// A call with these flags.
fn called(lab: &World, home: &Home, door: &str, flags: &str) -> Ran {
    let password = lab.directory().join("password-viewer.txt");
    let flags = flags
        .replace("PASSWORD_FILE", password.to_str().unwrap())
        .replace("ISSUER", lab.issuer())
        .replace("--exec ", &format!("--exec {}/", home.path().display()));
    let line =
        format!("call {{{door}}} lab.v1.Vault/GetViewer --cacert @ca.pem {flags} --format json");
    let grant = "grant_type=password&username=viewer&password=viewer-password";
    let mut command = home.command(lab, &line);
    if flags.contains("REFRESH") {
        let granted = lab.form("/token", grant);
        command.env("REFRESH", granted["refresh_token"].as_str().unwrap());
    }
    Ran::new(command.env("WRONG", WRONG).output().unwrap())
}

#[test]
fn each_way_lets_in_and_its_like_does_not() {
    let lab = World::open();
    let mut wrong = Vec::new();
    for way in WAYS {
        let home = Home::new();
        programs(&lab, &home);
        let ran = called(&lab, &home, way.door, way.flags);
        let document = ran.document();
        if (ran.code, &document["credential"]["kind"]) != (0, &Value::from(way.kind))
            || document["outcome"] != "allowed"
            || super::attempts(&document) != [0]
        {
            wrong.push(format!("{}: {ran:?}", way.name));
        }
        let ran = called(&lab, &home, way.door, way.bad);
        let document = ran.document();
        if ran.code != way.code
            || document["exit_code"] != way.code
            || !super::attempts(&document).is_empty()
        {
            wrong.push(format!("not {}: {ran:?}", way.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_login_may_answer_in_a_header() {
    let lab = World::open();
    let home = Home::new();
    let token = std::fs::read_to_string(lab.directory().join("token-viewer.jwt")).unwrap();
    let server = HttpServer::open(vec![Reply::with(
        &format!("X-Auth-Token: Bearer {}", token.trim()),
        "welcome",
    )]);
    let login = format!(
        "--login-url {} --user viewer --password env:WRONG",
        server.url
    );
    for (place, code) in [
        ("header:x-auth-token", 0),
        ("header:x-other", 4),
        ("/token", 4),
    ] {
        let ran = called(&lab, &home, "tls", &format!("{login} --token-ptr {place}"));
        assert_eq!(ran.code, code, "{place}: {ran:?}");
    }
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    let data: Value = serde_json::from_str(requests[0].split_once("\r\n\r\n").unwrap().1).unwrap();
    assert_eq!(
        data,
        serde_json::json!({"username": "viewer", "password": WRONG})
    );
}
