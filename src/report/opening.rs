//! Where what a peer wrote becomes what is shown: redacted as a whole, escaped, and only then cut.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use crate::peer_text::Look;
use crate::peer_text::Piece;
use crate::peer_text::Quotation;
use crate::peer_text::octet;
use crate::peer_text::pieces;
use crate::report::redactor::Redactor;
use crate::report::redactor::masked;
use crate::text::aside;
use crate::text::escape;
use crate::text::escape_bytes;
use crate::text::shorten;

/// A line for a terminal: nothing in it acts on one.
pub(super) fn escaped(line: &str, redactor: &Redactor) -> String {
    opened(line, redactor, escape, TERMINAL)
}

/// A line for a terminal that has its own escape sequences, those of style.
pub(super) fn styled(line: &str, redactor: &Redactor) -> String {
    opened(line, redactor, |text| Cow::Borrowed(text), TERMINAL)
}

/// A line for an encoder that escapes by itself.
pub(super) fn encoded(line: &str, redactor: &Redactor) -> String {
    opened(line, redactor, |text| Cow::Borrowed(text), ENCODER)
}

/// The strings of a JSON value, opened for its encoder.
pub(super) fn open(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::String(text) => *text = encoded(text, redactor),
        Value::Array(values) => values.iter_mut().for_each(|value| open(value, redactor)),
        Value::Object(fields) => fields.values_mut().for_each(|value| open(value, redactor)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The fields of a document.
pub(super) fn fields(document: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(document) {
        Ok(Value::Object(fields)) => fields,
        _ => unreachable!("a document is an object of plain fields"),
    }
}

/// The parts of a line that no peer wrote, each with the place where it begins.
pub(super) fn own_words(line: &str) -> Vec<(usize, &str)> {
    let own = pieces(line).into_iter().filter_map(|piece| match piece {
        Piece::Own(text) => Some((text.as_ptr() as usize - line.as_ptr() as usize, text)),
        Piece::Peer(_) => None,
    });
    own.collect()
}

/// The first `limit` characters of a line that is made for a terminal.
pub(super) fn first(line: &str, limit: usize, redactor: &Redactor) -> String {
    shorten(&escaped(line, redactor), limit).into_owned()
}

type Escape = for<'a> fn(&'a str) -> Cow<'a, str>;

/// How a peer's text is made harmless, and its octets that are no UTF-8 are shown.
struct Harmless {
    text: Escape,
    octet: fn(u8) -> String,
}

const TERMINAL: &Harmless = &Harmless {
    text: escape,
    octet: |octet| format!("\\x{octet:02x}"),
};

const ENCODER: &Harmless = &Harmless {
    text: |text| Cow::Borrowed(text),
    octet: |_| char::REPLACEMENT_CHARACTER.to_string(),
};

fn opened(line: &str, redactor: &Redactor, own: Escape, peer: &Harmless) -> String {
    let line = aside::whole(line);
    let mut opened = String::with_capacity(line.len());
    for piece in pieces(&line) {
        match piece {
            Piece::Own(text) => opened.push_str(&own(&redactor.line(text))),
            Piece::Peer(quotation) => opened.push_str(&shown(&quotation, redactor, peer)),
        }
    }
    opened
}

fn shown(quotation: &Quotation<'_>, redactor: &Redactor, harmless: &Harmless) -> String {
    let text = masked(
        quotation.text,
        quotation.part.clone(),
        &redactor.found_in_quotation(quotation),
    );
    if quotation.look == Look::Octets {
        return shown_as_octets(&octets(&text), quotation.limit);
    }
    let mut escaped = String::with_capacity(text.len());
    for piece in with_octets(&text) {
        match piece {
            Ok(text) => escaped.push_str(&(harmless.text)(text)),
            Err(octet) => escaped.push_str(&(harmless.octet)(octet)),
        }
    }
    shorten(&escaped, quotation.limit).into_owned()
}

/// The text between octets that are no UTF-8, and those.
fn with_octets(text: &str) -> Vec<Result<&str, u8>> {
    let mut pieces = Vec::new();
    let (mut from, mut skip) = (0, false);
    for (at, character) in text.char_indices() {
        if std::mem::take(&mut skip) {
            from = at + character.len_utf8();
        } else if let Some(octet) = octet(&text[at..]) {
            pieces.extend([Ok(&text[from..at]), Err(octet)]);
            skip = true;
        }
    }
    pieces.push(Ok(&text[from..]));
    pieces
}

fn octets(text: &str) -> Vec<u8> {
    let mut octets = Vec::with_capacity(text.len());
    for piece in with_octets(text) {
        match piece {
            Ok(text) => octets.extend(text.as_bytes()),
            Err(octet) => octets.push(octet),
        }
    }
    octets
}

/// As text with escapes where they are text, else as hexadecimal numbers.
fn shown_as_octets(octets: &[u8], limit: usize) -> String {
    let first = &octets[..octets.len().min(limit)];
    let printable = first
        .iter()
        .filter(|octet| octet.is_ascii_graphic() || octet.is_ascii_whitespace());
    let mut shown = if printable.count() * 4 >= first.len() * 3 {
        format!("\"{}\"", escape_bytes(first))
    } else {
        let numbers: Vec<String> = first.iter().map(|octet| format!("{octet:02x}")).collect();
        numbers.join(" ")
    };
    if first.len() < octets.len() {
        shown.push_str(" …");
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peer_text::PeerText;
    use crate::secret::Secret;
    use crate::text::is_plain;
    use proptest::prelude::*;

    const SECRET: &str = "s3cr3t-0123456789-canary";

    fn knowing() -> Redactor {
        let mut redactor = Redactor::new(false);
        let _ = Secret::new(SECRET);
        redactor.catch_up();
        redactor
    }

    #[test]
    fn a_secret_across_the_cut_is_masked_before_it_is_cut() {
        for inside in 1..SECRET.len() {
            let before = "x".repeat(60 - inside);
            let text = PeerText::from(format!("{before}{SECRET} and much more than this"));
            let line = format!("it says {}", text.quoted(60));
            for opened in [
                escaped(&line, &knowing()),
                styled(&line, &knowing()),
                encoded(&line, &knowing()),
            ] {
                assert!(!opened.contains("s3c"), "{opened}");
                assert!(opened.ends_with('…'), "{opened}");
            }
        }
    }

    #[test]
    fn a_secret_across_the_end_of_what_was_kept_is_masked() {
        for inside in 6..SECRET.len() {
            let mut text = PeerText::from("says ");
            text.keep(SECRET.as_bytes(), 5 + inside);
            let shown = escaped(&text.to_string(), &knowing());
            assert_eq!(shown, "says <redacted>");
        }
    }

    #[test]
    fn a_line_is_escaped_once_and_an_encoder_gets_the_text() {
        let line = format!("own\u{1b} {}", PeerText::from(&b"\x1b[31m\xff"[..]));
        assert_eq!(escaped(&line, &knowing()), r"own\x1b \x1b[31m\xff");
        assert_eq!(styled(&line, &knowing()), "own\u{1b} \\x1b[31m\\xff");
        assert_eq!(encoded(&line, &knowing()), "own\u{1b} \u{1b}[31m\u{fffd}");
    }

    #[test]
    fn letters_beyond_ascii_are_found_in_latin_1_too() {
        let _ = Secret::new("p\u{e4}ssw\u{f6}rd-0f-\u{6f22}");
        let _ = Secret::new("p\u{e4}ssw\u{f6}rd-0f-m\u{fc}ller");
        for text in [
            &b"p\xe4ssw\xf6rd-0f-m\xfcller"[..],
            "p\u{e4}ssw\u{f6}rd-0f-m\u{fc}ller".as_bytes(),
            b"p\\xe4ssw\\xf6rd-0f-\\u6f22",
            b"p\\xc3\\xa4ssw\\xc3\\xb6rd-0f-\\xe6\\xbc\\xa2",
            b"p%E4ssw%F6rd-0f-m%FCller",
            b"p\\344ssw\\366rd-0f-m\\374ller",
        ] {
            let line = format!("it is {} now", PeerText::from(text));
            for opened in [escaped(&line, &knowing()), encoded(&line, &knowing())] {
                assert_eq!(opened, "it is <redacted> now", "{}", text.escape_ascii());
            }
        }
        let other = PeerText::from(&b"p\xe4ss \xff"[..]).to_string();
        assert_eq!(escaped(&other, &knowing()), r"p\xe4ss \xff");
    }

    #[test]
    fn what_looks_like_a_token_is_withheld_beside_what_is_known() {
        let other = "0ther-s3cret-with blanks";
        let _ = Secret::new(other);
        let unknown = "Zx81kPq0-a7B.c9D/e+F~2g4";
        for (text, shown) in [
            (format!("a {unknown} b"), "a [24 characters withheld] b"),
            (
                format!("{SECRET} {unknown} {other}"),
                "<redacted> [24 characters withheld] <redacted>",
            ),
            (format!("{other}+{SECRET}+{unknown}+{other}"), "<redacted>"),
            (
                format!("{unknown}{SECRET} {other} {SECRET}{unknown}"),
                "<redacted> <redacted> <redacted>",
            ),
        ] {
            let text = PeerText::from(text).among_tokens();
            assert_eq!(escaped(&text.to_string(), &knowing()), shown);
        }
    }

    /// Whatever secrets and tokens stand together, nothing of either is left.
    #[test]
    fn ranges_that_overlap_in_any_order_hide_all() {
        let secrets = [
            "r3fresh, t0ken & \"more\" of it",
            "s3cret%of the client",
            SECRET,
        ];
        let mut redactor = knowing();
        secrets.iter().for_each(|secret| drop(Secret::new(*secret)));
        redactor.catch_up();
        for order in [
            [0, 1, 2],
            [0, 2, 1],
            [1, 0, 2],
            [1, 2, 0],
            [2, 0, 1],
            [2, 1, 0],
        ] {
            let text = order
                .map(|index| secrets[index])
                .join(" acc3ss~t0ken+of/th3.endpoint= ");
            let form: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
            for text in [text, form] {
                let text = PeerText::from(text).among_tokens();
                let shown = escaped(&text.to_string(), &redactor);
                let left = [
                    "r3f", "t0k", "more", "acc3", "th3", "s3c", "client", "canary",
                ];
                assert!(left.iter().all(|part| !shown.contains(part)), "{shown}");
            }
        }
    }

    #[test]
    fn octets_are_shown_as_what_they_are() {
        for (octets, shown) in [
            (&b"SSH-2.0-x\r\n"[..], r#""SSH-2.0-x\r\n""#),
            (b"\0\0\x12\x04", "00 00 12 04"),
            (b"\xff\xfe", "ff fe"),
            (&[b'a'; 25], "\"aaaaaaaaaaaaaaaaaaaaaaaa\" …"),
            (SECRET.as_bytes(), "\"<redacted>\""),
        ] {
            let line = PeerText::from(octets).quoted_octets(24).to_string();
            assert_eq!(escaped(&line, &knowing()), shown);
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(octets in proptest::collection::vec(any::<u8>(), 0..200), limit in 0_usize..80) {
            let text = PeerText::from(octets);
            let line = format!("{} {} {text}", text.quoted(limit), text.quoted_octets(limit));
            prop_assert!(escaped(&line, &knowing()).chars().all(is_plain));
        }
    }
}
