//! Text that a peer controls, made safe for a terminal.
//!
//! Control characters (C0 and C1), bidirectional overrides and invisible format characters are
//! shown as `\x1b`, `\u{202e}`; a tab or newline too, so that a peer cannot forge a line of ours.

pub(crate) mod aside;
pub(crate) mod choice;
pub(crate) mod moment;

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character may reach an output as it is.
pub fn is_plain(character: char) -> bool {
    !(character.is_control() || is_deceptive(character))
}

/// Characters that are no control characters but change how a line reads: bidirectional marks,
/// embeddings, overrides and isolates, zero-width and invisible ones, line and paragraph separators,
/// the noncharacters that mark what a peer wrote (see [`crate::peer_text`]).
pub(crate) fn is_deceptive(character: char) -> bool {
    matches!(character,
        '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fdd0}'..='\u{fdef}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// `text` on one line, with everything that is not plain escaped.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            plain if is_plain(plain) => escaped.push(plain),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            narrow if u32::from(narrow) < 0x100 => {
                let _ = write!(escaped, "\\x{:02x}", u32::from(narrow));
            }
            wide => {
                let _ = write!(escaped, "\\u{{{:x}}}", u32::from(wide));
            }
        }
    }
    Cow::Owned(escaped)
}

/// Bytes as text on one line: UTF-8 where it is, `\x..` where it is not, everything else as [`escape`].
pub(crate) fn escape_bytes(bytes: &[u8]) -> String {
    let mut escaped = String::new();
    for chunk in bytes.utf8_chunks() {
        escaped.push_str(&escape(chunk.valid()));
        for byte in chunk.invalid() {
            let _ = write!(escaped, "\\x{byte:02x}");
        }
    }
    escaped
}

/// `text` cut to `limit` characters, with an ellipsis where something was cut.
pub(crate) fn shorten(text: &str, limit: usize) -> Cow<'_, str> {
    match text.char_indices().nth(limit) {
        None => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
    }
}

/// The candidate nearest to `word`, if one is near enough to have been meant.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness > 0.75)
        .max_by(|one, other| one.0.total_cmp(&other.0))
        .map(|(_, candidate)| candidate)
}

/// Lower-case hex without separators.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 0xf])
        .map(|nibble| char::from(DIGITS[usize::from(nibble)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn controls_and_overrides_are_escaped() {
        assert_eq!(escape("plain é 漢"), "plain é 漢");
        assert_eq!(escape("\u{1b}[31m\u{7}\r\n\t"), "\\x1b[31m\\x07\\r\\n\\t");
        assert_eq!(
            escape("\u{9b}31m \u{202e}abc\u{200b}"),
            "\\x9b31m \\u{202e}abc\\u{200b}"
        );
        assert_eq!(escape_bytes(b"\xff\x1b ok"), "\\xff\\x1b ok");
    }

    #[test]
    fn a_near_miss_is_suggested_and_a_far_one_is_not() {
        let names = ["UNAUTHENTICATED", "PERMISSION_DENIED"];
        assert_eq!(
            did_you_mean("UNAUTHENTICTED", names),
            Some("UNAUTHENTICATED")
        );
        assert_eq!(did_you_mean("xyz", names), None);
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(escape_bytes(&bytes).chars().all(is_plain));
        }
    }
}
