//! Names of keys' and signatures' algorithms.

use x509_parser::asn1_rs::Tag;
use x509_parser::public_key::PublicKey;
use x509_parser::public_key::RSAPublicKey;
use x509_parser::signature_algorithm::RsaSsaPssParams;
use x509_parser::x509::AlgorithmIdentifier;
use x509_parser::x509::SubjectPublicKeyInfo;

/// A public key's kind and size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFacts {
    /// `RSA`, `EC P-256`, `Ed25519`; the dotted OID where the name is not known.
    pub algorithm: String,
    /// RSA: the modulus; EC and Edwards curves: the field; 0 where it is not known.
    pub bits: u32,
}

pub(crate) fn key_facts(key: &SubjectPublicKeyInfo<'_>) -> KeyFacts {
    let algorithm = key_name(&key.algorithm);
    let bits = match algorithm.as_str() {
        "RSA" | "RSA-PSS" => rsa_bits(key),
        "EC P-256" | "EC secp256k1" | "EC brainpoolP256r1" | "Ed25519" => 256,
        "EC P-224" => 224,
        "EC P-384" | "EC brainpoolP384r1" => 384,
        "EC P-521" => 521,
        "Ed448" => 456,
        _ => 0,
    };
    KeyFacts { algorithm, bits }
}

/// The name of a key's algorithm, from a SubjectPublicKeyInfo or a PKCS#8 key.
pub(crate) fn key_name(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let oid = algorithm.algorithm.to_id_string();
    match oid.as_str() {
        "1.2.840.113549.1.1.1" => "RSA".into(),
        "1.2.840.113549.1.1.10" => "RSA-PSS".into(),
        "1.2.840.10045.2.1" => format!("EC {}", curve_name(algorithm)),
        "1.2.840.10040.4.1" => "DSA".into(),
        "1.3.101.112" => "Ed25519".into(),
        "1.3.101.113" => "Ed448".into(),
        "2.16.840.1.101.3.4.3.17" => "ML-DSA-44".into(),
        "2.16.840.1.101.3.4.3.18" => "ML-DSA-65".into(),
        "2.16.840.1.101.3.4.3.19" => "ML-DSA-87".into(),
        _ => oid,
    }
}

fn curve_name(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let Some(curve) = algorithm
        .parameters
        .as_ref()
        .filter(|parameters| parameters.tag() == Tag::Oid)
        .and_then(|parameters| parameters.as_oid().ok())
    else {
        return "with explicit parameters".into();
    };
    let oid = curve.to_id_string();
    match oid.as_str() {
        "1.2.840.10045.3.1.7" => "P-256".into(),
        "1.3.132.0.33" => "P-224".into(),
        "1.3.132.0.34" => "P-384".into(),
        "1.3.132.0.35" => "P-521".into(),
        "1.3.132.0.10" => "secp256k1".into(),
        "1.3.36.3.3.2.8.1.1.7" => "brainpoolP256r1".into(),
        "1.3.36.3.3.2.8.1.1.11" => "brainpoolP384r1".into(),
        _ => oid,
    }
}

fn rsa_bits(key: &SubjectPublicKeyInfo<'_>) -> u32 {
    use x509_parser::prelude::FromDer as _;
    let modulus = match key.parsed() {
        Ok(PublicKey::RSA(rsa)) => rsa.modulus,
        // The key of id-RSASSA-PSS has the same shape, which x509-parser does not look into.
        _ => match RSAPublicKey::from_der(&key.subject_public_key.data) {
            Ok((_, rsa)) => rsa.modulus,
            Err(_) => return 0,
        },
    };
    significant_bits(modulus)
}

/// The size of a number in big-endian octets.
pub(crate) fn significant_bits(modulus: &[u8]) -> u32 {
    let significant = modulus
        .iter()
        .position(|byte| *byte != 0)
        .map_or(&[][..], |first| &modulus[first..]);
    let unused = significant.first().map_or(0, |byte| byte.leading_zeros());
    u32::try_from(significant.len())
        .unwrap_or(u32::MAX / 8)
        .saturating_mul(8)
        .saturating_sub(unused)
}

/// `ECDSA with SHA-256` and the like; the dotted OID where the name is not known.
pub(crate) fn signature_name(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let oid = algorithm.algorithm.to_id_string();
    let name = match oid.as_str() {
        "1.2.840.113549.1.1.2" => "RSA with MD2",
        "1.2.840.113549.1.1.4" => "RSA with MD5",
        "1.2.840.113549.1.1.5" | "1.3.14.3.2.29" => "RSA with SHA-1",
        "1.2.840.113549.1.1.14" => "RSA with SHA-224",
        "1.2.840.113549.1.1.11" => "RSA with SHA-256",
        "1.2.840.113549.1.1.12" => "RSA with SHA-384",
        "1.2.840.113549.1.1.13" => "RSA with SHA-512",
        "1.2.840.113549.1.1.10" => return format!("RSA-PSS with {}", pss_hash(algorithm)),
        "1.2.840.10045.4.1" => "ECDSA with SHA-1",
        "1.2.840.10045.4.3.1" => "ECDSA with SHA-224",
        "1.2.840.10045.4.3.2" => "ECDSA with SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA with SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA with SHA-512",
        "1.2.840.10040.4.3" => "DSA with SHA-1",
        "2.16.840.1.101.3.4.3.2" => "DSA with SHA-256",
        "1.3.101.112" => "Ed25519",
        "1.3.101.113" => "Ed448",
        "2.16.840.1.101.3.4.3.17" => "ML-DSA-44",
        "2.16.840.1.101.3.4.3.18" => "ML-DSA-65",
        "2.16.840.1.101.3.4.3.19" => "ML-DSA-87",
        _ => return oid,
    };
    name.to_owned()
}

/// The hash, and whatever else is not as RFC 8446 §4.2.3 has it: only that is verified anywhere.
fn pss_hash(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let Some(Ok(parameters)) = algorithm.parameters.as_ref().map(RsaSsaPssParams::try_from) else {
        return "unreadable parameters".into();
    };
    // RFC 4055 §3.1: an absent hash means SHA-1.
    let oid = parameters.hash_algorithm_oid();
    let (hash, length) = match oid.to_id_string().as_str() {
        "1.3.14.3.2.26" => ("SHA-1".into(), 20),
        "2.16.840.1.101.3.4.2.1" => ("SHA-256".into(), 32),
        "2.16.840.1.101.3.4.2.2" => ("SHA-384".into(), 48),
        "2.16.840.1.101.3.4.2.3" => ("SHA-512".into(), 64),
        other => return other.to_owned(),
    };
    let salt = parameters.salt_length();
    let masks_with_it = parameters
        .mask_gen_algorithm()
        .is_ok_and(|mask| mask.hash == *oid);
    match (salt == length, masks_with_it) {
        (true, true) => hash,
        (false, _) => format!("{hash} and a salt of {salt} bytes"),
        (_, false) => format!("{hash} and a mask of another hash"),
    }
}
