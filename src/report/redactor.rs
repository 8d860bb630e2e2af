//! Keeps secrets out of everything that is written: one place, every form.
//!
//! Works on string values before they are encoded, never on keys, numbers or our own vocabulary.
//! Secrets under twelve bytes are masked only in the fields that carry them: replacing a short word
//! everywhere would say more than it hides.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use aho_corasick::AhoCorasickKind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::AsciiSet;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use ring::hmac;
use ring::rand::SystemRandom;

use crate::secret::Secret;

/// The shortest secret that is looked for in other texts.
const SHORTEST: usize = 12;

/// All but what RFC 3986 §2.3 leaves as it is.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What stands in a secret's place.
pub const MASK: &str = "<redacted>";

/// Every secret seen in this run, in every form that is looked for.
pub struct Redactor {
    known: HashSet<String>,
    batches: Vec<Batch>,
    /// `None` with `--show-secrets`, or where the system gives no randomness.
    key: Option<hmac::Key>,
    show: bool,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} forms)", self.known.len())
    }
}

/// Forms that are found in one pass over a text. The automaton is built when the first text comes that is
/// long enough to hold one: beside a long token most are not, and to build it costs more than a call's report.
struct Batch {
    forms: Vec<String>,
    shortest: usize,
    automaton: OnceLock<AhoCorasick>,
}

impl Batch {
    fn new(forms: Vec<String>) -> Self {
        Self {
            shortest: forms.iter().map(String::len).min().unwrap_or(0),
            forms,
            automaton: OnceLock::new(),
        }
    }

    fn automaton(&self) -> &AhoCorasick {
        self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                // A DFA is faster and needs megabytes for one long token.
                .kind(Some(AhoCorasickKind::ContiguousNFA))
                .build(&self.forms)
                .expect("all secrets together have fewer than 2^31 bytes")
        })
    }

    /// Where `text` holds a form: in order, apart from each other.
    fn found_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if text.len() < self.shortest {
            return found;
        }
        for form in self.automaton().find_overlapping_iter(text) {
            cover(&mut found, form.range());
        }
        found
    }
}

/// Adds a range that ends no earlier than those before it; ranges that overlap become one.
fn cover(ranges: &mut Vec<Range<usize>>, mut range: Range<usize>) {
    while let Some(last) = ranges.pop_if(|last| last.end > range.start) {
        range = last.start.min(range.start)..last.end.max(range.end);
    }
    ranges.push(range);
}

impl Redactor {
    /// `show`: `--show-secrets`, which turns masking off.
    pub fn new(show: bool) -> Self {
        Self {
            known: HashSet::new(),
            batches: Vec::new(),
            key: None,
            show,
        }
    }

    /// Remembers a secret, as it is and as base64, percent-encoding and JSON would spell it.
    pub fn learn(&mut self, secret: &Secret) {
        let plain = secret.expose();
        if self.show || plain.len() < SHORTEST {
            return;
        }
        let form = form_encoded(plain);
        let mut forms = base64_forms(plain);
        // An OAuth client's secret is form-encoded before Basic puts it into base64 (RFC 6749 §2.3.1).
        forms.extend(base64_forms(&form));
        forms.extend(json_forms(plain));
        for encoded in [
            utf8_percent_encode(plain, NON_ALPHANUMERIC).to_string(),
            utf8_percent_encode(plain, RESERVED).to_string(),
            form,
        ] {
            forms.push(lower_hexadecimal(&encoded));
            forms.push(encoded);
        }
        forms.push(plain.to_owned());
        let mut learned: Vec<String> = Vec::new();
        for form in forms {
            if self.known.insert(form.clone()) {
                learned.push(form);
            }
        }
        if learned.is_empty() {
            return;
        }
        // A batch takes in those that are no larger. So n secrets stand in at most log2(n) + 1 batches, and a
        // form is built into an automaton no more often than that, in whatever order secrets and texts come.
        while let Some(smaller) = self
            .batches
            .pop_if(|batch| batch.forms.len() <= learned.len())
        {
            learned.extend(smaller.forms);
        }
        self.batches.push(Batch::new(learned));
    }

    /// `text` without any secret that is known. Forms that overlap are masked as one: no end of either is left.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut found: Vec<_> = self
            .batches
            .iter()
            .flat_map(|batch| batch.found_in(text))
            .collect();
        found.sort_by_key(|range| range.end);
        let mut masked = Vec::new();
        found
            .into_iter()
            .for_each(|range| cover(&mut masked, range));
        if masked.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut cleaned = String::with_capacity(text.len());
        let mut from = 0;
        for range in masked {
            cleaned.push_str(&text[from..range.start]);
            cleaned.push_str(MASK);
            from = range.end;
        }
        cleaned.push_str(&text[from..]);
        Cow::Owned(cleaned)
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

/// As the fields of a form are written: a space is a plus.
fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// As the strings of JSON may be written: with letters beyond ASCII as they are or as numbers, and with
/// the slashes escaped, which some writers do.
fn json_forms(text: &str) -> [String; 3] {
    let quoted = serde_json::Value::from(text).to_string();
    let json = &quoted[1..quoted.len() - 1];
    let mut ascii = String::new();
    for letter in json.chars() {
        if letter.is_ascii() {
            ascii.push(letter);
        } else {
            let units = letter.encode_utf16(&mut [0; 2]).to_vec();
            ascii.extend(units.iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    [json.to_owned(), json.replace('/', "\\/"), ascii]
}

/// In a longer text the three alignments spell the same bytes differently; the characters at the edges
/// depend on the neighbours and are left out.
fn base64_forms(text: &str) -> Vec<String> {
    let mut forms = Vec::new();
    for shift in 0..3_usize {
        let padded = [&b"\0\0\0"[..shift], text.as_bytes()].concat();
        for encoded in [
            STANDARD_NO_PAD.encode(&padded),
            URL_SAFE_NO_PAD.encode(&padded),
        ] {
            let from = [0, 2, 3][shift];
            let to = encoded.len() - usize::from(padded.len() % 3 != 0);
            forms.push(encoded[from..to].to_owned());
        }
    }
    forms
}

/// `%2f` for `%2F`.
fn lower_hexadecimal(encoded: &str) -> String {
    let mut parts = encoded.split('%');
    let mut lower = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // Two digits, both ASCII, follow every percent sign.
        let (digits, rest) = part.split_at(2);
        lower.push('%');
        lower.push_str(&digits.to_ascii_lowercase());
        lower.push_str(rest);
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    fn knowing(secret: &str) -> Redactor {
        let mut redactor = Redactor::new(false);
        redactor.learn(&Secret::new(secret));
        redactor
    }

    #[test]
    fn every_form_is_masked() {
        let secret = "s3cr\"t/+canary&value";
        let redactor = knowing(secret);
        for text in [
            format!("the token {secret} is bad"),
            format!("dGhl{}", STANDARD.encode(format!("Bearer {secret}!"))),
            format!("x={}", utf8_percent_encode(secret, NON_ALPHANUMERIC)),
            serde_json::json!({ "echo": secret }).to_string(),
        ] {
            let cleaned = redactor.text(&text).into_owned();
            assert!(cleaned.contains(MASK), "{text} -> {cleaned}");
            assert!(!cleaned.contains("canary"), "{cleaned}");
        }
    }

    #[test]
    fn no_spelling_of_a_secret_gets_through() {
        let redactor = knowing("p:100%+more &=/\u{fc}\u{1f511}-0123456789");
        for text in [
            "p:100%+more &=/\u{fc}\u{1f511}-0123456789",
            "secret=p%3A100%25%2Bmore+%26%3D%2F%C3%BC%F0%9F%94%91-0123456789",
            "secret=p%3a100%25%2bmore+%26%3d%2f%c3%bc%f0%9f%94%91-0123456789",
            "secret=p%3A100%25%2Bmore%20%26%3D%2F%C3%BC%F0%9F%94%91-0123456789",
            "secret=p%3A100%25%2Bmore%20%26%3D%2F%C3%BC%F0%9F%94%91%2D0123456789",
            "p:100%+more &=\\/\u{fc}\u{1f511}-0123456789",
            "p:100%+more &=/\\u00fc\\ud83d\\udd11-0123456789",
        ] {
            let cleaned = redactor.text(text).into_owned();
            assert!(cleaned.ends_with(MASK), "{text} -> {cleaned}");
        }
        let form = form_encoded("p:100%+more &=/\u{fc}\u{1f511}-0123456789");
        for id in ["ci", "abc", "an id"] {
            let header = STANDARD.encode(format!("{id}:{form}"));
            let cleaned = redactor.text(&header).into_owned();
            // What is left is the id, and a letter or two of the secret at either end.
            assert!(
                cleaned.len() < id.len() * 2 + MASK.len() + 6,
                "{header} -> {cleaned}"
            );
        }
    }

    #[test]
    fn of_forms_that_overlap_no_end_is_left() {
        let mut redactor = knowing("abcdefghijkl-mnop");
        redactor.learn(&Secret::new("mnop-qrstuvwxyz0"));
        assert_eq!(
            redactor.text("(abcdefghijkl-mnop-qrstuvwxyz0)"),
            format!("({MASK})")
        );
        redactor.learn(&Secret::new("cdefghijkl-mn"));
        assert_eq!(
            redactor.text("(abcdefghijkl-mnop, cdefghijkl-mn)"),
            format!("({MASK}, {MASK})")
        );
        // Side by side they are two.
        assert_eq!(
            redactor.text("cdefghijkl-mnmnop-qrstuvwxyz0"),
            format!("{MASK}{MASK}")
        );
    }

    #[test]
    fn many_secrets_cost_little_more_than_few() {
        let secret = |number: usize| format!("{number:04}-0123456789/abcdefghij");
        let mut redactor = Redactor::new(false);
        let mut built = 0;
        for number in 0..200 {
            redactor.learn(&Secret::new(secret(number)));
            assert!(
                redactor.batches.len() <= 8,
                "passes over a text: {}",
                redactor.batches.len()
            );
            built += redactor
                .batches
                .iter()
                .filter(|batch| batch.automaton.get().is_none())
                .map(|batch| batch.forms.len())
                .sum::<usize>();
            // A text between any two, and each secret in it is found.
            assert_eq!(redactor.text(&secret(number)), MASK);
            assert_eq!(redactor.text(&secret(number / 2)), MASK);
        }
        assert!(built <= redactor.known.len() * 8, "{built} forms built in");
        let bytes: usize = redactor.known.iter().map(String::len).sum();
        let memory: usize = redactor
            .batches
            .iter()
            .map(|batch| batch.automaton().memory_usage())
            .sum();
        assert!(memory < bytes * 16, "{memory} bytes for {bytes}");
    }

    #[test]
    fn a_text_too_short_for_any_form_costs_nothing() {
        let redactor = knowing("0123456789-abcdef");
        assert_eq!(redactor.text("0123456789"), "0123456789");
        assert!(redactor.batches[0].automaton.get().is_none());
        assert_eq!(redactor.text("0123456789-abcdef"), MASK);
    }

    #[test]
    fn a_secret_known_already_costs_nothing() {
        let mut redactor = knowing("0123456789-abcdef");
        assert_eq!(redactor.text("0123456789-abcdef"), MASK);
        redactor.learn(&Secret::new("0123456789-abcdef"));
        assert!(redactor.batches[0].automaton.get().is_some());
    }

    #[test]
    fn short_secrets_are_not_looked_for_in_text() {
        let redactor = knowing("short");
        assert_eq!(redactor.text("a short word"), "a short word");
    }

    #[test]
    fn fingerprints_tell_sameness_and_nothing_else() {
        let mut one = Redactor::new(false);
        let mut other = Redactor::new(false);
        let (a, b) = (Secret::new("token-a"), Secret::new("token-b"));
        assert_eq!(one.fingerprint(&a), one.fingerprint(&a));
        assert_ne!(one.fingerprint(&a), one.fingerprint(&b));
        assert_ne!(one.fingerprint(&a), other.fingerprint(&a));
    }

    proptest! {
        #[test]
        fn nothing_that_is_known_is_left(secrets in proptest::collection::vec("[ab]{12,16}", 1..5), text in "[abc]{0,80}") {
            let mut redactor = Redactor::new(false);
            for secret in &secrets {
                redactor.learn(&Secret::new(secret.as_str()));
            }
            let cleaned = redactor.text(&text).into_owned();
            for secret in &secrets {
                prop_assert!(!cleaned.contains(secret.as_str()), "{cleaned}");
            }
            let found = secrets.iter().any(|secret| text.contains(secret.as_str()));
            prop_assert_eq!(cleaned != text, found);
        }

        #[test]
        fn base64_is_found_at_any_offset(before in "[a-z]{0,7}", secret in "[ -~]{12,40}", after in "[a-z]{0,7}") {
            let text = STANDARD.encode(format!("{before}{secret}{after}"));
            prop_assert!(knowing(&secret).text(&text).contains(MASK));
        }
    }
}
