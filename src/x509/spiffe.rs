//! SPIFFE ids: the names of a mesh's workloads, which stand in certificates in place of host names.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::x509::Facts;
use crate::x509::SubjectAltName;

const SCHEME: &str = "spiffe://";

/// Longer ids need not be supported by anybody (SPIFFE-ID §2.3).
const LONGEST: usize = 2048;

/// A workload's id, `spiffe://trust-domain/path`, as the SPIFFE-ID standard spells it: ids are equal if
/// their texts are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpiffeId(String);

/// Why a text is no SPIFFE id.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}; write spiffe://TRUST-DOMAIN/PATH, such as spiffe://cluster.local/ns/shop/sa/orders")]
pub struct NotASpiffeId(&'static str);

impl FromStr for SpiffeId {
    type Err = NotASpiffeId;

    fn from_str(text: &str) -> Result<Self, NotASpiffeId> {
        let rest = text
            .strip_prefix(SCHEME)
            .ok_or(NotASpiffeId("it does not begin with spiffe://"))?;
        if text.len() > LONGEST {
            return Err(NotASpiffeId("it is longer than 2048 characters"));
        }
        let (domain, path) = match rest.split_once('/') {
            Some((domain, path)) => (domain, Some(path)),
            None => (rest, None),
        };
        let in_domain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_');
        if domain.is_empty() || !domain.bytes().all(in_domain) {
            return Err(NotASpiffeId(
                "its trust domain is not made of lower-case letters, digits, `.`, `-` and `_`",
            ));
        }
        let in_path = |byte: u8| in_domain(byte) || byte.is_ascii_uppercase();
        let is_segment =
            |segment: &str| !matches!(segment, "" | "." | "..") && segment.bytes().all(in_path);
        if !path.is_none_or(|path| path.split('/').all(is_segment)) {
            return Err(NotASpiffeId(
                "its path has an empty or relative segment, or more than letters, digits, `.`, `-` and `_`",
            ));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for SpiffeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl SpiffeId {
    /// Whether a certificate is this workload's: its only URI is this id (X509-SVID §2: a certificate with
    /// several is nobody's).
    pub fn is_of(&self, certificate: &Facts) -> bool {
        let mut uris = certificate.san.iter().filter_map(|name| match name {
            SubjectAltName::Uri(uri) => Some(uri),
            _ => None,
        });
        uris.next() == Some(&self.0) && uris.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use rcgen::SanType;

    use super::*;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::plain;

    const ID: &str = "spiffe://mesh.test/ns/a/sa/b";

    fn with(names: &[&str]) -> Facts {
        let root = Authority::root("root", plain);
        let leaf = root.leaf(&["server.test"], |params| {
            let uris = names
                .iter()
                .map(|name| SanType::URI((*name).try_into().unwrap()));
            params.subject_alt_names.extend(uris);
        });
        Facts::read(&leaf).unwrap()
    }

    #[test]
    fn the_one_uri_must_be_the_id_to_the_letter() {
        let id: SpiffeId = ID.parse().unwrap();
        for (names, fits) in [
            (&[ID][..], true),
            (&[], false),
            (&["spiffe://mesh.test/ns/a/sa/bc"], false),
            (&["spiffe://mesh.test/ns/a/sa"], false),
            (&["spiffe://mesh.test/ns/a/sa/B"], false),
            (&["spiffe://other.test/ns/a/sa/b"], false),
            (&[ID, "https://server.test/"], false),
            (&["https://server.test/", ID], false),
        ] {
            assert_eq!(id.is_of(&with(names)), fits, "{names:?}");
        }
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in [ID, "spiffe://mesh", "spiffe://a.b_c-d/X/1.2"] {
            assert_eq!(text.parse::<SpiffeId>().unwrap().to_string(), text);
        }
        let long = format!("spiffe://mesh/{}", "a".repeat(LONGEST));
        for text in [
            "",
            "mesh/ns/a",
            "https://mesh/a",
            "spiffe://",
            "spiffe:///a",
            "spiffe://Mesh/a",
            "spiffe://mesh:443/a",
            "spiffe://me@mesh/a",
            "spiffe://mesh/",
            "spiffe://mesh//a",
            "spiffe://mesh/../a",
            "spiffe://mesh/a?b",
            "spiffe://mesh/%41",
            long.as_str(),
        ] {
            let refusal = text.parse::<SpiffeId>().unwrap_err().to_string();
            assert!(
                refusal.contains("spiffe://TRUST-DOMAIN/PATH"),
                "{text}: {refusal}"
            );
        }
    }
}
