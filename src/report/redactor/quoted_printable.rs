//! Quoted-printable (RFC 2045 §6.7), as mail and MIME write what is not plain ASCII, and fold lines.

use crate::report::redactor::escapes::Beginning;
use crate::report::redactor::escapes::Meaning;

/// What an escape begins with.
pub(super) const ESCAPE: u8 = b'=';

/// Blanks that may stand between a soft line break and its line end.
const LONGEST_PADDING: usize = 8;

/// Whether this octet may follow [`ESCAPE`]. Digits are in upper case, as the RFC has it.
pub(super) fn may_go_on(octet: u8) -> bool {
    digit(octet).is_some() || matches!(octet, b'\r' | b'\n' | b' ' | b'\t')
}

/// Reads the escape that `octets` begin with.
pub(super) fn read(octets: &[u8]) -> Beginning {
    let [ESCAPE, rest @ ..] = octets else {
        return Beginning::Literal;
    };
    match rest {
        [] => Beginning::Unfinished,
        [high] if digit(*high).is_some() => Beginning::Unfinished,
        [high, low, ..] if let (Some(high), Some(low)) = (digit(*high), digit(*low)) => {
            Beginning::Escape(3, Meaning::Octet(high << 4 | low))
        }
        _ => soft_break(rest),
    }
}

fn soft_break(octets: &[u8]) -> Beginning {
    let is_blank = |octet: &&u8| matches!(octet, b' ' | b'\t');
    let padding = octets.iter().take_while(is_blank).count();
    match &octets[padding..] {
        _ if padding > LONGEST_PADDING => Beginning::Literal,
        [] | [b'\r'] => Beginning::Unfinished,
        [b'\n', ..] => Beginning::Escape(padding + 2, Meaning::Nothing),
        [b'\r', b'\n', ..] => Beginning::Escape(padding + 3, Meaning::Nothing),
        _ => Beginning::Literal,
    }
}

fn digit(octet: u8) -> Option<u8> {
    match octet {
        b'0'..=b'9' => Some(octet - b'0'),
        b'A'..=b'F' => Some(octet - b'A' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn octets_and_soft_breaks_are_read() {
        let octet = |value| Beginning::Escape(3, Meaning::Octet(value));
        let nothing = |length| Beginning::Escape(length, Meaning::Nothing);
        for (text, beginning) in [
            ("=3Dx", octet(b'=')),
            ("=C3=BC", octet(0xc3)),
            ("=\r\nx", nothing(3)),
            ("=\nx", nothing(2)),
            ("= \t\r\nx", nothing(5)),
            ("=", Beginning::Unfinished),
            ("=3", Beginning::Unfinished),
            ("=\r", Beginning::Unfinished),
            ("= ", Beginning::Unfinished),
            // What stands for itself.
            ("=3d", Beginning::Literal),
            ("=x", Beginning::Literal),
            ("==", Beginning::Literal),
            ("= x", Beginning::Literal),
            ("=\rx", Beginning::Literal),
            ("=          \n", Beginning::Literal),
            ("x", Beginning::Literal),
        ] {
            assert_eq!(read(text.as_bytes()), beginning, "{text:?}");
        }
    }
}
