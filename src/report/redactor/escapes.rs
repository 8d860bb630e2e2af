//! One escape at the beginning of some octets, in whatever notation: percent-encoding, the escapes of JSON and of
//! the programming languages that servers quote with, character references of HTML.

use crate::report::redactor::entities;

/// What octets begin with.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// No escape.
    Literal,
    /// What may become an escape when there is more of it.
    Unfinished,
    /// So many octets stand for this.
    Escape(usize, Meaning),
}

/// What an escape stands for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A line that goes on.
    Nothing,
    Octet(u8),
    Letter(char),
}

/// How the digits of an octet that is no UTF-8 begin in a quotation (`peer_text`), in UTF-8.
const DIGIT: u8 = 0xef;

/// Whether an escape may begin so.
pub(super) fn may_begin(octet: u8) -> bool {
    matches!(octet, b'%' | b'\\' | b'&' | DIGIT)
}

/// Where the first octet is that may begin an escape.
pub(super) fn find(octets: &[u8]) -> Option<usize> {
    octets.iter().position(|octet| may_begin(*octet))
}

/// Reads the escape that `octets` begin with.
pub(super) fn read(octets: &[u8]) -> Beginning {
    match octets {
        [b'%'] | [b'\\'] | [b'&'] => Beginning::Unfinished,
        // What JavaScript's escape() makes of a letter beyond Latin-1.
        [b'%', b'u', rest @ ..] => unit(rest, 2),
        [b'%', rest @ ..] => octet(rest, 1),
        [b'\\', b'x', rest @ ..] => octet(rest, 2),
        [b'\\', b'u', b'{', rest @ ..] => terminated(rest, 3, 16, b'}'),
        [b'\\', b'u', rest @ ..] => unit(rest, 2),
        [b'\\', b'U', rest @ ..] => match digits(rest, 8, 16) {
            Digits::Are(number) => letter(10, number),
            Digits::Unfinished => Beginning::Unfinished,
            Digits::None => Beginning::Literal,
        },
        // Within quotes a line that goes on.
        [b'\\', b'\n', ..] => Beginning::Escape(2, Meaning::Nothing),
        [b'\\', b'0'..=b'7', ..] => match digits(&octets[1..], 3, 8) {
            Digits::Are(number) => match u8::try_from(number) {
                Ok(octet) => Beginning::Escape(4, Meaning::Octet(octet)),
                Err(_) => Beginning::Literal,
            },
            Digits::Unfinished => Beginning::Unfinished,
            Digits::None => Beginning::Literal,
        },
        [b'\\', escaped, ..] => match simple(*escaped) {
            Some(octet) => Beginning::Escape(2, Meaning::Octet(octet)),
            None => Beginning::Literal,
        },
        [b'&', b'#'] => Beginning::Unfinished,
        [b'&', b'#', b'x' | b'X', rest @ ..] => terminated(rest, 3, 16, b';'),
        [b'&', b'#', rest @ ..] => terminated(rest, 2, 10, b';'),
        [b'&', rest @ ..] => name(rest),
        [DIGIT, rest @ ..] => not_utf8(rest),
        _ => Beginning::Literal,
    }
}

/// A backslash and one character.
fn simple(escaped: u8) -> Option<u8> {
    Some(match escaped {
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'b' => 0x08,
        b'f' => 0x0c,
        b'v' => 0x0b,
        b'a' => 0x07,
        other if other.is_ascii_punctuation() || other == b' ' => other,
        _ => return None,
    })
}

enum Digits {
    Are(u32),
    Unfinished,
    None,
}

/// `count` digits at the beginning.
fn digits(octets: &[u8], count: usize, radix: u32) -> Digits {
    let mut number = 0;
    for octet in octets.iter().take(count) {
        match char::from(*octet).to_digit(radix) {
            Some(digit) => number = number * radix + digit,
            None => return Digits::None,
        }
    }
    match octets.len() < count {
        true => Digits::Unfinished,
        false => Digits::Are(number),
    }
}

/// Two hexadecimal digits, after `before` octets.
fn octet(octets: &[u8], before: usize) -> Beginning {
    match digits(octets, 2, 16) {
        Digits::Are(number) => match u8::try_from(number) {
            Ok(octet) => Beginning::Escape(before + 2, Meaning::Octet(octet)),
            Err(_) => Beginning::Literal,
        },
        Digits::Unfinished => Beginning::Unfinished,
        Digits::None => Beginning::Literal,
    }
}

/// A unit of UTF-16 in four hexadecimal digits, after `before` octets; of two that are a pair, both.
fn unit(octets: &[u8], before: usize) -> Beginning {
    let first = match digits(octets, 4, 16) {
        Digits::Are(number) => number,
        Digits::Unfinished => return Beginning::Unfinished,
        Digits::None => return Beginning::Literal,
    };
    if !(0xd800..0xdc00).contains(&first) {
        return letter(before + 4, first);
    }
    match octets[4..] {
        [] | [b'\\' | b'%'] => Beginning::Unfinished,
        [b'\\' | b'%', b'u', ref rest @ ..] => match digits(rest, 4, 16) {
            Digits::Are(second @ 0xdc00..0xe000) => {
                let number = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                letter(before * 2 + 8, number)
            }
            Digits::Unfinished => Beginning::Unfinished,
            _ => Beginning::Literal,
        },
        _ => Beginning::Literal,
    }
}

/// A number up to `end`, after `before` octets.
fn terminated(octets: &[u8], before: usize, radix: u32, end: u8) -> Beginning {
    /// As many digits as make a character, with some zeros in front.
    const LONGEST: usize = 10;
    let length = octets
        .iter()
        .take_while(|octet| char::from(**octet).is_digit(radix))
        .count();
    if length > LONGEST {
        return Beginning::Literal;
    }
    match octets.get(length) {
        None => Beginning::Unfinished,
        Some(last) if *last == end => std::str::from_utf8(&octets[..length])
            .ok()
            .and_then(|digits| u32::from_str_radix(digits, radix).ok())
            .map_or(Beginning::Literal, |number| {
                letter(before + length + 1, number)
            }),
        Some(_) => Beginning::Literal,
    }
}

/// The two digits of an octet that is no UTF-8, after the first octet of the first.
fn not_utf8(octets: &[u8]) -> Beginning {
    match octets {
        [0xb7, high @ 0xa0..=0xaf, DIGIT, 0xb7, low @ 0xa0..=0xaf, ..] => {
            Beginning::Escape(6, Meaning::Octet((high & 15) << 4 | low & 15))
        }
        []
        | [0xb7]
        | [0xb7, 0xa0..=0xaf]
        | [0xb7, 0xa0..=0xaf, DIGIT]
        | [0xb7, 0xa0..=0xaf, DIGIT, 0xb7] => Beginning::Unfinished,
        _ => Beginning::Literal,
    }
}

/// The name of a character reference, after its `&`.
fn name(octets: &[u8]) -> Beginning {
    let length = octets
        .iter()
        .take_while(|octet| octet.is_ascii_alphanumeric())
        .count();
    if length > entities::LONGEST {
        return Beginning::Literal;
    }
    match octets.get(length) {
        None => Beginning::Unfinished,
        Some(b';') => entities::named(&octets[..length]).map_or(Beginning::Literal, |letter| {
            Beginning::Escape(length + 2, Meaning::Letter(letter))
        }),
        Some(_) => Beginning::Literal,
    }
}

fn letter(length: usize, number: u32) -> Beginning {
    char::from_u32(number).map_or(Beginning::Literal, |letter| {
        Beginning::Escape(length, Meaning::Letter(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_notation_is_read() {
        for (text, length, meaning) in [
            ("%2fx", 3, '/'),
            ("%u20AC", 6, '\u{20ac}'),
            ("\\u00fcx", 6, '\u{fc}'),
            ("\\ud83d\\udd11", 12, '\u{1f511}'),
            ("%uD83D%uDD11", 12, '\u{1f511}'),
            ("\\u{1f511}", 9, '\u{1f511}'),
            ("\\U0001f511", 10, '\u{1f511}'),
            ("\\x3d", 4, '='),
            ("\\075", 4, '='),
            ("\\/", 2, '/'),
            ("\\\\u0026", 2, '\\'),
            ("\\n", 2, '\n'),
            ("&amp;lt;", 5, '&'),
            ("&#38;", 5, '&'),
            ("&#038;", 6, '&'),
            ("&#x26;", 6, '&'),
            ("&#X1F511;", 9, '\u{1f511}'),
            ("&eacute;", 8, '\u{e9}'),
        ] {
            let shown = match read(text.as_bytes()) {
                Beginning::Escape(length, Meaning::Octet(octet)) => (length, char::from(octet)),
                Beginning::Escape(length, Meaning::Letter(letter)) => (length, letter),
                other => panic!("{text}: {other:?}"),
            };
            assert_eq!(shown, (length, meaning), "{text}");
            for end in 1..length {
                let read = read(&text.as_bytes()[..end]);
                assert_eq!(read, Beginning::Unfinished, "{}", &text[..end]);
            }
        }
    }

    #[test]
    fn what_is_no_escape_stands_for_itself() {
        for text in [
            "a",
            "%zz",
            "% 1",
            "\\q",
            "\\8",
            "\\400",
            "\\u12x4",
            "\\ud83d x",
            "\\udd11",
            "& b",
            "&a=b",
            "&#;",
            "&#xg;",
            "&none;",
            "&#99999999;",
            "&#x110000;",
            "\\u{}",
        ] {
            assert_eq!(read(text.as_bytes()), Beginning::Literal, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_escape_is_no_longer_than_what_was_read(text in "[%\\\\&][u#xU{0-9a-d;}]{0,12}") {
            if let Beginning::Escape(length, _) = read(text.as_bytes()) {
                prop_assert!(length <= text.len());
            }
        }
    }
}
