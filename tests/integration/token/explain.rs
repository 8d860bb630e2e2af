//! `token explain`: 0 whatever it finds, 2 if there is nothing to read.

use super::minted;
use super::run;
use super::run_with_input;

const AT: &str = "--at 2026-11-21T10:00:00Z";

#[test]
fn what_would_be_refused_is_said_and_the_exit_code_is_0() {
    let expired = minted("--key env:HS --claim exp=1795244400 --claim sub=alice");
    let refresh = minted("--key env:HS --claim typ=Refresh");
    let milliseconds = minted("--key env:HS --claim exp=1795244400000");
    for (token, line, words) in [
        (expired.as_str(), "", "refused   exp: expired 3 h ago"),
        (
            &expired,
            "--audience orders",
            "refused   aud: there is none, and `orders` is wanted",
        ),
        (
            &expired,
            "--key env:HS --alg HS256",
            "holds     signature: good: HS256 with a shared secret",
        ),
        (
            &expired,
            "--key file:%rsa.pub.pem",
            "refused   signature: the token says HS256",
        ),
        ("hunter2-hunter2", "", "An opaque token of 15 bytes"),
        (&expired[..40], "", "A damaged JWT"),
        (
            r#"{"access_token":"hunter2-hunter2"}"#,
            "",
            "Not a token: it is the whole JSON answer of a token endpoint; the token is its member access_token. Take the member out of it",
        ),
        (&refresh, "", "doubtful  typ: a refresh token (claim typ)"),
        (
            &milliseconds,
            "",
            "refused   exp: malformed: it is a number of milliseconds",
        ),
    ] {
        let ran = run(&format!("explain env:TOKEN {AT} {line}"), token);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
        assert!(!ran.stdout.contains(token) && !ran.stderr.contains(token));
    }
}

#[test]
fn standard_input_is_read_and_a_scheme_taken_off() {
    let token = minted("--key env:HS");
    for (input, noticed) in [
        (format!("{token}\n"), false),
        (format!("Bearer {token}"), true),
    ] {
        let ran = run_with_input("explain", &input);
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.lines().nth(1) == Some("A JWT, signed (`HS256`)"));
        assert_eq!(ran.stderr.contains("note: the scheme `Bearer`"), noticed);
    }
}

#[test]
fn the_document_says_the_same() {
    let token = minted("--key env:HS --claim exp=1795244400 --claim sub=alice");
    let ran = run(&format!("explain env:TOKEN {AT} --format json"), &token);
    let document = ran.document();
    assert_eq!(document["command"], "token explain");
    assert_eq!(document["form"], "jwt");
    assert_eq!(document["claims"]["sub"], "alice");
    assert_eq!(document["expires_at"], "2026-11-21T07:00:00Z");
    assert_eq!(document["checks"][0]["verdict"], "refused");
    assert!(document["signature"].is_null() && document["accepted"].is_null());
    assert_eq!(document["exit_code"], 0);
}

#[test]
fn a_certificate_is_compared_with_the_binding() {
    let bound = minted("--key env:HS --claim 'cnf={\"x5t#S256\":\"abc\"}'");
    let ran = run("explain env:TOKEN --cert %p256.cert.pem", &bound);
    let wanted = "refused   bound: to another client certificate than the one given";
    assert!(ran.stdout.contains(wanted), "{}", ran.stdout);
    let (_, thumbprint) = ran.stdout.split_once("the one given has ").unwrap();
    let thumbprint = &thumbprint[..43];
    let bound = minted(&format!(
        "--key env:HS --claim 'cnf={{\"x5t#S256\":\"{thumbprint}\"}}'"
    ));
    let ran = run("explain env:TOKEN --cert %p256.cert.pem", &bound);
    assert!(
        ran.stdout.contains("holds     bound: to the client"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_cannot_be_read_is_2() {
    for (line, words) in [
        ("explain env:UNSET", "UNSET"),
        ("explain env:TOKEN --jwk %rsa.pem", "it is not JSON"),
        ("explain env:TOKEN --jwks %missing.json", "missing.json"),
        (
            "explain env:TOKEN --key file:%p256.pem --alg RS256",
            "RS256 does not verify with an EC P-256 key",
        ),
        (
            "explain env:TOKEN --key file:%rsa.pub.pem --alg HS256",
            "key confusion",
        ),
        ("explain env:TOKEN --alg RS256", "--key"),
        ("explain stdin --key stdin", "claimed twice"),
        ("explain eyJhbGciOi.J9.x", "by reference"),
    ] {
        let ran = run(line, "x");
        assert_eq!(ran.code, 2, "{line}: {}", ran.stderr);
        assert!(ran.stderr.contains(words), "{line}: {}", ran.stderr);
        assert!(!ran.stderr.contains("eyJ"), "{}", ran.stderr);
    }
    let ran = run("explain env:UNSET --format json", "x");
    let document = ran.document();
    assert_eq!(document["diagnosis"]["id"], "input.secret-source");
    assert_eq!(document["exit_code"], 2);
}
