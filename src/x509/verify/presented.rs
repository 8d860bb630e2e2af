//! Which of the presented certificates the search for a path is given.
//!
//! webpki tries every order of the certificates that carry an issuer's name, and parses all of them at each step: a
//! list of 180 with one name, 50 kB, keeps it busy for twenty seconds which nothing can interrupt. So the list is
//! bounded before.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::HashSet;

use rustls::pki_types::CertificateDer;
use webpki::EndEntityCert;

/// Cross-signed certificates of one name come in twos and threes. Six levels, webpki's depth, of four each are 4,096 ways.
const MAX_OF_ONE_SUBJECT: usize = 4;

/// The intermediates to search.
pub(super) struct Searched<'a> {
    pub intermediates: Cow<'a, [CertificateDer<'a>]>,
    /// Whether some were left out, so that a path may exist although none is found.
    pub is_partial: bool,
}

/// All of `presented`, but for repetitions and for what exceeds [`MAX_OF_ONE_SUBJECT`].
pub(super) fn searched<'a>(presented: &'a [CertificateDer<'a>]) -> Searched<'a> {
    if presented.len() <= MAX_OF_ONE_SUBJECT {
        return Searched {
            intermediates: Cow::Borrowed(presented),
            is_partial: false,
        };
    }
    let mut seen = HashSet::new();
    let mut of_subject: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut intermediates = Vec::with_capacity(presented.len());
    let mut is_partial = false;
    for der in presented {
        if !seen.insert(der) {
            continue;
        }
        // What webpki cannot read is no step of any path.
        let Ok(certificate) = EndEntityCert::try_from(der) else {
            intermediates.push(der.clone());
            continue;
        };
        let count = of_subject
            .entry(certificate.subject().to_vec())
            .or_default();
        *count += 1;
        if *count > MAX_OF_ONE_SUBJECT {
            is_partial = true;
        } else {
            intermediates.push(der.clone());
        }
    }
    Searched {
        intermediates: Cow::Owned(intermediates),
        is_partial,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::Der;
    use crate::x509::test_pki::plain;

    fn of_one_name(count: usize) -> Vec<Der> {
        let root = Authority::root("root", plain);
        (0..count)
            .map(|_| root.intermediate("the same", plain).der)
            .collect()
    }

    #[test]
    fn what_servers_send_is_searched_whole() {
        let root = Authority::root("root", plain);
        let chain: Vec<Der> = (0..12)
            .map(|index| root.intermediate(&format!("ca {index}"), plain).der)
            .chain(of_one_name(MAX_OF_ONE_SUBJECT))
            .collect();
        let searched = searched(&chain);
        assert_eq!(searched.intermediates.as_ref(), chain);
        assert!(!searched.is_partial);
    }

    #[test]
    fn one_name_again_and_again_is_bounded() {
        let chain = of_one_name(MAX_OF_ONE_SUBJECT + 30);
        let searched = searched(&chain);
        assert_eq!(
            searched.intermediates.as_ref(),
            &chain[..MAX_OF_ONE_SUBJECT]
        );
        assert!(searched.is_partial);
    }

    #[test]
    fn a_repeated_certificate_is_searched_once() {
        let one = of_one_name(1);
        let chain: Vec<Der> = std::iter::repeat_n(one[0].clone(), 50).collect();
        let searched = searched(&chain);
        assert_eq!(searched.intermediates.as_ref(), one);
        assert!(!searched.is_partial);
    }
}
