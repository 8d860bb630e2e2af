//! `token verify`: 0 where signature and claims hold, 1 where not, 2 where nothing can be judged.

use super::minted;
use super::run;
use crate::world::World;

#[test]
fn signature_and_claims_decide() {
    let token =
        minted("--key env:HS --claim aud=orders --claim exp=1795255200 --claim iat=1795254900");
    let none = minted("--alg none --insecure-alg-none --claim exp=1795255200");
    let dated = "--at 1795255000";
    for (token, line, code, words) in [
        (
            &token,
            format!("--key env:HS --alg HS256 {dated}"),
            0,
            "accepted: expires in 3 min\nA JWT, signed (`HS256`)",
        ),
        (
            &token,
            format!("--key env:HS --alg HS256 {dated} --audience orders"),
            0,
            "holds     aud",
        ),
        (
            &token,
            format!("--key env:HS --alg HS256 {dated} --audience x"),
            1,
            "refused   aud: `orders`, and `x` is wanted",
        ),
        (
            &token,
            "--key env:HS --alg HS256 --at 1795255242".into(),
            0,
            "within the leeway of 60 s",
        ),
        (
            &token,
            "--key env:HS --alg HS256 --at 1795255300".into(),
            1,
            "expired 100 s ago; beyond the leeway",
        ),
        (
            &token,
            "--key env:HS --alg HS256 --at 1795254000".into(),
            0,
            "doubtful  iat",
        ),
        (
            &token,
            format!("--key 'cmd:printf other-secret' --alg HS256 {dated}"),
            1,
            "refused   signature: the HS256 signature is not that of this key",
        ),
        (
            &token,
            format!("--key env:HS --alg HS512 {dated}"),
            1,
            "the token says HS256, and the key is for HS512",
        ),
        (
            &token,
            format!("--key file:%rsa.pub.pem {dated}"),
            1,
            "key confusion",
        ),
        (
            &none,
            format!("--key env:HS --alg HS256 {dated}"),
            1,
            "not signed",
        ),
    ] {
        let ran = run(&format!("verify env:TOKEN {line}"), token);
        assert_eq!(ran.code, code, "{line}: {} {}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains(words), "{line}: {}", ran.stdout);
        assert!(!ran.stdout.contains(token.as_str()));
    }
}

#[test]
fn every_kind_of_key_verifies_what_its_private_half_signed() {
    for (private, algorithm, public) in [
        ("rsa.pem", "RS256", "rsa.pub.pem"),
        ("rsa.pem", "PS512", "rsa-pkcs1.pub.pem"),
        ("p256.pem", "ES256", "p256.cert.pem"),
        ("p384.pem", "ES384", "p384.pub.pem"),
        ("ed25519.pem", "EdDSA", "ed25519.pub.pem"),
    ] {
        let token = minted(&format!("--key file:%{private} --alg {algorithm}"));
        let ran = run(
            &format!("verify env:TOKEN --key file:%{public} --format json"),
            &token,
        );
        let document = ran.document();
        assert_eq!((ran.code, &document["accepted"]), (0, &true.into()));
        assert_eq!(document["signature"]["algorithm"], algorithm);
        let other = if private == "p256.pem" {
            "p384.pub.pem"
        } else {
            "p256.cert.pem"
        };
        let ran = run(&format!("verify env:TOKEN --key file:%{other}"), &token);
        assert_eq!(ran.code, 1);
    }
}

#[test]
fn a_set_of_keys_is_searched_by_key_id() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("jwks.json");
    // RFC 8037 §A.1 and §A.2.
    let public = r#"{"kty":"OKP","crv":"Ed25519","kid":"k1","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    let private = r#"{"kty":"OKP","crv":"Ed25519","kid":"k1","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    std::fs::write(&path, format!("{{\"keys\":[{public}]}}")).unwrap();
    let key = directory.path().join("private.json");
    std::fs::write(&key, private).unwrap();
    for (kid, code, words) in [
        ("", 0, "(kid `k1`)"),
        (
            "--kid k2",
            1,
            "no key has the token's kid `k2`; there are `k1`",
        ),
    ] {
        let token = minted(&format!("--key file:{} {kid}", key.display()));
        let ran = run(
            &format!("verify env:TOKEN --jwks {}", path.display()),
            &token,
        );
        assert_eq!(ran.code, code, "{}", ran.stdout);
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    }
}

#[test]
fn a_raw_payload_is_verified_where_it_is_asked_for() {
    // RFC 8037 §A.4.
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("jwk.json");
    std::fs::write(
        &path,
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
    )
    .unwrap();
    let line = format!("verify env:TOKEN --jwk {}", path.display());
    let ran = run(&format!("{line} --raw-payload"), token);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    let ran = run(&line, token);
    assert_eq!(ran.code, 1);
    assert!(
        ran.stdout
            .contains("refused: a signed payload that is no claims, or a damaged JWT"),
        "{}",
        ran.stdout
    );
}

#[test]
fn without_a_key_there_is_nothing_to_verify_with() {
    let ran = run("verify env:TOKEN", "x");
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--key"), "{}", ran.stderr);
    let ran = run(
        "verify env:TOKEN --key env:HS --alg HS256 --jwk %x.json",
        "x",
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn an_issuers_keys_are_fetched() {
    let world = World::open();
    let door = world.door("https-login").to_owned();
    let issuer = door.strip_suffix("/login").unwrap();
    let ca = "--cacert @ca.pem";
    for (line, code, words) in [
        (format!("--issuer {issuer} {ca}"), 0, "as wanted"),
        (format!("--jwks {issuer}/jwks {ca}"), 0, "(kid `lab-es256`)"),
        (
            format!("--jwks {issuer}/jwks {ca} --audience vault"),
            0,
            "holds     aud",
        ),
        (
            format!("--jwks {issuer}/jwks {ca} --audience x"),
            1,
            "refused   aud",
        ),
        (
            format!("--issuer {issuer}/ {ca}"),
            3,
            "must be equal to the letter",
        ),
        (
            format!("--jwks {issuer}/nothing {ca}"),
            3,
            "it was answered with HTTP 404",
        ),
        (
            format!("--jwks {issuer}/.well-known/openid-configuration {ca}"),
            2,
            "no JWK Set",
        ),
        (format!("--jwks {issuer}/jwks"), 3, "[trust."),
        (
            "--jwks http://192.0.2.1/jwks".to_owned(),
            3,
            "anybody on the way",
        ),
        ("--jwks ftp://x/".to_owned(), 2, "neither https nor http"),
    ] {
        let ran = world.run(&format!("token verify file:@token-viewer.jwt {line}"));
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.code, code, "{line}: {said}");
        assert!(said.contains(words), "{line}: {said}");
    }
    let other = world.run(&format!(
        "token verify file:@token-other-key.jwt --issuer {issuer} {ca}"
    ));
    assert_eq!(other.code, 1);
    assert!(
        other.stdout.contains("refused   signature"),
        "{}",
        other.stdout
    );
}
