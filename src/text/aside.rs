//! The part of a line that matters to few: a digest, a serial number. It is marked, and `report` shows it in documents and
//! with `-v`, and leaves it out elsewhere.
//!
//! The marks are noncharacters, as those of [`crate::peer_text`], which no peer's text has.

use std::borrow::Cow;
use std::fmt;

const BEGINS: char = '\u{fdd3}';
const ENDS: char = '\u{fdd4}';

/// A part of a line for those who look closer. None stands within another.
pub(crate) fn aside(text: impl fmt::Display) -> String {
    format!("{BEGINS}{text}{ENDS}")
}

/// The line with these parts, and without marks.
pub(crate) fn whole(line: &str) -> Cow<'_, str> {
    match line.contains(BEGINS) {
        true => Cow::Owned(line.replace([BEGINS, ENDS], "")),
        false => Cow::Borrowed(line),
    }
}

/// The line without these parts.
pub(crate) fn without(line: &str) -> Cow<'_, str> {
    if !line.contains(BEGINS) {
        return Cow::Borrowed(line);
    }
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(BEGINS) {
        shown.push_str(before);
        rest = after.split_once(ENDS).map_or("", |(_, after)| after);
    }
    Cow::Owned(shown + rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::peer_text::PeerText;

    #[test]
    fn an_aside_is_shown_or_left_out() {
        let line = format!("a{}, b{}.", aside(" (1)"), aside(PeerText::from("x")));
        assert_eq!(without(&line), "a, b.");
        assert!(whole(&line).starts_with("a (1), b"));
        assert_eq!(
            whole(&line).chars().filter(|&mark| mark == BEGINS).count(),
            0
        );
        assert!(matches!(without("a, b"), Cow::Borrowed("a, b")));
    }

    #[test]
    fn a_peer_can_neither_begin_nor_end_one() {
        let said = PeerText::from("x\u{fdd4}y\u{fdd3}z");
        let line = format!("says {said}{}!", aside(format!("and {said}")));
        assert_eq!(without(&line), format!("says {said}!"));
    }
}
