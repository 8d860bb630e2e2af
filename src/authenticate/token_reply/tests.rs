use ::http::HeaderMap;
use ::http::StatusCode;
use bytes::Bytes;

use super::*;

const BEGAN: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

fn reply(status: u16, body: impl Into<Bytes>) -> HttpReply {
    HttpReply {
        status: StatusCode::from_u16(status).unwrap(),
        headers: HeaderMap::new(),
        body: body.into(),
    }
}

fn read_text(status: u16, body: &'static str) -> Result<Entry, TokenFault> {
    read(&reply(status, body), BEGAN)
}

#[test]
fn lifetimes_in_all_their_forms() {
    for (body, expires) in [
        (r#"{"access_token":"t","expires_in":3600}"#, Some(3600)),
        (r#"{"access_token":"t","expires_in":"3600"}"#, Some(3600)),
        (r#"{"access_token":"t","expires_in":"3600s"}"#, Some(3600)),
        (r#"{"access_token":"t","expires_in":59.9}"#, Some(59)),
        (r#"{"access_token":"t"}"#, None),
        (r#"{"access_token":"t","expires_in":null}"#, None),
        (r#"{"access_token":"t","expires_in":0}"#, None),
        (r#"{"access_token":"t","expires_in":-5}"#, None),
        (r#"{"access_token":"t","expires_in":1e300}"#, None),
        (r#"{"access_token":"t","expires_in":"soon"}"#, None),
        // exp 1300819380, of RFC 7519 §3.1: the claim counts where the answer does not say.
        (
            r#"{"access_token":"eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjEzMDA4MTkzODB9.AAAA","expires_in":0}"#,
            Some(1_300_819_380),
        ),
    ] {
        let token = read_text(200, body).unwrap();
        let seconds = token.expires_at.map(OffsetDateTime::unix_timestamp);
        assert_eq!(seconds, expires, "{body}");
    }
}

#[test]
fn what_goes_with_the_token() {
    let token = read_text(
        200,
        "\u{feff}{\"access_token\":\"t\",\"token_type\":\"BEARER\",\"scope\":[\"a\",\"b\"],\"refresh_token\":\"r\",\"extra\":{}}",
    )
    .unwrap();
    assert_eq!(token.token_type.as_deref(), Some("BEARER"));
    assert_eq!(token.scope.as_deref(), Some("a b"));
    assert_eq!(token.refresh_token.unwrap().expose(), "r");
}

#[test]
fn what_brings_no_token_is_told_apart_and_says_no_value() {
    let deep = format!("{}1{}", "{\"a\":".repeat(10_000), "}".repeat(10_000));
    for (reply, expected) in [
        (reply(302, ""), "Redirect"),
        (
            reply(
                400,
                r#"{"error":"invalid_grant","error_description":"gone"}"#,
            ),
            "Error { code: PeerText(13 octets), description: Some(PeerText(4 octets)) }",
        ),
        (
            reply(200, r#"{"error":"bad_verification_code"}"#),
            "Error { code: PeerText(21 octets), description: None }",
        ),
        (
            reply(502, "<html>Bad Gateway</html>"),
            "Status(Text(PeerText(24 octets)))",
        ),
        (
            reply(500, r#"{"error":{"code":1}}"#),
            "Status(Keys([PeerText(5 octets)]))",
        ),
        (reply(401, ""), "Status(Empty)"),
        (
            reply(200, ""),
            "Unreadable { why: \"it is empty\", content: Empty }",
        ),
        (
            reply(200, "[]"),
            "Unreadable { why: \"it is JSON, but no object\", content: Opaque(2) }",
        ),
        (
            reply(200, &b"{\"access_token\":\"\xff\"}"[..]),
            "Unreadable { why: \"it is not UTF-8\", content: Opaque(20) }",
        ),
        (
            reply(200, "{\"access_token\":\"s3cret"),
            "Unreadable { why: \"its JSON ends too early\"",
        ),
        (
            reply(200, r#"{"access_token":"one","access_token":"two"}"#),
            "Unreadable { why: \"it has a key twice: ",
        ),
        (
            reply(200, deep),
            "Unreadable { why: \"its JSON is nested too deeply\"",
        ),
        (
            reply(200, r#"{"id_token":"s3cret"}"#),
            "NotInAnswer { looked_at: [\"/access_token\"], content: Keys([PeerText(8 octets)]) }",
        ),
        (
            reply(200, r#"{"access_token":42}"#),
            "NotInAnswer { looked_at",
        ),
        (
            reply(200, "{\"access_token\":\"a\\r\\nb\"}"),
            "Unusable { why: \"it has a line end in it\" }",
        ),
    ] {
        let fault = read(&reply, BEGAN).unwrap_err();
        if let TokenFault::Unreadable { why, .. } = &fault {
            let why = crate::peer_text::plain(why);
            assert!(!why.contains("twice") || why.ends_with(": access_token"));
        }
        let fault = format!("{fault:?}");
        assert!(fault.starts_with(expected), "{fault}");
    }
}
