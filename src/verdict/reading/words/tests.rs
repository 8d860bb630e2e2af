use super::*;

fn words(text: &str) -> Words {
    Words::split(&format!("{text} . "))
}

#[test]
fn words_are_taken_apart() {
    for (text, expected) in [
        ("Jwt is missing", &["jwt", "is", "missing", "."][..]),
        ("TOKEN_EXPIRED", &["token", "expired", "."]),
        (
            "ExpiredSignature: JWTExpired",
            &["expired", "signature", "jwt", "expired", "."],
        ),
        (
            "next_page_token, a.b",
            &["next", "page", "token", "a", "b", "."],
        ),
        ("it isn't set. No", &["it", "isn't", "set", ".", "no", "."]),
    ] {
        assert_eq!(words(text).0, expected, "{text}");
    }
}

#[test]
fn a_missing_credential_is_told_from_a_missing_anything() {
    use Subjects::{Any, Certain, Likely};
    for (text, subjects, expected) in [
        ("Jwt is missing", Any, true),
        ("missing bearer token", Likely, true),
        ("authorization token is not provided", Any, true),
        ("authentication required", Any, true),
        ("Request unauthenticated with bearer", Any, true),
        ("No API key found in request", Any, true),
        ("etcdserver: user name is empty", Certain, true),
        ("missing authorization header", Certain, true),
        ("Authorization Model '01H' not found", Likely, false),
        ("page_token is missing", Any, false),
        ("nextPageToken is required", Certain, false),
        ("token is required", Certain, false),
        ("token is required", Any, true),
        ("etcdserver: invalid auth token", Any, false),
        ("type 'document' not found", Likely, false),
        ("could not find default credentials", Certain, false),
        ("the name is missing. The token is good", Any, false),
    ] {
        assert_eq!(
            words(text).reports_missing_credential(subjects),
            expected,
            "{text} {subjects:?}"
        );
    }
}

#[test]
fn a_bad_credential_is_told_from_a_caller_who_may_not() {
    use Subjects::{Any, Certain, Likely};
    for (text, subjects, expected) in [
        ("invalid token", Any, true),
        ("token has invalid claims: token is expired", Any, true),
        ("Signature verification failed", Any, true),
        ("invalid claims", Likely, true),
        ("unauthenticated", Likely, true),
        ("RBAC: access denied", Any, false),
        ("permission denied: wrong role in token", Any, false),
        ("user of this token lacks permission", Any, false),
        ("proto: syntax error: unexpected token <", Certain, false),
        ("invalid token at position 3", Certain, false),
        ("invalid access token", Certain, true),
        ("name is invalid", Any, false),
    ] {
        assert_eq!(
            words(text).reports_invalid_credential(subjects),
            expected,
            "{text} {subjects:?}"
        );
    }
}

#[test]
fn times_are_read_in_the_words_of_many_libraries() {
    for (text, expired, early) in [
        ("token is expired by 42s", true, false),
        ("Signature has expired", true, false),
        ("ExpiredSignature", true, false),
        ("\"exp\" claim timestamp check failed", true, false),
        ("Jwt not yet valid", false, true),
        ("jwt not active", false, true),
        ("Token used before issued", false, true),
        ("The certificate has expired", false, false),
        ("your subscription has expired", false, false),
        ("this resource has expired", false, false),
        ("the share link is no longer valid", false, false),
        ("page token expired", false, false),
        (
            "the signing request expired. Send the token again",
            false,
            false,
        ),
        ("this session is no longer valid", true, false),
        ("it has expired", true, false),
        ("TOKEN_EXPIRED", true, false),
        ("invalid token", false, false),
    ] {
        let words = words(text);
        assert_eq!(
            (words.say_expired(), words.say_not_yet_valid()),
            (expired, early),
            "{text}"
        );
    }
}

#[test]
fn what_is_missing_in_a_credential_is_not_the_credential() {
    use Subjects::Any;
    for (text, expected) in [
        ("token is missing", true),
        ("token is missing the sub claim", false),
        ("token missing in request", true),
        ("token header missing key id", false),
        ("claim `auth_time` of token is missing", false),
        ("The token signature is missing.", false),
        ("token is unverifiable: no keyfunc was provided", false),
        ("missing or empty authorization metadata", true),
        ("no user for token", false),
        ("no token for user", true),
        ("jwt must be provided", true),
        ("authorization token is not supplied", true),
        ("no kid in token", false),
        ("the audience in the token is empty", false),
    ] {
        assert_eq!(
            words(text).reports_missing_credential(Any),
            expected,
            "{text}"
        );
    }
}
