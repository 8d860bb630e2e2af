//! Whether one certificate's signature verifies under one key: for explanations only.

use ring::signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY;
use ring::signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY;
use ring::signature::UnparsedPublicKey;
use ring::signature::VerificationAlgorithm;
use x509_parser::certificate::X509Certificate;
use x509_parser::error::X509Error;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::x509::facts::algorithm::key_facts;
use crate::x509::facts::algorithm::signature_name;

const RSASSA_PSS: &str = "1.2.840.113549.1.1.10";

/// What the cryptography says. Weak keys that webpki refuses are still checked here, so that an
/// explanation can say "too small" where the verifier can only say "bad signature".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signed {
    Valid,
    Invalid,
    /// The algorithm, curve or size is not one that ring knows: nothing was checked.
    Unsupported,
}

/// Checks the signature on `certificate` under `key`.
pub(crate) fn check(certificate: &X509Certificate<'_>, key: &SubjectPublicKeyInfo<'_>) -> Signed {
    let signature = certificate.signature_algorithm.algorithm.to_id_string();
    let facts = key_facts(key);
    if !same_family(&signature, &facts.algorithm) {
        return Signed::Invalid;
    }
    let is_rsa = facts.algorithm == "RSA";
    if is_rsa && !(1024..=8192).contains(&facts.bits) {
        return Signed::Unsupported;
    }
    if signature == RSASSA_PSS && !is_usual_pss(&signature_name(&certificate.signature_algorithm)) {
        return Signed::Unsupported;
    }
    match certificate.verify_signature(Some(key)) {
        Ok(()) => Signed::Valid,
        Err(X509Error::SignatureUnsupportedAlgorithm) => Signed::Unsupported,
        Err(_) if is_rsa && facts.bits < 2048 => check_weak(certificate, key, &signature),
        Err(_) => Signed::Invalid,
    }
}

/// ring takes a salt as long as the hash, and calls any other one a bad signature.
fn is_usual_pss(signature: &str) -> bool {
    matches!(
        signature,
        "RSA-PSS with SHA-256" | "RSA-PSS with SHA-384" | "RSA-PSS with SHA-512"
    )
}

/// RSA below 2048 bits, which x509-parser asks ring for only with SHA-1.
fn check_weak(
    certificate: &X509Certificate<'_>,
    key: &SubjectPublicKeyInfo<'_>,
    signature: &str,
) -> Signed {
    let algorithm: &dyn VerificationAlgorithm = match signature {
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => return Signed::Invalid,
        "1.2.840.113549.1.1.11" => &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        "1.2.840.113549.1.1.13" => &RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
        _ => return Signed::Unsupported,
    };
    let public_key = UnparsedPublicKey::new(algorithm, &key.subject_public_key.data);
    match public_key.verify(
        certificate.tbs_certificate.as_ref(),
        &certificate.signature_value.data,
    ) {
        Ok(()) => Signed::Valid,
        Err(_) => Signed::Invalid,
    }
}

/// False where a signature of this algorithm cannot have been made with such a key at all.
fn same_family(signature_oid: &str, key: &str) -> bool {
    if signature_oid.starts_with("1.2.840.113549.1.1.") || signature_oid == "1.3.14.3.2.29" {
        key.starts_with("RSA")
    } else if signature_oid.starts_with("1.2.840.10045.4.") {
        key.starts_with("EC ")
    } else if signature_oid == "1.3.101.112" {
        key == "Ed25519"
    } else {
        true
    }
}
