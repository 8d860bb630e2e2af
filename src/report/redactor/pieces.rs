//! A secret in pieces: broken by blanks, line ends, quotation marks, invisible characters or tags of HTML. It is
//! compared by its letters and digits alone, in lower case.

use crate::report::redactor::decoding::Octet;

/// Elements of HTML that stand within a word, or between lines.
const ELEMENTS: &[&str] = &[
    "b", "br", "code", "div", "em", "i", "li", "mark", "nobr", "p", "pre", "samp", "span",
    "strong", "td", "tr", "tt", "u", "wbr",
];

/// The longest tag that is passed over.
const LONGEST_TAG: usize = 16;

/// What is left of octets that come one by one.
#[derive(Debug, Default)]
pub(super) struct Squeezed {
    /// What may become a tag.
    tag: Vec<Octet>,
}

impl Squeezed {
    pub(super) fn push(&mut self, octet: Octet, sink: &mut dyn FnMut(Octet)) {
        match octet.value {
            b'<' => {
                self.end(sink);
                self.tag.push(octet);
            }
            b'>' if self.is_tag() => self.tag.clear(),
            _ if self.tag.is_empty() => give(octet, sink),
            _ => {
                self.tag.push(octet);
                if self.tag.len() > LONGEST_TAG {
                    self.end(sink);
                }
            }
        }
    }

    /// Gives out what did not become a tag.
    pub(super) fn end(&mut self, sink: &mut dyn FnMut(Octet)) {
        self.tag.drain(..).for_each(|octet| give(octet, sink));
    }

    fn is_tag(&self) -> bool {
        let values = self.tag.iter().map(|octet| char::from(octet.value));
        let tag: String = values.skip(1).collect();
        let name = tag.strip_prefix('/').unwrap_or(&tag);
        let name = name.strip_suffix('/').unwrap_or(name).trim_end();
        ELEMENTS
            .iter()
            .any(|element| element.eq_ignore_ascii_case(name))
    }
}

fn give(octet: Octet, sink: &mut dyn FnMut(Octet)) {
    if octet.value.is_ascii_alphanumeric() {
        let value = octet.value.to_ascii_lowercase();
        sink(Octet { value, ..octet });
    }
}

/// What is compared of a spelling.
pub(super) fn of(spelling: &[u8]) -> Vec<u8> {
    let mut squeezed = Squeezed::default();
    let mut values = Vec::with_capacity(spelling.len());
    let mut keep = |octet: Octet| values.push(octet.value);
    for (from, value) in spelling.iter().copied().enumerate() {
        let to = from + 1;
        squeezed.push(Octet { value, from, to }, &mut keep);
    }
    squeezed.end(&mut keep);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_left() {
        for (text, left) in [
            ("aB-1 2\r\n\u{200b}c", "ab12c"),
            ("a<wbr>b<br/>c<BR />d</span>e", "abcde"),
            ("a\"b\"\n+ 'c'", "abc"),
            // What is not a tag of these.
            ("a<b", "ab"),
            ("a<bc>d", "abcd"),
            ("a<b c>d", "abcd"),
            ("a<<b>c", "ac"),
            ("a<aVeryLongWordIndeed>b", "aaverylongwordindeedb"),
            ("<", ""),
        ] {
            assert_eq!(of(text.as_bytes()), left.as_bytes(), "{text}");
        }
    }
}
