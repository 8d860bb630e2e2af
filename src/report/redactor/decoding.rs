//! Takes escapes out of a text layer by layer, and keeps for every octet that is left where it comes from.

use std::ops::Range;

use crate::report::redactor::escapes;
use crate::report::redactor::escapes::Beginning;
use crate::report::redactor::escapes::Meaning;
use crate::report::redactor::quoted_printable;

/// One octet, and what of the original text it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Octet {
    pub value: u8,
    pub from: usize,
    pub to: usize,
}

/// What a layer of a text is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Escapes,
    /// Apart from the escapes: `=AB` stands in many texts for itself.
    QuotedPrintable,
}

impl Notation {
    pub(super) fn may_begin(self, octet: u8) -> bool {
        match self {
            Self::Escapes => escapes::may_begin(octet),
            Self::QuotedPrintable => octet == quoted_printable::ESCAPE,
        }
    }

    pub(super) fn read(self, octets: &[u8]) -> Beginning {
        match self {
            Self::Escapes => escapes::read(octets),
            Self::QuotedPrintable => quoted_printable::read(octets),
        }
    }
}

/// What is left of a text when layers were taken off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Rest {
    /// Whether taking off one more layer of the last kind may give something else.
    pub may_go_on: bool,
    /// Whether something in it looks like quoted-printable.
    pub is_quoted_printable: bool,
}

/// One layer of decoding. Octets come one by one, so that no text is held twice.
#[derive(Debug)]
struct Layer {
    notation: Notation,
    pending: Vec<Octet>,
    values: Vec<u8>,
    /// Whether there was an escape.
    decoded: bool,
    /// Whether what is left may hold another one.
    may_go_on: bool,
}

impl Layer {
    fn new(notation: Notation) -> Self {
        Self {
            notation,
            pending: Vec::new(),
            values: Vec::new(),
            decoded: false,
            may_go_on: false,
        }
    }

    fn push(&mut self, octet: Octet, sink: &mut dyn FnMut(Octet)) {
        if self.pending.is_empty() && !self.notation.may_begin(octet.value) {
            return sink(octet);
        }
        self.pending.push(octet);
        self.settle(false, sink);
    }

    /// Gives out what is certain; at the end, everything.
    fn settle(&mut self, at_end: bool, sink: &mut dyn FnMut(Octet)) {
        while let [first, ..] = *self.pending {
            self.values.clear();
            self.values
                .extend(self.pending.iter().map(|octet| octet.value));
            match self.notation.read(&self.values) {
                Beginning::Unfinished if !at_end => return,
                Beginning::Unfinished | Beginning::Literal => {
                    self.may_go_on |= self.notation.may_begin(first.value);
                    self.pending.remove(0);
                    sink(first);
                }
                Beginning::Escape(length, meaning) => {
                    let to = self.pending[length - 1].to;
                    self.pending.drain(..length);
                    self.decoded = true;
                    let mut give = |value| {
                        self.may_go_on |= self.notation.may_begin(value);
                        let from = first.from;
                        sink(Octet { value, from, to });
                    };
                    match meaning {
                        Meaning::Nothing => {}
                        Meaning::Octet(value) => give(value),
                        Meaning::Letter(letter) => {
                            letter.encode_utf8(&mut [0; 4]).bytes().for_each(give);
                        }
                    }
                }
            }
        }
    }
}

fn push(layers: &mut [Layer], octet: Octet, sink: &mut dyn FnMut(Octet)) {
    match layers {
        [] => sink(octet),
        [first, rest @ ..] => first.push(octet, &mut |octet| push(rest, octet, sink)),
    }
}

fn end(layers: &mut [Layer], sink: &mut dyn FnMut(Octet)) {
    if let [first, rest @ ..] = layers {
        first.settle(true, &mut |octet| push(rest, octet, sink));
        end(rest, sink);
    }
}

/// Decodes a part of a text layer by layer, the outermost first, into `sink`.
pub(super) fn decode(
    text: &[u8],
    part: Range<usize>,
    layers: &[Notation],
    sink: &mut dyn FnMut(Octet),
) -> Rest {
    let mut layers: Vec<Layer> = layers.iter().copied().map(Layer::new).collect();
    let mut rest = Rest::default();
    let mut before = 0;
    let mut sink = |octet: Octet| {
        let follows = before == quoted_printable::ESCAPE;
        rest.is_quoted_printable |= follows && quoted_printable::may_go_on(octet.value);
        before = octet.value;
        sink(octet);
    };
    for from in part {
        let octet = Octet {
            value: text[from],
            from,
            to: from + 1,
        };
        push(&mut layers, octet, &mut sink);
    }
    end(&mut layers, &mut sink);
    let last = layers.last();
    rest.may_go_on = last.is_none_or(|last| last.decoded && last.may_go_on);
    rest
}

/// What of a text can hold, decoded, what it does not hold as it is: the surroundings of its escapes.
pub(super) fn parts_with_escapes(text: &[u8], around: usize) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    while let Some(at) = escapes::find(&text[from..]).map(|at| from + at) {
        let part = at.saturating_sub(around)..text.len().min(at + around);
        match parts.last_mut() {
            Some(last) if last.end >= part.start => last.end = part.end,
            _ => parts.push(part),
        }
        from = at + 1;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(text: &str, depth: usize) -> (String, bool) {
        let mut octets = Vec::new();
        let layers = vec![Notation::Escapes; depth];
        let rest = decode(text.as_bytes(), 0..text.len(), &layers, &mut |octet| {
            octets.push(octet.value);
        });
        (
            String::from_utf8_lossy(&octets).into_owned(),
            rest.may_go_on,
        )
    }

    #[test]
    fn layer_after_layer_is_taken_off() {
        for (text, depth, plain, more) in [
            ("a%20b", 0, "a%20b", true),
            ("a%20b", 1, "a b", false),
            ("100% & more", 1, "100% & more", false),
            ("a%2520b", 1, "a%20b", true),
            ("a%2520b", 2, "a b", false),
            ("a\\\\u0026b", 2, "a&b", true),
            ("a\\\\u0026b", 3, "a&b", false),
            ("&amp;#x25;41", 3, "A", false),
            ("%5Cu0026lt%3B", 3, "<", false),
            ("%", 1, "%", false),
            ("%4%41", 1, "%4A", true),
        ] {
            assert_eq!(decoded(text, depth), (plain.to_owned(), more), "{text}");
        }
    }

    #[test]
    fn octets_know_where_they_come_from() {
        let mut spans = Vec::new();
        decode(
            b"a&amp;#65;",
            0..10,
            &[Notation::Escapes; 2],
            &mut |octet| {
                spans.push((octet.value, octet.from..octet.to));
            },
        );
        assert_eq!(spans, [(b'a', 0..1), (b'A', 1..10)]);
    }

    #[test]
    fn quoted_printable_is_a_layer_of_its_own() {
        let escapes = Notation::Escapes;
        let quoted = Notation::QuotedPrintable;
        for (text, layers, plain, is_quoted) in [
            ("a=3Db", &[][..], "a=3Db", true),
            ("a=xb=", &[], "a=xb=", false),
            ("a=3Db", &[escapes], "a=3Db", true),
            ("a=3Db=\r\nc", &[quoted], "a=bc", false),
            ("a=253Db", &[quoted, escapes], "a=b", false),
            ("a%3D25b", &[escapes, quoted], "a%b", false),
            ("a%3D25b", &[escapes], "a=25b", true),
        ] {
            let mut octets = Vec::new();
            let rest = decode(text.as_bytes(), 0..text.len(), layers, &mut |octet| {
                octets.push(octet.value);
            });
            let decoded = String::from_utf8(octets).unwrap();
            assert_eq!(
                (&*decoded, rest.is_quoted_printable),
                (plain, is_quoted),
                "{text}"
            );
        }
    }

    #[test]
    fn surroundings_of_escapes_are_merged() {
        assert!(parts_with_escapes(b"nothing", 3).is_empty());
        let text = b"%---------%-%---------";
        assert_eq!(parts_with_escapes(text, 3), [0..3, 7..15]);
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text in "[%\\\\&u#x0-9a-f;{}]{0,40}", depth in 0..4_usize) {
            let mut at = 0;
            let mut from = 0;
            decode(text.as_bytes(), 0..text.len(), &vec![Notation::Escapes; depth], &mut |octet| {
                assert!(octet.from == at || (octet.from == from && octet.to == at));
                (from, at) = (octet.from, octet.to);
            });
            prop_assert_eq!(at, text.len());
        }
    }
}
