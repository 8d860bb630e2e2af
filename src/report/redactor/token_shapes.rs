//! What may be a token that nobody knows: in an answer that was to bring one, and brought it where it was not looked for.
//!
//! A token is a run of the alphabet of RFC 6750 §2.1, however it is escaped or folded. A run of 20 and more is taken for
//! one, unless it consists of words: nothing but lower-case words, or names that RFCs and registries define. So a
//! sentence, the URL of a page or an error's code is left, and whatever has a digit, a hyphen or mixed case is not.

use std::ops::Range;

use crate::report::redactor::DEPTH;
use crate::report::redactor::decoding;
use crate::report::redactor::decoding::Notation;
use crate::report::redactor::decoding::Octet;
use crate::text::is_plain;

/// The shortest run that is taken for a token.
const SHORTEST: usize = 20;
/// The same of a run that begins as JSON in base64 does, that follows a scheme, or whose end was not kept.
const SHORTEST_MARKED: usize = 8;
/// How JSON begins in base64: a JWT.
const JSON: &str = "eyJ";
/// The longest word.
const LONGEST_WORD: usize = 16;

/// Names of 20 characters and more, or within URLs and forms, that are no token although no word either.
const NAMES: &[&str] = &[
    // Errors of RFC 6749, 6750, 7591, 8628, 9449, 9470 and OpenID Connect.
    "account_selection_required",
    "authorization_pending",
    "insufficient_scope",
    "insufficient_user_authentication",
    "interaction_required",
    "invalid_authorization_details",
    "invalid_client",
    "invalid_client_metadata",
    "invalid_grant",
    "invalid_request",
    "invalid_request_object",
    "invalid_scope",
    "invalid_software_statement",
    "invalid_token",
    "registration_not_supported",
    "request_not_supported",
    "request_uri_not_supported",
    "temporarily_unavailable",
    "unapproved_software_statement",
    "unauthorized_client",
    "unsupported_grant_type",
    "unsupported_response_type",
    "unsupported_token_type",
    // Parameters and metadata.
    "access_token",
    "authorization_code",
    "authorization_endpoint",
    "client_assertion",
    "client_assertion_type",
    "client_credentials",
    "client_id",
    "client_secret",
    "client_secret_basic",
    "client_secret_jwt",
    "client_secret_post",
    "code_challenge",
    "code_challenge_method",
    "code_challenge_methods_supported",
    "device_authorization_endpoint",
    "error_description",
    "error_uri",
    "expires_in",
    "grant_type",
    "grant_types_supported",
    "id_token",
    "introspection_endpoint",
    "private_key_jwt",
    "redirect_uri",
    "refresh_token",
    "refresh_token_expires_in",
    "requested_token_type",
    "response_type",
    "revocation_endpoint",
    "self_signed_tls_client_auth",
    "subject_token",
    "subject_token_type",
    "tls_client_auth",
    "token_endpoint",
    "token_endpoint_auth_method",
    "token_endpoint_auth_methods_supported",
    "token_type",
    // Within URLs and media types.
    "client-assertion-type",
    "oauth-authorization-server",
    "oauth2",
    "openid-configuration",
    "openid-connect",
    "well-known",
    "x-www-form-urlencoded",
];

/// Where `text` may hold a token. `is_name`: it is a key or a code. `is_cut`: no more of it was kept.
pub(super) fn find(text: &str, is_name: bool, is_cut: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for depth in 0..=DEPTH {
        let mut octets = Vec::new();
        let layers = &[Notation::Escapes; DEPTH][..depth];
        let rest = decoding::decode(text.as_bytes(), 0..text.len(), layers, &mut |octet| {
            octets.push(octet);
        });
        for run in runs(&octets) {
            let ends = is_cut && run.to == text.len();
            if run.is_token(is_name, ends) {
                found.push(run.from..run.to);
            }
        }
        if !rest.may_go_on {
            break;
        }
    }
    found
}

/// Characters of a token's alphabet that stand together, or only with what is not seen between them.
#[derive(Debug, Default)]
struct Run {
    /// Where lines were folded a line end is kept.
    text: String,
    from: usize,
    to: usize,
    /// Whether the name of a scheme stands before it.
    follows_scheme: bool,
}

fn runs(octets: &[Octet]) -> Vec<Run> {
    let values: Vec<u8> = octets.iter().map(|octet| octet.value).collect();
    let mut found: Vec<Run> = Vec::new();
    let mut run = Run::default();
    let (mut at, mut after_line_end) = (0, false);
    let mut end = |run: &mut Run| {
        let ended = std::mem::take(run);
        if !ended.text.is_empty() {
            run.follows_scheme = ["bearer", "dpop"]
                .iter()
                .any(|scheme| ended.text.eq_ignore_ascii_case(scheme));
            found.push(ended);
        }
    };
    for chunk in values.utf8_chunks() {
        for character in chunk.valid().chars() {
            let (from, to) = (octets[at].from, octets[at + character.len_utf8() - 1].to);
            at += character.len_utf8();
            if is_of_token(character) {
                if run.text.is_empty() {
                    run.from = from;
                } else if std::mem::take(&mut after_line_end) {
                    run.text.push('\n');
                }
                (run.to, after_line_end) = (to, false);
                run.text.push(character);
            } else if !is_plain(character) {
                after_line_end |= character.is_whitespace();
            } else if !(character == ' ' && (after_line_end || run.text.is_empty())) {
                after_line_end = false;
                end(&mut run);
                run.follows_scheme &= character == ' ';
            }
        }
        if !chunk.invalid().is_empty() {
            at += chunk.invalid().len();
            end(&mut run);
        }
    }
    end(&mut run);
    found
}

fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~+/=".contains(character)
}

impl Run {
    /// `ends`: it may go on beyond what was kept.
    fn is_token(&self, is_name: bool, ends: bool) -> bool {
        let is_marked = ends || self.follows_scheme || self.text.starts_with(JSON);
        let shortest = if is_marked { SHORTEST_MARKED } else { SHORTEST };
        let length = self
            .text
            .chars()
            .filter(|character| *character != '\n')
            .count();
        length >= shortest && !self.is_words(is_name)
    }

    fn is_words(&self, is_name: bool) -> bool {
        // A sentence's end, or what a bracket was closed after.
        let text = self.text.trim_end_matches(['.', '-']);
        let (host, rest) = match text.strip_prefix("//") {
            Some(url) => url.split_once('/').unwrap_or((url, "")),
            None => ("", text),
        };
        let separates = |character: char| "./+=\n".contains(character);
        host.split('.').all(is_label)
            && rest.split(separates).all(|part| {
                part.is_empty()
                    || NAMES.contains(&part)
                    || is_word(part)
                    || (is_name && part.split(['_', '-']).all(is_word))
            })
    }
}

/// A word, an acronym, the name of an exception, a short number or version.
fn is_word(text: &str) -> bool {
    let rest = text
        .strip_prefix(|first: char| first.is_ascii_alphabetic())
        .unwrap_or(text);
    let all = |fits: fn(&char) -> bool| rest.chars().all(|character| fits(&character));
    let is_exception = ["Exception", "Error"].iter().any(|end| text.ends_with(end))
        && text
            .chars()
            .all(|character| character.is_ascii_alphabetic());
    let is_upper = text.chars().all(|character| character.is_ascii_uppercase());
    is_exception
        || text.len() <= LONGEST_WORD && (all(char::is_ascii_lowercase) || is_upper)
        || rest.len() <= 2 && all(char::is_ascii_digit)
        || text.len() <= 5 && text.chars().all(|character| character.is_ascii_digit())
}

/// One label of a host's name, in lower case.
fn is_label(text: &str) -> bool {
    let fits = |octet: u8| octet.is_ascii_lowercase() || octet.is_ascii_digit() || octet == b'-';
    text.len() < SHORTEST && text.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn shown(text: &str) -> String {
        let mut shown = String::new();
        let mut at = 0;
        let mut found = find(text, false, false);
        found.sort_by_key(|range| range.start);
        for range in found {
            if range.start >= at {
                shown.push_str(&text[at..range.start]);
                shown.push('#');
            }
            at = at.max(range.end);
        }
        shown + &text[at..]
    }

    const TOKENS: &[&str] = &[
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtZSJ9.c2lnbmF0dXJl",
        "eyJhbGciOi",
        "5e1d2b7a-1234-4321-8765-0123456789ab",
        "ya29.a0AfH6SMBx-Zq_81kPq",
        "0123456789abcdef0123",
        "c2VjcmV0LXNlY3JldC1zZWNyZXQ=",
        "super-secret-refresh-token",
        "ghp_abcdefghijklmnopqrstuvwx",
        "qwertyuiopasdfghjklzxcvbnmqwertyuiopasd",
        "ZXhhbXBsZS9leGFtcGxl/ab+cdE=",
    ];

    #[test]
    fn tokens_are_withheld_however_they_are_written() {
        for token in TOKENS {
            let percent: String = token.bytes().map(|octet| format!("%{octet:02x}")).collect();
            let entities: String = token.bytes().map(|octet| format!("&#{octet};")).collect();
            let json: String = token
                .bytes()
                .map(|octet| format!("\\u{octet:04x}"))
                .collect();
            let halves = token.split_at(token.len() / 2);
            for text in [
                (*token).to_owned(),
                percent.replace('%', "%25"),
                percent,
                entities,
                json,
                format!("{}\n{}", halves.0, halves.1),
                format!("{}\r\n    {}", halves.0, halves.1),
                format!("{}\\n{}", halves.0, halves.1),
                format!("{}\u{200b}\0{}", halves.0, halves.1),
                STANDARD.encode(format!("Bearer {token}")),
            ] {
                for (before, after) in [
                    ("the token is ", " now"),
                    ("<token>", "</token>"),
                    ("value=\"", "\""),
                    ("{\"a\":\"", "\"}"),
                    ("Bearer ", ""),
                    ("\u{e9}", "\u{ff}"),
                ] {
                    let whole = format!("{before}{text}{after}");
                    assert_eq!(shown(&whole), format!("{before}#{after}"), "{whole}");
                }
            }
        }
    }

    #[test]
    fn what_a_form_says_of_its_token_goes_with_it() {
        assert_eq!(shown("access_token=a1b2c3d4e5f6&x=1"), "#&x=1");
    }

    #[test]
    fn words_are_left() {
        for text in [
            "invalid user or password",
            "rate limit exceeded; try again in 20 s",
            "Bearer token missing",
            "Bearer authentication required.",
            "AADSTS7000215: Invalid client secret provided.",
            "see https://errors.example.com/oauth2/invalid_grant.",
            "https://login.example-corp.com:8443/realms/acme/protocol/openid-connect/token",
            "https://id.test/.well-known/openid-configuration",
            "unsupported_grant_type",
            "grant_type=client_credentials",
            "application/x-www-form-urlencoded",
            "application/problem+json; charset=utf-8",
            "text/html",
            "NotAuthorizedException: no",
            "one\ntwo\nthree\nfour\nfive\nsix",
            "a page\n    authentication\n    infrastructure\n",
            "error_description=The+user+or+the+password+is+wrong",
            "lookup identity.internal.example.com: no such host",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn names_may_be_joined_words_and_no_more() {
        for (name, is_left) in [
            ("INVALID_LOGIN_CREDENTIALS", true),
            ("the_token_of_your_session", true),
            ("eyJhbGciOiJIUzI1NiJ9", false),
            ("a1b2c3d4e5f6a7b8c9d0_token", false),
        ] {
            assert_eq!(find(name, true, false).is_empty(), is_left, "{name}");
        }
    }

    #[test]
    fn the_beginning_of_a_token_at_the_end_of_what_was_kept_is_withheld() {
        let found = find("it is a1b2c3d4", false, true);
        assert!(found.iter().all(|range| *range == (6..14)) && !found.is_empty());
        assert!(find("it is a1b2c3d4", false, false).is_empty());
        assert!(find("it is authentic", false, true).is_empty());
    }

    proptest! {
        #[test]
        fn no_run_of_a_tokens_alphabet_with_digits_is_left(token in "[A-Z][0-9][A-Za-z0-9._~+/-]{30,60}[0-9][a-z]", before in "[ a-z]{0,9} ") {
            prop_assert_eq!(shown(&format!("{before}{token}")), format!("{before}#"));
        }

        #[test]
        fn anything_is_searched(text in "[a-zA-Z0-9%\\\\&;#.=\n \u{e9}\u{200b}]{0,80}") {
            for range in find(&text, false, true) {
                prop_assert!(range.end <= text.len() && range.start < range.end);
            }
        }
    }
}
