//! Places that a user gives, targets and URLs, and what of them is not shown: user and password, the values of a
//! query, a fragment. Whatever reads a place teaches it here, before it refuses it; every output is searched for it.

use std::borrow::Cow;
use std::cell::RefCell;

use percent_encoding::percent_decode_str;

use crate::secret::Secret;

/// What stands in a value's place.
const MASK: &str = "<redacted>";

/// The parts of a query's key that say that its value is a secret wherever it is repeated.
const SECRETS: &[&str] = &[
    "assertion",
    "auth",
    "code",
    "credential",
    "jwt",
    "key",
    "pass",
    "pwd",
    "secret",
    "session",
    "sig",
    "token",
];

/// The parts of a flag's name that say that its value is a place.
const PLACES: &[&str] = &[
    "authority",
    "issuer",
    "jwks",
    "proxy",
    "resolve",
    "server",
    "target",
    "url",
];

/// Part of a place, and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    given: String,
    shown: String,
}

impl Part {
    fn new(given: &str, shown: &str) -> Self {
        Self {
            given: given.to_owned(),
            shown: shown.to_owned(),
        }
    }
}

thread_local! {
    /// Every part that is not shown as it was given, the longest first.
    static KNOWN: RefCell<Vec<Part>> = const { RefCell::new(Vec::new()) };
}

/// Learns a place: from here on it is shown without user, password and values.
pub(crate) fn learn(text: &str) {
    for part in parts(text) {
        KNOWN.with_borrow_mut(|known| {
            if !known.contains(&part) {
                known.push(part);
                known.sort_by_key(|part| std::cmp::Reverse(part.given.len()));
            }
        });
    }
}

/// Learns the places among the words of a command line, which may be refused before anything reads them.
pub(crate) fn learn_words<'a>(words: impl IntoIterator<Item = &'a str>) {
    let mut flag = "";
    for word in words {
        let (name, value) = match word.strip_prefix('-') {
            Some(_) => word.split_once('=').unwrap_or((word, "")),
            None => (flag, word),
        };
        let may_be_place = name.is_empty() || PLACES.iter().any(|place| name.contains(place));
        let is_one_word = !value
            .contains(|character: char| character.is_whitespace() || "\"'{}".contains(character));
        if is_one_word && (may_be_place || value.contains("://")) {
            learn(value);
        }
        flag = if word.starts_with('-') && !word.contains('=') {
            word
        } else {
            ""
        };
    }
}

/// A text with every place in it as it is shown.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    KNOWN.with_borrow(|known| {
        known.iter().fold(Cow::Borrowed(text), |text, part| {
            match text.contains(&part.given) {
                true => Cow::Owned(text.replace(&part.given, &part.shown)),
                false => text,
            }
        })
    })
}

/// What of a place is shown otherwise. A place whose user and password are given has its secrets learned.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let (is_url, rest) = match text.split_once("://") {
        Some((_, rest)) => (true, rest.trim_start_matches('/')),
        None => (false, text),
    };
    // A socket's name may have `#` in it.
    let marks: &[char] = if text.starts_with("unix:") {
        &['?']
    } else {
        &['?', '#']
    };
    let (head, tail) = rest.split_at(user_info_and_more(rest, marks));
    if let Some(at) = head.rfind('@') {
        let (user_info, _) = head.split_at(at + 1);
        let password = user_info
            .trim_end_matches('@')
            .split_once(':')
            .map(|(_, password)| password);
        // Alone, a user's name is found behind its scheme only: it may stand in any text.
        match password {
            Some(_) => parts.push(Part::new(user_info, "")),
            None if is_url => parts.push(Part::new(&format!("//{user_info}"), "//")),
            None => {}
        }
        if let Some(password) = password.filter(|password| !password.is_empty()) {
            let _ = Secret::new(password);
            let _ = Secret::new(percent_decode_str(password).decode_utf8_lossy());
        }
    }
    if !tail.is_empty() {
        parts.push(Part::new(tail, &masked(tail)));
    }
    parts.retain(|part| part.given != part.shown);
    parts
}

/// How far a place's host may reach: up to its query, but for one that stands in a password.
fn user_info_and_more(rest: &str, marks: &[char]) -> usize {
    let Some(mark) = rest.find(marks) else {
        return rest.len();
    };
    let (head, tail) = rest.split_at(mark);
    let is_port = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
    let begins_password = head
        .split_once(':')
        .is_some_and(|(_, password)| !password.contains(['/', '@']) && !is_port(password));
    match tail
        .rfind('@')
        .filter(|at| begins_password && !tail[*at..].contains('='))
    {
        None => mark,
        Some(at) => {
            at + rest[mark + at..]
                .find(marks)
                .map_or(rest.len() - at, |more| mark + more)
        }
    }
}

/// A query and a fragment without their values.
fn masked(tail: &str) -> String {
    let (query, fragment) = match tail.split_once('#') {
        Some((query, _)) => (query, "#<redacted>"),
        None => (tail, ""),
    };
    let mut shown = String::new();
    for (index, pair) in query.split_inclusive(['?', '&', ';']).enumerate() {
        let (pair, separator) = match pair.strip_suffix(['?', '&', ';']) {
            Some(text) => (text, &pair[text.len()..]),
            None => (pair, ""),
        };
        match pair.split_once('=') {
            Some((key, value)) => {
                let name = key.to_lowercase();
                if SECRETS.iter().any(|part| name.contains(part)) && !value.is_empty() {
                    let _ = Secret::new(value);
                    let _ = Secret::new(percent_decode_str(value).decode_utf8_lossy());
                }
                shown.push_str(&format!("{key}={MASK}"));
            }
            None if pair.is_empty() || index == 0 => shown.push_str(pair),
            None => shown.push_str(MASK),
        }
        shown.push_str(separator);
    }
    shown + fragment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_shown_without_user_and_values() {
        for (given, expected) in [
            ("https://me:pw@h.test:1/p", "https://h.test:1/p"),
            ("https://token@h.test", "https://h.test"),
            ("me:pw@h.test:2", "h.test:2"),
            ("me:p@w@h.test:3", "h.test:3"),
            ("https://me:p?w@h.test/4", "https://h.test/4"),
            ("h.test:5?token=pw", "h.test:5?token=<redacted>"),
            (
                "https://h.test/6?a=b&sig=c%2F;d",
                "https://h.test/6?a=<redacted>&sig=<redacted>;<redacted>",
            ),
            (
                "https://h.test:7/?user=me@x.test",
                "https://h.test:7/?user=<redacted>",
            ),
            ("https://h.test/8#token=pw", "https://h.test/8#<redacted>"),
            (
                "https://h.test/9?abc#d",
                "https://h.test/9?<redacted>#<redacted>",
            ),
            ("unix:/run/a#10.sock", "unix:/run/a#10.sock"),
            ("dns:///me:pw@h.test:11", "dns:///h.test:11"),
            ("h.test:12", "h.test:12"),
            ("me@h.test:13", "me@h.test:13"),
            ("https://h.test/14?", "https://h.test/14?"),
            ("https://@h.test:15", "https://h.test:15"),
        ] {
            learn(given);
            assert_eq!(
                shown(&format!("\"{given}\": no")),
                format!("\"{expected}\": no")
            );
        }
    }

    #[test]
    fn a_users_name_elsewhere_is_no_place() {
        learn("https://me@h.test:16");
        assert_eq!(shown("some@h.test"), "some@h.test");
    }

    #[test]
    fn what_is_a_secret_of_a_place_is_one_elsewhere() {
        let count = Secret::known_after(0).len();
        learn("https://me:a%20b@h.test/?access_token=one&audience=two");
        let known = Secret::known_after(count);
        let known: Vec<&str> = known.iter().map(Secret::expose).collect();
        assert_eq!(known, ["a%20b", "a b", "one"]);
    }

    #[test]
    fn of_a_command_line_only_places_are_learned() {
        for (line, text, expected) in [
            ("call a:b@h1 x", "a:b@h1", "h1"),
            ("call --proxy=a:b@h2", "a:b@h2", "h2"),
            ("call --login-target a:b@h3", "a:b@h3", "h3"),
            (
                "call --cacert https://a:b@h4",
                "https://a:b@h4",
                "https://h4",
            ),
            ("call h --scope x:y@z", "x:y@z", "x:y@z"),
            ("call h -d {\"m\":\"u:v@w\"}", "u:v@w", "u:v@w"),
        ] {
            learn_words(line.split(' '));
            assert_eq!(shown(text), expected, "{line}");
        }
    }
}
