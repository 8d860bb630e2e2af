//! What a peer wrote: a type that nobody can print or cut.
//!
//! A line of ours that repeats a peer's words holds them as a quotation: marked, whole, unescaped, with the
//! number of characters that are to be shown. `report` alone opens quotations: it redacts the whole text, then
//! escapes it, then cuts it. So no secret can lie across a cut, and no place can forget one of the three.
//!
//! The marks are noncharacters, which Unicode reserves for use inside of a program; where a peer's text has
//! some, they become U+FFFD when it is quoted.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

const BEGINS: char = '\u{fdd0}';
const TEXT_FOLLOWS: char = '\u{fdd1}';
const ENDS: char = '\u{fdd2}';
/// Octets that are no UTF-8 stand in a quotation as two of the sixteen noncharacters from here: their digits.
const FIRST_DIGIT: u32 = 0xfde0;

/// How much of a peer's text is kept where it has no limit of its own, in octets. Far more than is ever
/// shown, so that a secret which lies across the end of what is shown is known by the rest of it.
pub(crate) const KEPT: usize = 8 << 10;

/// A text of a peer's, or octets that may be one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct PeerText {
    octets: Vec<u8>,
    /// Whether there was more of it, which was not kept.
    is_cut: bool,
    source: Source,
    /// What is meant of it, if not all; the octets are UTF-8 then.
    part: Option<Range<usize>>,
}

/// What a text is of, which decides what may be shown of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// An answer to which no secret belongs: known secrets are masked.
    #[default]
    Any,
    /// An answer that may hold a token which nobody knows: whatever looks like one is withheld too.
    Tokens,
    /// A name in such an answer, a key or a code: words may be joined by `_` and `-`.
    NameAmongTokens,
}

impl fmt::Debug for PeerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.is_cut { " and more" } else { "" };
        write!(f, "PeerText({} octets{more})", self.octets.len())
    }
}

impl<T: Into<Vec<u8>>> From<T> for PeerText {
    fn from(text: T) -> Self {
        Self {
            octets: text.into(),
            ..Self::default()
        }
    }
}

impl PartialEq<str> for PeerText {
    fn eq(&self, other: &str) -> bool {
        self.meant() == other.as_bytes()
    }
}

impl PartialEq<&str> for PeerText {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PeerText {
    /// The beginning of a text whose rest is not known, no longer than [`KEPT`].
    pub fn beginning(octets: &[u8]) -> Self {
        Self {
            octets: octets[..octets.len().min(KEPT)].to_vec(),
            is_cut: true,
            ..Self::default()
        }
    }

    /// A part that was read out of [`Self::for_judging`], which it must be a slice of. What is secret in it is told by
    /// the whole, however it was cut. What is no such slice stands for itself.
    #[must_use]
    pub(crate) fn part(&self, slice: &str, whole: &str) -> Self {
        let from = (slice.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        let to = from.wrapping_add(slice.len());
        match whole.get(from..to) {
            Some(found) if found == slice && self.part.is_none() => Self {
                octets: whole.as_bytes().to_vec(),
                part: Some(from..to),
                ..self.clone()
            },
            _ => Self {
                source: self.source,
                ..Self::from(slice)
            },
        }
    }

    /// What is meant.
    fn meant(&self) -> &[u8] {
        let all = 0..self.octets.len();
        &self.octets[self.part.clone().unwrap_or(all)]
    }

    /// The same text, out of an answer that may hold a token which nobody knows.
    #[must_use]
    pub(crate) fn among_tokens(self) -> Self {
        Self {
            source: Source::Tokens,
            ..self
        }
    }

    /// The same for a name in such an answer.
    #[must_use]
    pub(crate) fn name_among_tokens(self) -> Self {
        Self {
            source: Source::NameAmongTokens,
            ..self
        }
    }

    /// Keeps more of the text, as long as no more than `limit` octets of it are kept.
    pub fn keep(&mut self, more: &[u8], limit: usize) {
        let room = limit.saturating_sub(self.octets.len()).min(more.len());
        self.octets.extend_from_slice(&more[..room]);
        self.is_cut |= room < more.len();
    }

    /// Whether there was more of it, which was not kept.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    pub fn is_empty(&self) -> bool {
        self.meant().is_empty()
    }

    /// The text, to be compared and searched. Nothing of it may go into a line of ours but as a quotation.
    pub fn for_judging(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.meant())
    }

    /// The same as octets.
    pub fn octets_for_judging(&self) -> &[u8] {
        self.meant()
    }

    /// The text for a line of ours, of which `limit` characters are shown.
    pub fn quoted(&self, limit: usize) -> Quoted<'_> {
        Quoted {
            limit,
            ..self.whole(Look::Text)
        }
    }

    /// A part of [`Self::for_judging`], which it must be a slice of; else the text without a limit.
    pub fn quoted_slice(&self, slice: &str, whole: &str, limit: usize) -> Quoted<'_> {
        let from = (slice.as_ptr() as usize).wrapping_sub(whole.as_ptr() as usize);
        match whole.get(from..from.wrapping_add(slice.len())) {
            Some(found) if found == slice => self.quoted_part(from..from + slice.len(), limit),
            _ => self.quoted(limit),
        }
    }

    /// The same for octets that may be no text: mostly unprintable ones are shown as hexadecimal numbers, `limit` of them.
    pub fn quoted_octets(&self, limit: usize) -> Quoted<'_> {
        Quoted {
            limit,
            ..self.whole(Look::Octets)
        }
    }

    /// A part of [`Self::for_judging`]. What is secret is told by the whole.
    pub fn quoted_part(&self, part: Range<usize>, limit: usize) -> Quoted<'_> {
        let from = self.part.as_ref().map_or(0, |meant| meant.start);
        Quoted {
            part: Some(from + part.start..from + part.end),
            limit,
            ..self.whole(Look::Text)
        }
    }

    fn whole(&self, look: Look) -> Quoted<'_> {
        Quoted {
            text: self,
            part: self.part.clone(),
            limit: usize::MAX,
            look,
        }
    }
}

/// Without a limit.
impl fmt::Display for PeerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.whole(Look::Text).fmt(f)
    }
}

/// How a quotation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    Text,
    /// Text in quotation marks if it is mostly printable, else hexadecimal numbers.
    Octets,
}

/// A peer's text on its way into a line of ours.
#[derive(Clone, Debug)]
pub struct Quoted<'a> {
    text: &'a PeerText,
    part: Option<Range<usize>>,
    limit: usize,
    look: Look,
}

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::with_capacity(self.text.octets.len());
        match self.part {
            // U+FFFD is as long as what it replaces, so that the part stays where it is.
            Some(_) => {
                let whole = String::from_utf8_lossy(&self.text.octets);
                text.extend(whole.chars().map(unmarked));
            }
            None => {
                for chunk in self.text.octets.utf8_chunks() {
                    text.extend(chunk.valid().chars().map(unmarked));
                    text.extend(chunk.invalid().iter().flat_map(|octet| digits(*octet)));
                }
            }
        }
        let part = self.part.clone().unwrap_or(0..text.len());
        let (from, to, limit) = (part.start, part.end, self.limit);
        let is_cut = u8::from(self.text.is_cut);
        let as_octets = u8::from(self.look == Look::Octets);
        let source = self.text.source as u8;
        write!(
            f,
            "{BEGINS}{limit},{from},{to},{is_cut},{as_octets},{source}{TEXT_FOLLOWS}{text}{ENDS}"
        )
    }
}

fn is_mark(character: char) -> bool {
    ('\u{fdd0}'..='\u{fdef}').contains(&character)
}

fn unmarked(character: char) -> char {
    match is_mark(character) {
        true => char::REPLACEMENT_CHARACTER,
        false => character,
    }
}

fn digits(octet: u8) -> impl Iterator<Item = char> {
    [octet >> 4, octet & 0xf]
        .into_iter()
        .filter_map(|digit| char::from_u32(FIRST_DIGIT + u32::from(digit)))
}

/// A piece of a line of ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Our own words.
    Own(&'a str),
    Peer(Quotation<'a>),
}

/// A peer's text in a line of ours.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quotation<'a> {
    /// The whole of what was kept. Octets that are no UTF-8 stand in it as [`octet`] reads them.
    pub text: &'a str,
    /// What is shown of it.
    pub part: Range<usize>,
    /// In characters, or octets.
    pub limit: usize,
    /// Whether the text went on.
    pub is_cut: bool,
    pub look: Look,
    pub source: Source,
}

/// Opens a line's quotations. For `report` alone.
pub(crate) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some((own, quotation, after)) = next(rest) {
        found.extend((!own.is_empty()).then_some(Piece::Own(own)));
        found.push(Piece::Peer(quotation));
        rest = after;
    }
    found.extend((!rest.is_empty()).then_some(Piece::Own(rest)));
    found
}

fn next(line: &str) -> Option<(&str, Quotation<'_>, &str)> {
    let (own, rest) = line.split_once(BEGINS)?;
    let (numbers, rest) = rest.split_once(TEXT_FOLLOWS)?;
    let (text, after) = rest.split_once(ENDS)?;
    let numbers: Vec<usize> = numbers.split(',').filter_map(|n| n.parse().ok()).collect();
    let [limit, from, to, is_cut, as_octets, source] = numbers[..] else {
        return None;
    };
    // Whatever was done to the text on its way, its marks do not stay.
    let (from, to) = text.get(from..to).map_or((0, text.len()), |_| (from, to));
    let quotation = Quotation {
        text,
        part: from..to,
        limit,
        is_cut: is_cut == 1,
        look: match as_octets {
            1 => Look::Octets,
            _ => Look::Text,
        },
        source: match source {
            0 => Source::Any,
            2 => Source::NameAmongTokens,
            _ => Source::Tokens,
        },
    };
    Some((own, quotation, after))
}

/// The octet that is no UTF-8 at the beginning of a quotation's text.
pub(crate) fn octet(text: &str) -> Option<u8> {
    let mut digits = text
        .chars()
        .map(|character| u32::from(character).checked_sub(FIRST_DIGIT));
    let (high, low) = (digits.next()??, digits.next()??);
    u8::try_from(high << 4 | low).ok()
}

/// A line without marks, for tests: quotations are escaped, and shown up to their limits.
#[cfg(test)]
pub fn plain(line: &str) -> String {
    let shown = |piece| match piece {
        Piece::Own(text) => text.to_owned(),
        Piece::Peer(quotation) => {
            let part = &quotation.text[quotation.part];
            match part.char_indices().nth(quotation.limit) {
                Some((end, _)) => format!("{}…", crate::text::escape(&part[..end])),
                None => crate::text::escape(part).into_owned(),
            }
        }
    };
    let line = crate::text::aside::whole(line);
    pieces(&line).into_iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quotation(line: &str) -> Quotation<'_> {
        match pieces(line).pop() {
            Some(Piece::Peer(quotation)) => quotation,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_line_keeps_a_text_whole() {
        let text = PeerText::from("ab\u{fdd2}c\u{1b}");
        let line = format!("the server says {} and {text}!", text.quoted(2));
        let pieces = pieces(&line);
        assert_eq!(pieces.len(), 5);
        assert_eq!(pieces[4], Piece::Own("!"));
        let Piece::Peer(quotation) = &pieces[1] else {
            panic!("{pieces:?}");
        };
        assert_eq!((quotation.text, quotation.limit), ("ab\u{fffd}c\u{1b}", 2));
        assert_eq!(plain(&format!("{}", text.quoted(2))), "ab…");
    }

    #[test]
    fn a_part_lies_where_it_lay() {
        let text = PeerText::from(&b"\xff\xef\xb7\x90<title>words</title>"[..]);
        let whole = text.for_judging();
        let from = whole.find("words").unwrap();
        let line = text.quoted_part(from..from + 5, 60).to_string();
        let quotation = quotation(&line);
        assert_eq!(&quotation.text[quotation.part], "words");
    }

    #[test]
    fn a_part_is_told_by_its_whole() {
        let text = PeerText::from("Bearer realm=a\u{fdd2}b, x");
        let whole = text.for_judging();
        let part = text.part(&whole[7..12], &whole);
        assert_eq!(
            (part == "realm", part.for_judging().as_ref()),
            (true, "realm")
        );
        let line = part.to_string();
        let quotation = quotation(&line);
        assert_eq!(quotation.text, "Bearer realm=a\u{fffd}b, x");
        assert_eq!(&quotation.text[quotation.part], "realm");
        let other = text.part("other", &whole);
        assert_eq!(plain(&other.quoted(3).to_string()), "oth…");
    }

    #[test]
    fn octets_that_are_no_text_come_back() {
        let text = PeerText::from(&b"a\xff\x80"[..]);
        let line = text.quoted_octets(24).to_string();
        let quotation = quotation(&line);
        assert_eq!(octet(&quotation.text[1..]), Some(0xff));
        assert_eq!(octet(&quotation.text[7..]), Some(0x80));
        assert_eq!(octet(quotation.text), None);
    }

    #[test]
    fn what_is_kept_is_bounded_and_says_so() {
        let mut text = PeerText::default();
        text.keep(b"abc", 4);
        assert!(!text.is_cut);
        text.keep(b"def", 4);
        assert_eq!(
            (text.octets_for_judging(), text.is_cut),
            (&b"abcd"[..], true)
        );
        assert_eq!(format!("{text:?}"), "PeerText(4 octets and more)");
    }

    proptest! {
        #[test]
        fn no_text_forges_a_mark(octets in proptest::collection::vec(any::<u8>(), 0..60), text in "[a\u{fdd0}-\u{fdef}]{0,20}") {
            for text in [PeerText::from(octets), PeerText::from(text)] {
                let line = format!("<{text}>");
                let found = pieces(&line);
                prop_assert_eq!((found.len(), &found[0]), (3, &Piece::Own("<")));
            }
        }

        #[test]
        fn no_line_panics(line in "[0-9,a\u{fdd0}-\u{fdd2}\u{fde0}\u{ff}]{0,40}") {
            pieces(&line).into_iter().for_each(|piece| if let Piece::Peer(it) = piece { octet(it.text); });
        }
    }
}
