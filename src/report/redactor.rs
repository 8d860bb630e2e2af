//! Keeps secrets out of everything that is written: one place, every form.
//!
//! Works on string values before they are encoded, never on keys, numbers or our own vocabulary.
//! Secrets under twelve bytes are masked only in the fields that carry them: replacing a short word
//! everywhere would say more than it hides.

use std::borrow::Cow;

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
    forms: Vec<String>,
    /// `None` with `--show-secrets`, or where the system gives no randomness.
    key: Option<hmac::Key>,
    show: bool,
}

impl std::fmt::Debug for Redactor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Redactor({} forms)", self.forms.len())
    }
}

impl Redactor {
    /// `show`: `--show-secrets`, which turns masking off.
    pub fn new(show: bool) -> Self {
        Self {
            forms: Vec::new(),
            key: None,
            show,
        }
    }

    pub fn shows_secrets(&self) -> bool {
        self.show
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
        for form in forms {
            if !self.forms.contains(&form) {
                self.forms.push(form);
            }
        }
        // The longest first: a form may contain another.
        self.forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    }

    /// `text` without any secret that is known.
    pub fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut cleaned = Cow::Borrowed(text);
        for form in &self.forms {
            if cleaned.contains(form.as_str()) {
                cleaned = Cow::Owned(cleaned.replace(form.as_str(), MASK));
            }
        }
        cleaned
    }

    /// A value that is itself a secret: masked whatever its length.
    pub fn whole(&self, value: &str) -> String {
        if self.show {
            value.to_owned()
        } else {
            MASK.to_owned()
        }
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
    fn short_secrets_are_masked_only_where_they_stand_alone() {
        let redactor = knowing("short");
        assert_eq!(redactor.text("a short word"), "a short word");
        assert_eq!(redactor.whole("short"), MASK);
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
        fn base64_is_found_at_any_offset(before in "[a-z]{0,7}", secret in "[ -~]{12,40}", after in "[a-z]{0,7}") {
            let text = STANDARD.encode(format!("{before}{secret}{after}"));
            prop_assert!(knowing(&secret).text(&text).contains(MASK));
        }
    }
}
