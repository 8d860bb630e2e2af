//! How a secret may be spelled, escapes apart, which are taken out of the texts instead.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::report::redactor::DEPTH;
use crate::report::redactor::decoding;
use crate::report::redactor::decoding::Notation;
use crate::report::redactor::decoding::Octet;
use crate::report::redactor::pieces;
use crate::report::redactor::pieces::Squeezed;

/// How octets are compared.
#[derive(Debug)]
pub(super) enum Reading {
    /// One after the other, see [`folded`].
    Whole,
    /// Whatever stands between letters and digits.
    InPieces(Squeezed),
}

impl Reading {
    /// Gives what is compared of one more octet.
    pub(super) fn push(&mut self, octet: Octet, sink: &mut dyn FnMut(Octet)) {
        match self {
            Self::Whole => {
                if let Some(value) = folded(octet.value) {
                    sink(Octet { value, ..octet });
                }
            }
            Self::InPieces(squeezed) => squeezed.push(octet, sink),
        }
    }

    /// Gives what was kept back.
    pub(super) fn end(&mut self, sink: &mut dyn FnMut(Octet)) {
        if let Self::InPieces(squeezed) = self {
            squeezed.end(sink);
        }
    }
}

/// An octet as it is compared: in a form a plus is a space, and a line that is folded is still the same.
fn folded(octet: u8) -> Option<u8> {
    match octet {
        b'\r' | b'\n' => None,
        b' ' => Some(b'+'),
        other => Some(other),
    }
}

/// Everything that is looked for, folded.
pub(super) fn of(secret: &str) -> Vec<Vec<u8>> {
    // Blanks at its ends are lost in a header.
    let secret = secret.trim();
    let mut spellings = plain(secret);
    spellings.extend(in_latin_1(secret));
    spellings.extend(in_base64(secret));
    // An OAuth client's secret is form-encoded before Basic puts it into base64 (RFC 6749 §2.3.1).
    let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    if form != secret {
        spellings.extend(in_base64(&form));
    }
    spellings.extend(in_hexadecimal(secret));
    spellings.extend(segments(secret).map(|segment| segment.as_bytes().to_vec()));
    for spelling in &mut spellings {
        *spelling = spelling.iter().copied().filter_map(folded).collect();
    }
    spellings
}

/// Everything that is looked for in pieces.
pub(super) fn in_pieces(secret: &str) -> Vec<Vec<u8>> {
    let mut spellings = of(secret);
    spellings.extend(in_utf_16(secret));
    for spelling in &mut spellings {
        *spelling = pieces::of(spelling);
    }
    spellings
}

/// Of letters beyond Latin-1 an octet may be a letter or digit of its own; of the others nothing but they is compared.
fn in_utf_16(secret: &str) -> impl Iterator<Item = Vec<u8>> {
    let is_wide = secret.encode_utf16().any(|unit| unit > 0xff);
    let orders = [u16::to_le_bytes, u16::to_be_bytes].into_iter();
    orders
        .filter(move |_| is_wide)
        .map(|order| secret.encode_utf16().flat_map(order).collect())
}

/// As it is; and, of one that looks like escapes itself, as it is found in a text whose escapes are taken out.
fn plain(secret: &str) -> Vec<Vec<u8>> {
    let mut spellings = vec![secret.as_bytes().to_vec()];
    for depth in 1..=DEPTH {
        let layers = &[Notation::Escapes; DEPTH][..depth];
        let mut decoded = Vec::new();
        let rest = decoding::decode(secret.as_bytes(), 0..secret.len(), layers, &mut |octet| {
            decoded.push(octet.value);
        });
        spellings.push(decoded);
        if !rest.may_go_on {
            break;
        }
    }
    spellings
}

/// `\xe4` is an octet in some languages and a letter in others, and some servers write headers in Latin-1: letters up to
/// U+00FF as one octet each, others as in UTF-8.
fn in_latin_1(secret: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::with_capacity(secret.len());
    for letter in secret.chars() {
        match u8::try_from(letter) {
            Ok(octet) => octets.push(octet),
            Err(_) => octets.extend(letter.encode_utf8(&mut [0; 4]).bytes()),
        }
    }
    (octets != secret.as_bytes()).then_some(octets)
}

/// In a longer text the three alignments spell the same bytes differently; the characters at the edges
/// depend on the neighbours and are left out, as is the padding.
fn in_base64(text: &str) -> Vec<Vec<u8>> {
    let mut spellings = Vec::new();
    for shift in 0..3_usize {
        let padded = [&b"\0\0\0"[..shift], text.as_bytes()].concat();
        for encoded in [
            STANDARD_NO_PAD.encode(&padded),
            URL_SAFE_NO_PAD.encode(&padded),
        ] {
            let from = [0, 2, 3][shift];
            let to = encoded.len() - usize::from(padded.len() % 3 != 0);
            spellings.push(encoded.as_bytes()[from..to].to_vec());
        }
    }
    spellings
}

fn in_hexadecimal(text: &str) -> [Vec<u8>; 2] {
    let digits = |alphabet: &[u8; 16]| {
        let digit = |number: u8| alphabet[usize::from(number)];
        text.bytes()
            .flat_map(|octet| [digit(octet >> 4), digit(octet & 15)])
            .collect()
    };
    [digits(b"0123456789abcdef"), digits(b"0123456789ABCDEF")]
}

/// What a JOSE token consists of, but for its header, which many have in common: with the signature alone,
/// header and claims, which a report may show, are the token.
fn segments(secret: &str) -> impl Iterator<Item = &str> {
    let token = secret.rsplit(' ').next().unwrap_or(secret);
    let is_one = token.starts_with("eyJ") && matches!(token.split('.').count(), 3 | 5);
    token.split('.').skip(1).filter(move |_| is_one)
}
