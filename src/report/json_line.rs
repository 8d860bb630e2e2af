//! JSON on one line, safe for a terminal.

use std::io;

use serde::Serialize;
use serde_json::ser::CompactFormatter;
use serde_json::ser::Formatter;

use crate::text;

/// A value on one line, with C1, bidirectional and invisible characters as `\u` escapes: a parser
/// gets the peer's text back, a terminal does not.
pub(super) fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut bytes, Escaping(CompactFormatter));
    value
        .serialize(&mut serializer)
        .expect("plain fields serialize into memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("serde_json writes UTF-8")
}

/// JSON's own escapes, and `\u` for everything else that a terminal would act on.
struct Escaping(CompactFormatter);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest
            .char_indices()
            .find(|(_, character)| !text::is_plain(*character))
        {
            self.0.write_string_fragment(writer, &rest[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped() {
        let hostile = "\u{1b}[31m\u{9b}x\u{202e}\u{e0001}\u{7f}é";
        let written = line(&hostile);
        assert!(
            written.trim_end().chars().all(text::is_plain),
            "{written:?}"
        );
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), hostile);
    }

    proptest! {
        #[test]
        fn a_parser_gets_the_text_back(text in any::<String>()) {
            let written = line(&text);
            prop_assert!(written.trim_end().chars().all(crate::text::is_plain));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
