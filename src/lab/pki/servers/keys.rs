//! Certificates with keys and signatures that are not taken.
//!
//! The keys have the size and shape of such keys and no private half: nothing is ever proven with them.

use std::sync::Arc;

use rcgen::Error;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::PublicKeyData;
use rcgen::SignatureAlgorithm;
use rcgen::SigningKey;
use rustls::SignatureScheme;
use rustls::pki_types::CertificateDer;

use super::Made;
use super::der;
use super::issue;
use crate::lab::pki::Identity;
use crate::lab::pki::Pki;
use crate::lab::pki::identity::Key;

/// An RSA public key (RFC 8017 §A.1.1) of so many octets.
struct Rsa(Vec<u8>);

impl Rsa {
    fn of(octets: usize) -> Self {
        // An odd number with its highest bit set, after a zero octet, for it is positive.
        let mut modulus = vec![0];
        modulus.resize(1 + octets, 0xb5);
        let mut numbers = der::element(der::INTEGER, &modulus);
        numbers.extend(der::element(der::INTEGER, &[1, 0, 1]));
        Self(der::element(der::SEQUENCE, &numbers))
    }
}

impl PublicKeyData for Rsa {
    fn der_bytes(&self) -> &[u8] {
        &self.0
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        &rcgen::PKCS_RSA_SHA256
    }
}

impl SigningKey for Rsa {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, Error> {
        Ok(vec![1; 256])
    }
}

fn pretended(
    file: &'static str,
    chain: Vec<CertificateDer<'static>>,
    scheme: SignatureScheme,
) -> Made {
    Ok(Arc::new(Identity {
        file,
        chain,
        key: Key::Pretended(scheme),
    }))
}

/// The leaf has a key of 1024 bits.
pub(crate) fn weak_key(pki: &Pki) -> Made {
    let file = "server-weak-key";
    let leaf = pki.leaf(file).certify(&Rsa::of(128), &pki.intermediate)?;
    let chain = vec![leaf, pki.intermediate.der().clone()];
    pretended(file, chain, SignatureScheme::RSA_PSS_SHA256)
}

/// The leaf is signed with MD5 by a CA with an RSA key.
pub(crate) fn weak_signature(pki: &Pki) -> Made {
    let file = "server-weak-signature";
    let params = issue::authority("a CA that signs with MD5", issue::years(pki.now));
    let key = Rsa::of(256);
    let authority = params.signed_by(&key, &pki.root)?.der().clone();
    let leaf = pki.leaf(file).issued_by(&Issuer::new(params, key))?;
    // sha256WithRSAEncryption becomes md5WithRSAEncryption (RFC 8017 §A.2.4).
    let pkcs_1 = |last| [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, last];
    let weak = der::replaced(&leaf.chain[0], pkcs_1(11), pkcs_1(4));
    Ok(Arc::new(leaf.presenting(vec![weak, authority])))
}

/// The leaf has a key on P-521.
pub(crate) fn unsupported_key(pki: &Pki) -> Made {
    let file = "server-unsupported-key";
    let key = KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384)?;
    let leaf = pki.leaf(file).certify(&key, &pki.intermediate)?;
    // secp384r1 becomes secp521r1 (RFC 5480 §2.1.1.1).
    let curve = |last| [0x2b, 0x81, 0x04, 0x00, last];
    let leaf = der::replaced(&leaf, curve(0x22), curve(0x23));
    let leaf = der::signed_again(&leaf, pki.intermediate.key())?;
    let chain = vec![leaf, pki.intermediate.der().clone()];
    pretended(file, chain, SignatureScheme::ECDSA_NISTP256_SHA256)
}
