//! Distinguished names as text.

use std::fmt::Write as _;

use x509_parser::asn1_rs::Any;
use x509_parser::asn1_rs::Tag;
use x509_parser::prelude::FromDer as _;
use x509_parser::x509::AttributeTypeAndValue;
use x509_parser::x509::X509Name;

use crate::text::hex;

/// The text of a DER `Name`, as servers send them in a certificate request: RFC 4514, so the most
/// specific part comes first (`CN=lab root,O=grpcauth`). Lossy: what is no name is shown as hex.
pub(crate) fn distinguished_name(der: &[u8]) -> String {
    match X509Name::from_der(der) {
        Ok(([], name)) => name_text(&name),
        _ => format!("#{}", hex(der)),
    }
}

pub(crate) fn name_text(name: &X509Name<'_>) -> String {
    let mut parts: Vec<String> = name
        .iter_rdn()
        .map(|rdn| rdn.iter().map(attribute).collect::<Vec<_>>().join("+"))
        .collect();
    parts.reverse();
    parts.join(",")
}

pub(super) fn common_name(name: &X509Name<'_>) -> Option<String> {
    name.iter_common_name()
        .last()
        .and_then(|attribute| value_text(attribute.attr_value()))
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = attribute.attr_type().to_id_string();
    let value = match value_text(attribute.attr_value()) {
        Some(text) => escape_value(&text),
        None => format!("#{}", hex(attribute.attr_value().data)),
    };
    format!("{}={value}", short_name(&oid).unwrap_or(&oid))
}

fn short_name(oid: &str) -> Option<&'static str> {
    // RFC 4514 §3, and those that CAs add.
    Some(match oid {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.42" => "GN",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}

/// The text of a DirectoryString, `None` for any other type.
fn value_text(value: &Any<'_>) -> Option<String> {
    match value.tag() {
        Tag::Utf8String
        | Tag::PrintableString
        | Tag::Ia5String
        | Tag::NumericString
        | Tag::VisibleString => Some(String::from_utf8_lossy(value.data).into_owned()),
        // T.61 in practice is Latin-1.
        Tag::T61String => Some(value.data.iter().copied().map(char::from).collect()),
        Tag::BmpString => {
            let units = value.data.chunks(2).map(|pair| match pair {
                [high, low] => u16::from_be_bytes([*high, *low]),
                _ => u16::from(b'?'),
            });
            Some(
                char::decode_utf16(units)
                    .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
                    .collect(),
            )
        }
        _ => None,
    }
}

/// RFC 4514 §2.4; control characters too, so that a name stays on its line.
fn escape_value(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (index, character) in value.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => {
                escaped.push('\\');
                escaped.push(character);
            }
            '#' if index == 0 => escaped.push_str("\\#"),
            ' ' if index == 0 || index == last => escaped.push_str("\\ "),
            control if control.is_ascii_control() => {
                let _ = write!(escaped, "\\{:02X}", u32::from(control));
            }
            plain => escaped.push(plain),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn special_characters_are_escaped() {
        for (value, escaped) in [
            ("plain name", "plain name"),
            ("a,b+c", "a\\,b\\+c"),
            (" lead and trail ", "\\ lead and trail\\ "),
            ("#hash #", "\\#hash #"),
            ("line\nbreak", "line\\0Abreak"),
            ("", ""),
        ] {
            assert_eq!(escape_value(value), escaped);
        }
    }

    #[test]
    fn names_read_most_specific_first() {
        let mut name = rcgen::DistinguishedName::new();
        name.push(rcgen::DnType::CountryName, "NL");
        name.push(rcgen::DnType::OrganizationName, "Lab, Inc");
        name.push(
            rcgen::DnType::CommonName,
            rcgen::DnValue::BmpString("höst".try_into().expect("in the BMP")),
        );
        let key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::default();
        params.distinguished_name = name;
        let der = params.self_signed(&key).unwrap().der().to_vec();
        let certificate = crate::x509::facts::parse(&der).unwrap();
        let raw = certificate.subject().as_raw();
        assert_eq!(distinguished_name(raw), "CN=höst,O=Lab\\, Inc,C=NL");
        assert_eq!(distinguished_name(b"\x30\x03oh"), "#30036f68");
        assert_eq!(distinguished_name(b""), "#");
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let text = distinguished_name(&bytes);
            prop_assert!(!text.contains(|c: char| c.is_ascii_control()));
        }
    }
}
