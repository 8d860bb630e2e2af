//! Keeps secrets out of everything that is written: one place, every spelling.
//!
//! A text is searched as it is and with its escapes taken out, layer by layer: what is found in any of them is
//! masked where it stands in the text. So only what is no escape must be learned: base64 and hexadecimal digits.
//!
//! Works on string values before they are encoded, never on keys, numbers or our own vocabulary.
//! Secrets under twelve bytes are masked only in the fields that carry them: replacing a short word
//! everywhere would say more than it hides.

mod decoding;
mod entities;
mod escapes;
mod index;
mod pieces;
mod quoted_printable;
mod spellings;
mod token_shapes;

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::ops::RangeInclusive;

use http::HeaderValue;
use ring::hmac;
use ring::rand::SystemRandom;

use crate::peer_text::Quotation;
use crate::peer_text::Source;
use crate::report::redactor::decoding::Notation;
use crate::report::redactor::decoding::Octet;
use crate::report::redactor::decoding::Rest;
use crate::report::redactor::escapes::Beginning;
use crate::report::redactor::index::Index;
use crate::report::redactor::index::cover;
use crate::report::redactor::pieces::Squeezed;
use crate::report::redactor::spellings::Reading;
use crate::secret::Secret;
use crate::secret::places;

/// The shortest secret that is looked for in other texts.
const SHORTEST: usize = 12;

/// How many layers of escapes are taken off: three, and one more because a secret may look like escapes itself.
const DEPTH: usize = 4;

/// What stands in a secret's place.
pub(crate) const MASK: &str = "<redacted>";

/// Every secret seen in this run, in every spelling that is looked for.
pub struct Redactor {
    spellings: Index,
    broken: RefCell<Broken>,
    /// How many of the thread's secrets were learned.
    learned: usize,
    /// `None` with `--show-secrets`, or where the system gives no randomness.
    key: Option<hmac::Key>,
    show: bool,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} spellings)", self.spellings.len())
    }
}

/// The spellings that are looked for in pieces. They are made when the first text comes that may hold one.
struct Broken {
    index: Index,
    waiting: Vec<Secret>,
}

impl Default for Broken {
    fn default() -> Self {
        Self {
            index: Index::new(|| Reading::InPieces(Squeezed::default())),
            waiting: Vec::new(),
        }
    }
}

impl Broken {
    fn caught_up(&mut self) -> &Index {
        for secret in self.waiting.drain(..) {
            self.index.learn(spellings::in_pieces(secret.expose()));
        }
        &self.index
    }
}

/// What a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    InPieces,
}

impl Redactor {
    /// `show`: `--show-secrets`, which turns masking off.
    pub fn new(show: bool) -> Self {
        Self {
            spellings: Index::new(|| Reading::Whole),
            broken: RefCell::default(),
            learned: 0,
            key: None,
            show,
        }
    }

    /// Learns the secrets that there are by now.
    pub fn catch_up(&mut self) {
        for secret in Secret::known_after(self.learned) {
            self.learned += 1;
            self.learn(&secret);
        }
    }

    fn learn(&mut self, secret: &Secret) {
        if self.show || secret.expose().len() < SHORTEST {
            return;
        }
        self.spellings.learn(spellings::of(secret.expose()));
        self.broken.get_mut().waiting.push(secret.clone());
    }

    /// A value of metadata; of one that is secret nothing, however short it is.
    pub fn value(&self, value: &HeaderValue) -> String {
        match value.is_sensitive() && !self.show {
            true => MASK.to_owned(),
            false => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        }
    }

    /// A line of ours without any secret that is known, and with places as they are shown.
    pub(crate) fn line<'a>(&self, text: &'a str) -> Cow<'a, str> {
        match places::shown(text) {
            Cow::Owned(text) if !self.show => Cow::Owned(self.whole(&text).into_owned()),
            _ => self.whole(text),
        }
    }

    fn whole<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let found = in_order(text, self.find(text, Wanted::Whole));
        masked(text, 0..text.len(), &redacted(found))
    }

    /// A peer's text without any secret that is known.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        masked(text, 0..text.len(), &redacted(self.found_in(text)))
    }

    /// JSON of a peer's without any secret that is known; what is in pieces is looked for within each of its strings.
    pub(crate) fn json<'a>(&self, json: &'a str) -> Cow<'a, str> {
        let mut found = self.find(json, Wanted::Whole);
        if !self.spellings.is_empty() {
            for string in strings(json) {
                let within = self.find(&json[string.clone()], Wanted::InPieces);
                let moved =
                    |range: Range<usize>| string.start + range.start..string.start + range.end;
                found.extend(within.into_iter().map(moved));
            }
        }
        masked(json, 0..json.len(), &redacted(in_order(json, found)))
    }

    /// What of a quotation must not be shown: secrets, and, of an answer that may hold a token which nobody
    /// knows, whatever has the shape of one.
    pub(crate) fn found_in_quotation(&self, quotation: &Quotation<'_>) -> Vec<Hidden> {
        let text = quotation.text;
        let mut hidden = redacted(match quotation.is_cut {
            true => self.found_in_beginning(text),
            false => self.found_in(text),
        });
        if self.show || quotation.source == Source::Any {
            return hidden;
        }
        let is_name = quotation.source == Source::NameAmongTokens;
        for shape in in_order(text, token_shapes::find(text, is_name, quotation.is_cut)) {
            let mut whole = shape.clone();
            let mut is_known = false;
            hidden.retain(|known| {
                let overlaps = known.range.start < whole.end && whole.start < known.range.end;
                if overlaps {
                    is_known = true;
                    whole = whole.start.min(known.range.start)..whole.end.max(known.range.end);
                }
                !overlaps
            });
            hidden.push(match is_known {
                true => Hidden::redacted(whole),
                false => Hidden::withheld(text, whole),
            });
        }
        hidden.sort_by_key(|hidden| hidden.range.start);
        hidden
    }

    /// Where `text` holds a secret: in order, apart from each other, none within a character. Spellings that
    /// overlap are one range: no end of either is left.
    fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = self.find(text, Wanted::Whole);
        found.append(&mut self.find(text, Wanted::InPieces));
        in_order(text, found)
    }

    fn find(&self, text: &str, wanted: Wanted) -> Vec<Range<usize>> {
        if text.len() < SHORTEST {
            return Vec::new();
        }
        match wanted {
            Wanted::Whole => find_spelled(&self.spellings, text),
            Wanted::InPieces => find_spelled(self.broken.borrow_mut().caught_up(), text),
        }
    }

    /// The same for a text of which no more was kept: the beginning of a secret at its end is found too.
    fn found_in_beginning(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = self.found_in(text);
        let mut broken = self.broken.borrow_mut();
        let indexes = [&self.spellings, broken.caught_up()];
        let octets = text.as_bytes();
        read_layers(0..=DEPTH, &mut |layers| {
            let mut decoded = Vec::new();
            let rest = decoding::decode(octets, 0..octets.len(), layers, &mut |octet| {
                decoded.push(octet);
            });
            let whole = decoded.len();
            let ends = [Notation::Escapes, Notation::QuotedPrintable]
                .map(|notation| whole - cut_escape(notation, &decoded));
            for end in ends.into_iter().chain([whole]) {
                let starts = indexes
                    .iter()
                    .filter_map(|index| index.beginning_at_end(&decoded[..end]));
                found.extend(starts.map(|start| start..text.len()));
            }
            rest
        });
        in_order(text, found)
    }

    /// Tells whether two secrets of one run are the same, and nothing else: eight hexadecimal digits
    /// of an HMAC under a key that ends with the run. A bare hash would let passwords be guessed.
    pub fn fingerprint(&mut self, secret: &Secret) -> Option<String> {
        if self.key.is_none() {
            self.key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new()).ok();
        }
        let tag = hmac::sign(self.key.as_ref()?, secret.expose().as_bytes());
        Some(
            tag.as_ref()[..4]
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

/// Where a text holds spellings of an index, in no order.
fn find_spelled(index: &Index, text: &str) -> Vec<Range<usize>> {
    let Some(longest) = index.longest(text.len()) else {
        return Vec::new();
    };
    let octets = text.as_bytes();
    let mut found = Vec::new();
    let mut search = |part: Range<usize>, layers: &[Notation]| {
        let mut search = index.search(text.len());
        let rest = decoding::decode(octets, part, layers, &mut |octet| search.take(octet));
        found.append(&mut search.end());
        rest
    };
    let whole = 0..octets.len();
    read_layers(0..=0, &mut |layers| search(whole.clone(), layers));
    // Lines may be folded within a spelling: as much again is enough for any width.
    for part in decoding::parts_with_escapes(octets, longest * 2) {
        read_layers(1..=DEPTH, &mut |layers| search(part.clone(), layers));
    }
    found
}

/// Takes `depths` layers of escapes off, as long as there are any, and one of quoted-printable among them where
/// something looks like it.
fn read_layers(depths: RangeInclusive<usize>, read: &mut dyn FnMut(&[Notation]) -> Rest) {
    for depth in depths {
        let mut layers = vec![Notation::Escapes; depth];
        let rest = read(&layers);
        if rest.is_quoted_printable {
            layers.push(Notation::QuotedPrintable);
            read(&layers);
            while layers.len() <= DEPTH {
                layers.push(Notation::Escapes);
                if !read(&layers).may_go_on {
                    break;
                }
            }
        }
        if !rest.may_go_on {
            return;
        }
    }
}

/// How many octets at the end are the beginning of an escape.
fn cut_escape(notation: Notation, octets: &[Octet]) -> usize {
    let at = octets
        .iter()
        .rposition(|octet| notation.may_begin(octet.value));
    let cut: Vec<u8> = octets[at.unwrap_or(octets.len())..]
        .iter()
        .map(|octet| octet.value)
        .collect();
    match notation.read(&cut) {
        Beginning::Unfinished => cut.len(),
        _ => 0,
    }
}

/// What stands between the quotation marks of JSON.
fn strings(json: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut is_escaped) = (None, false);
    for (at, octet) in json.bytes().enumerate() {
        match (octet, from) {
            _ if std::mem::take(&mut is_escaped) => {}
            (b'\\', Some(_)) => is_escaped = true,
            (b'"', None) => from = Some(at + 1),
            (b'"', Some(start)) => {
                found.push(start..at);
                from = None;
            }
            _ => {}
        }
    }
    found
}

/// Ranges from several searches, sorted, merged, and widened to whole characters.
fn in_order(text: &str, mut found: Vec<Range<usize>>) -> Vec<Range<usize>> {
    for range in &mut found {
        while !text.is_char_boundary(range.start) {
            range.start -= 1;
        }
        while !text.is_char_boundary(range.end) {
            range.end += 1;
        }
    }
    found.sort_by_key(|range| range.end);
    let mut ranges = Vec::new();
    found
        .into_iter()
        .for_each(|range| cover(&mut ranges, range));
    ranges
}

/// A range that is not shown, and what stands in its place.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Hidden {
    range: Range<usize>,
    mask: Cow<'static, str>,
}

impl Hidden {
    fn redacted(range: Range<usize>) -> Self {
        Self {
            range,
            mask: Cow::Borrowed(MASK),
        }
    }

    fn withheld(text: &str, range: Range<usize>) -> Self {
        let length = text[range.clone()].chars().count();
        Self {
            range,
            mask: Cow::Owned(format!("[{length} characters withheld]")),
        }
    }
}

fn redacted(ranges: Vec<Range<usize>>) -> Vec<Hidden> {
    ranges.into_iter().map(Hidden::redacted).collect()
}

/// A part of `text`, with what lies in it of these ranges masked.
pub(crate) fn masked<'a>(text: &'a str, part: Range<usize>, hidden: &[Hidden]) -> Cow<'a, str> {
    let mut cleaned = String::new();
    let mut from = part.start;
    for Hidden { range, mask } in hidden {
        if range.end > part.start && range.start < part.end {
            cleaned.push_str(&text[from..range.start.max(from)]);
            cleaned.push_str(mask);
            from = range.end.min(part.end);
        }
    }
    match from == part.start {
        true => Cow::Borrowed(&text[part]),
        false => Cow::Owned(cleaned + &text[from..part.end]),
    }
}

#[cfg(test)]
mod tests;
