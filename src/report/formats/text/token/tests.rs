use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::*;
use crate::exit_status::ExitStatus;
use crate::jwt::claims::Expected;
use crate::jwt::examination::Examination;
use crate::jwt::examination::Question;
use crate::jwt::examination::examine;
use crate::report::schema::v1::TokenDocument;
use crate::text::is_plain;

const CLOCK: i64 = 1_795_255_200;

fn clock() -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(CLOCK).unwrap()
}

fn found(token: &str) -> Examination {
    examine(
        token,
        &Question {
            expected: Expected {
                clock: clock(),
                audience: Some("orders"),
                issuer: None,
            },
            keys: None,
            certificate: None,
            raw_payload: false,
        },
    )
}

fn shown(token: &str) -> String {
    let examination = found(token);
    let look = Look {
        command: "token explain",
        examination: &examination,
        clock: clock(),
        judged: false,
        exit: ExitStatus::Success,
    };
    page(&look, Style::PLAIN)
}

fn token(header: &Value, claims: &Value) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.c2lnbmF0dXJl", encode(header), encode(claims))
}

#[test]
fn a_token_is_shown_with_its_times_in_words() {
    let token = token(
        &json!({"alg": "ES256", "typ": "at+jwt", "kid": "k1"}),
        &json!({"iss": "https://id.example.com", "aud": ["orders-dev"], "exp": CLOCK - 42, "iat": CLOCK - 342, "n": {"a": 1}}),
    );
    let page = shown(&token);
    assert_eq!(
        page,
        "not valid: aud: `orders-dev`, and `orders` is wanted
A JWT, signed (`ES256`)

Header
  alg  \"ES256\"
  typ  \"at+jwt\"
  kid  \"k1\"

Claims
  iss  \"https://id.example.com\"
  aud  [\"orders-dev\"]
  exp  1795255158  2026-11-21T09:59:18Z, 42 s ago
  iat  1795254858  2026-11-21T09:54:18Z, 5 min ago
  n    {\"a\":1}

At 2026-11-21T10:00:00Z
  doubtful  exp: expired 42 s ago; within the leeway of 60 s that many servers grant
  holds     iat: issued 5 min ago
  refused   aud: `orders-dev`, and `orders` is wanted
  holds     typ: an access token, or any JWT

The signature was not verified: no key was given (--key, --jwk, --jwks or --issuer).
"
    );
}

#[test]
fn what_is_no_signed_jwt_is_said_to_be_what_it_is() {
    let whole = token(&json!({"alg": "RS256"}), &json!({}));
    for (text, words) in [
        (
            format!(
                "{}.e30.",
                URL_SAFE_NO_PAD.encode(json!({"alg": "none"}).to_string())
            ),
            "A JWT that is not signed",
        ),
        (
            token(&json!({"alg": "ML-DSA-65"}), &json!({})),
            "not valid: aud: there is none, and `orders` is wanted\nA JWT, signed (`ML-DSA-65`)",
        ),
        (
            format!(
                "{}.a.b.c.d",
                URL_SAFE_NO_PAD.encode(json!({"alg": "dir"}).to_string())
            ),
            "An encrypted JWT (JWE)",
        ),
        (whole[..10].to_owned(), "A damaged JWT"),
        (
            "hunter2".to_owned(),
            "An opaque token of 7 bytes (not a JWT: it has 1 dot-separated part)",
        ),
    ] {
        let page = shown(&text);
        assert!(page.starts_with(words), "{page}");
        assert!(!page.contains("hunter2"), "{page}");
    }
}

#[test]
fn what_a_token_says_cannot_forge_a_line_or_reach_the_terminal() {
    let hostile = "\u{1b}[31m\n  holds     signature: good\u{202e}";
    let token = token(
        &json!({"alg": hostile, "typ": hostile, "kid": hostile}),
        &json!({"exp": 1, "aud": hostile, hostile: hostile, "cnf": {"x5t#S256": hostile}}),
    );
    let page = shown(&token);
    assert!(
        page.chars().all(|shown| shown == '\n' || is_plain(shown)),
        "{page}"
    );
    assert!(
        !page
            .lines()
            .any(|line| line.starts_with("  holds     signature")),
        "{page}"
    );
}

#[test]
fn the_signature_is_never_shown() {
    let token = token(&json!({"alg": "RS256"}), &json!({"sub": "a"}));
    let examination = found(&token);
    let look = Look {
        command: "token explain",
        examination: &examination,
        clock: clock(),
        judged: false,
        exit: ExitStatus::Success,
    };
    let document = json_line::line(&TokenDocument::new(&look));
    for text in [shown(&token), document] {
        assert!(
            !text.contains("c2lnbmF0dXJl") && !text.contains(&token),
            "{text}"
        );
    }
}
