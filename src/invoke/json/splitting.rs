//! A stream of bytes cut into JSON texts, as they become whole.

use serde::de::IgnoredAny;

use crate::invoke::json::bad_input::BadInput;

/// One JSON text of an input, and where it began there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    pub json: String,
    /// From 1.
    pub line: usize,
    /// From 1, in bytes.
    pub column: usize,
}

impl Text {
    /// Line and column, in the whole input, of an offset in this text.
    pub(super) fn position(&self, offset: usize) -> (usize, usize) {
        let before = &self.json.as_bytes()[..offset];
        advance(before, self.line, self.column)
    }
}

/// Cuts an input that is all there into its texts. Their syntax is checked by the way; the rest is their
/// reader's concern.
pub(crate) fn cut(input: &str) -> Result<Vec<Text>, serde_json::Error> {
    let mut values = serde_json::Deserializer::from_str(input).into_iter::<IgnoredAny>();
    let mut texts = Vec::new();
    let (mut start, mut line, mut column) = (0, 1, 1);
    while let Some(value) = values.next() {
        value?;
        let piece = &input[start..values.byte_offset()];
        let json = piece.trim_start();
        let blanks = &piece[..piece.len() - json.len()];
        (line, column) = advance(blanks.as_bytes(), line, column);
        texts.push(Text {
            json: json.to_owned(),
            line,
            column,
        });
        (line, column) = advance(json.as_bytes(), line, column);
        start = values.byte_offset();
    }
    Ok(texts)
}

/// Cuts concatenated JSON and NDJSON into its texts, as they come. It finds where a text ends; whether it is JSON at
/// all is its reader's concern.
#[derive(Clone, Debug)]
pub struct Splitter {
    input: Vec<u8>,
    /// Where the text being read begins; what lies before has been given out.
    start: usize,
    /// How far it has been looked at.
    at: usize,
    depth: usize,
    within: Within,
    line: usize,
    column: usize,
    finished: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Blank,
    Container,
    Word,
    String { escaped: bool },
}

impl Default for Splitter {
    fn default() -> Self {
        Self::new()
    }
}

impl Splitter {
    pub fn new() -> Self {
        Self {
            input: Vec::new(),
            start: 0,
            at: 0,
            depth: 0,
            within: Within::Blank,
            line: 1,
            column: 1,
            finished: false,
        }
    }

    /// Adds input.
    pub fn push(&mut self, bytes: &[u8]) {
        self.input.drain(..self.start);
        self.at -= self.start;
        self.start = 0;
        self.input.extend_from_slice(bytes);
    }

    /// The length of the text that is not whole yet, as far as it was looked at, in bytes.
    pub fn held(&self) -> usize {
        self.at - self.start
    }

    /// What is wrong with the text that is not whole yet.
    pub fn bad(&self, message: String) -> BadInput {
        BadInput {
            input: None,
            line: self.line,
            column: self.column,
            message,
            suggestion: None,
        }
    }

    /// Says that there is no more input: what is left is the last text, whole or not.
    pub fn finish(&mut self) {
        self.finished = true;
    }

    /// The next text, if it is all there.
    #[expect(
        clippy::should_implement_trait,
        reason = "None may be followed by Some after a push"
    )]
    pub fn next(&mut self) -> Option<Result<Text, BadInput>> {
        while let Some(byte) = self.input.get(self.at).copied() {
            if self.within == Within::Blank {
                if byte.is_ascii_whitespace() {
                    self.at += 1;
                    continue;
                }
                self.skip();
            }
            if self.takes(byte) {
                self.at += 1;
            }
            if self.within == Within::Blank {
                return Some(self.take());
            }
        }
        if self.within == Within::Blank {
            // Blanks are not kept, however many there are.
            self.skip();
            return None;
        }
        self.finished.then(|| self.take())
    }

    /// Looks at one byte: whether it belongs to the text; `within` is blank if the text has ended.
    fn takes(&mut self, byte: u8) -> bool {
        let whole = if self.depth == 0 {
            Within::Blank
        } else {
            Within::Container
        };
        match (self.within, byte) {
            (Within::String { escaped: true }, _) => {
                self.within = Within::String { escaped: false }
            }
            (Within::String { .. }, b'\\') => self.within = Within::String { escaped: true },
            (Within::String { .. }, b'"') => self.within = whole,
            (Within::String { .. }, _) => {}
            (Within::Word, b'"' | b'{' | b'[') => {
                self.within = Within::Blank;
                return false;
            }
            (Within::Word, byte) if byte.is_ascii_whitespace() => {
                self.within = Within::Blank;
                return false;
            }
            (_, b'"') => self.within = Within::String { escaped: false },
            (_, b'{' | b'[') => {
                self.depth += 1;
                self.within = Within::Container;
            }
            (Within::Container, b'}' | b']') => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.within = Within::Blank;
                }
            }
            (Within::Blank, _) => self.within = Within::Word,
            _ => {}
        }
        true
    }

    /// Leaves the blanks before a text behind.
    fn skip(&mut self) {
        let blanks = &self.input[self.start..self.at];
        (self.line, self.column) = advance(blanks, self.line, self.column);
        self.start = self.at;
    }

    fn take(&mut self) -> Result<Text, BadInput> {
        let (line, column) = (self.line, self.column);
        let bytes = &self.input[self.start..self.at];
        (self.line, self.column) = advance(bytes, line, column);
        let json = std::str::from_utf8(bytes).map(str::to_owned);
        let bad = json
            .as_ref()
            .err()
            .map(|error| &bytes[..error.valid_up_to()]);
        let bad = bad.map(|valid| advance(valid, line, column));
        self.start = self.at;
        self.depth = 0;
        self.within = Within::Blank;
        match (json, bad) {
            (Ok(json), _) => Ok(Text { json, line, column }),
            (Err(_), bad) => {
                let (line, column) = bad.unwrap_or((line, column));
                Err(BadInput {
                    input: None,
                    line,
                    column,
                    message: "the input is not UTF-8".into(),
                    suggestion: None,
                })
            }
        }
    }
}

/// The line and column after `bytes`.
fn advance(bytes: &[u8], line: usize, column: usize) -> (usize, usize) {
    let newlines = bytes.iter().filter(|byte| **byte == b'\n').count();
    match bytes.iter().rposition(|byte| *byte == b'\n') {
        Some(last) => (line + newlines, bytes.len() - last),
        None => (line, column + bytes.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(chunks: &[&[u8]]) -> Vec<(String, usize, usize)> {
        let mut splitter = Splitter::new();
        let mut texts = Vec::new();
        for chunk in chunks {
            splitter.push(chunk);
            while let Some(text) = splitter.next() {
                texts.push(text.unwrap());
            }
        }
        splitter.finish();
        while let Some(text) = splitter.next() {
            texts.push(text.unwrap());
        }
        let parts = |text: Text| (text.json, text.line, text.column);
        texts.into_iter().map(parts).collect()
    }

    #[test]
    fn texts_are_cut_where_they_end() {
        for (input, expected) in [
            ("", vec![]),
            (" \n ", vec![]),
            (
                r#"{"a":"}\"{"}{}"#,
                vec![(r#"{"a":"}\"{"}"#, 1, 1), ("{}", 1, 13)],
            ),
            ("{}\n{\n}\n", vec![("{}", 1, 1), ("{\n}", 2, 1)]),
            (
                "[1] \"x y\"  null 12",
                vec![
                    ("[1]", 1, 1),
                    ("\"x y\"", 1, 5),
                    ("null", 1, 12),
                    ("12", 1, 17),
                ],
            ),
            ("{}\n  {\"half", vec![("{}", 1, 1), ("{\"half", 2, 3)]),
            ("}{}", vec![("}", 1, 1), ("{}", 1, 2)]),
        ] {
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(json, line, column): (&str, _, _)| (json.to_owned(), line, column))
                .collect();
            assert_eq!(split(&[input.as_bytes()]), expected, "{input}");
            let bytes: Vec<_> = input.as_bytes().chunks(1).collect();
            assert_eq!(split(&bytes), expected, "{input}, byte by byte");
        }
    }

    #[test]
    fn what_is_all_there_is_cut_alike() {
        for input in [
            "",
            " \n ",
            r#"{"a":"}\"{"}{}"#,
            "{}\n{\n}\n",
            "[1] \"x y\"  null 12",
            "null[1]true\"a\"\"b\"{}1\r\n\t2 ",
            "{\"ä\": \"\\u00fc\"} {}",
        ] {
            let texts = cut(input).unwrap().into_iter();
            let texts: Vec<_> = texts
                .map(|text| (text.json, text.line, text.column))
                .collect();
            assert_eq!(texts, split(&[input.as_bytes()]), "{input}");
        }
        for input in ["{", "}{}", "{} x", "{}\u{c}{}", "1]"] {
            assert!(cut(input).is_err(), "{input}");
        }
    }

    #[test]
    fn a_text_is_given_out_before_the_next_begins() {
        let mut splitter = Splitter::new();
        splitter.push(b"{\"a\":");
        assert_eq!(splitter.next(), None);
        splitter.push(b"1}");
        assert_eq!(splitter.next().unwrap().unwrap().json, "{\"a\":1}");
    }

    #[test]
    fn blanks_are_not_held() {
        let mut splitter = Splitter::new();
        splitter.push(&[b' '; 100]);
        assert_eq!(splitter.next(), None);
        assert_eq!(splitter.held(), 0);
        splitter.push(b"\n\"half a text");
        assert_eq!(splitter.next(), None);
        assert_eq!(splitter.held(), 12);
        let bad = splitter.bad("too long".into());
        assert_eq!((bad.line, bad.column), (2, 1));
    }

    #[test]
    fn what_is_not_utf8_is_named_with_its_place() {
        let mut splitter = Splitter::new();
        splitter.push(b"{}\n{\"a\": \"\xff\"}");
        assert!(splitter.next().unwrap().is_ok());
        let bad = splitter.next().unwrap().unwrap_err();
        assert_eq!((bad.line, bad.column), (2, 8));
    }

    proptest! {
        #[test]
        fn no_input_panics_or_goes_round_for_ever(input in proptest::collection::vec(any::<u8>(), 0..80)) {
            let mut splitter = Splitter::new();
            splitter.push(&input);
            splitter.finish();
            let mut texts = 0;
            while splitter.next().is_some() {
                texts += 1;
            }
            prop_assert!(texts <= input.len());
        }
    }
}
