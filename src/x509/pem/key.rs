//! A private key against the certificate it is presented with.

use rustls::InconsistentKeys;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::CertifiedKey;
use x509_parser::asn1_rs::FromDer as _;
use x509_parser::asn1_rs::Integer;
use x509_parser::asn1_rs::Sequence;
use x509_parser::x509::AlgorithmIdentifier;

use crate::x509::facts::key_name;
use crate::x509::pem::FileFault;

/// Whether `key` is the private half of the key in the certificate.
///
/// # Errors
/// The key is of a kind that cannot sign here, or the certificate cannot be read.
pub fn signing_key_matches(leaf_der: &[u8], key: &PrivateKeyDer<'_>) -> Result<bool, FileFault> {
    let signer = any_supported_type(key).map_err(|_| FileFault::UnsupportedKey {
        algorithm: algorithm(key),
    })?;
    let leaf = CertificateDer::from(leaf_der.to_vec());
    match CertifiedKey::new(vec![leaf], signer).keys_match() {
        Ok(()) => Ok(true),
        Err(rustls::Error::InconsistentKeys(InconsistentKeys::KeyMismatch)) => Ok(false),
        Err(error) => Err(FileFault::UnreadableCertificate {
            reason: error.to_string(),
        }),
    }
}

/// The algorithm's name, where the format spells it out.
fn algorithm(key: &PrivateKeyDer<'_>) -> Option<String> {
    match key {
        PrivateKeyDer::Pkcs1(_) => Some("RSA".into()),
        PrivateKeyDer::Sec1(_) => Some("EC".into()),
        PrivateKeyDer::Pkcs8(key) => {
            // PrivateKeyInfo ::= SEQUENCE { version, privateKeyAlgorithm, … } (RFC 5208 §5)
            let (_, info) = Sequence::from_der(key.secret_pkcs8_der()).ok()?;
            let (rest, _) = Integer::from_der(&info.content).ok()?;
            let (_, algorithm) = AlgorithmIdentifier::from_der(rest).ok()?;
            Some(key_name(&algorithm))
        }
        _ => None,
    }
}
