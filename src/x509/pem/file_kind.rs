//! What a file without the wanted PEM section is, told from its first bytes or its ASN.1 shape.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::PrivateKeyDer;
use x509_parser::asn1_rs::Any;
use x509_parser::asn1_rs::FromDer as _;
use x509_parser::asn1_rs::Integer;
use x509_parser::asn1_rs::Oid;
use x509_parser::asn1_rs::Sequence;
use x509_parser::certificate::X509Certificate;
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::x509::AlgorithmIdentifier;
use x509_parser::x509::SubjectPublicKeyInfo;

/// What a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    Certificate,
    /// OpenSSL's own labels `TRUSTED CERTIFICATE` and `X509 CERTIFICATE`.
    OpensslCertificate,
    PrivateKey,
    EncryptedPrivateKey,
    OpensshPrivateKey,
    PublicKey,
    SshPublicKey,
    Csr,
    Crl,
    Pkcs7,
    Pkcs12,
    JavaKeystore,
    Parameters,
    Pgp,
    Jwt,
    /// JSON with PEM text in it, as a service account's key file.
    Json,
    /// What a token endpoint answers: an `access_token`, an `id_token` or an `error`.
    TokenJson,
    Jwks,
    OtherJson,
    Html,
    /// PEM that was put into base64 once more, as in a Kubernetes secret.
    EncodedPem,
    /// The base64 of DER, without the lines that make it PEM.
    BareBase64,
    Text,
    Binary,
    Empty,
}

impl fmt::Display for FileKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificate => "a certificate",
            Self::OpensslCertificate => "a certificate under a label that only OpenSSL reads",
            Self::PrivateKey => "a private key",
            Self::EncryptedPrivateKey => "an encrypted private key",
            Self::OpensshPrivateKey => "a private key in OpenSSH's own format",
            Self::PublicKey => "a public key",
            Self::SshPublicKey => "an SSH public key",
            Self::Csr => "a certificate signing request (CSR)",
            Self::Crl => "a certificate revocation list (CRL)",
            Self::Pkcs7 => "a PKCS#7 bundle",
            Self::Pkcs12 => "a PKCS#12 bundle (.p12, .pfx)",
            Self::JavaKeystore => "a Java keystore (JKS)",
            Self::Parameters => "key parameters without a key",
            Self::Pgp => "an OpenPGP file",
            Self::Jwt => "a JSON Web Token",
            Self::Json => "a JSON document with PEM text in it",
            Self::TokenJson => "the JSON answer of a token endpoint",
            Self::Jwks => "a JWK Set (JSON)",
            Self::OtherJson => "a JSON document",
            Self::Html => "an HTML page",
            Self::EncodedPem => "PEM that is base64-encoded once more",
            Self::BareBase64 => "base64 without BEGIN and END lines",
            Self::Text => "some other text",
            Self::Binary => "some other binary data",
            Self::Empty => "empty",
        })
    }
}

impl FileKind {
    /// The kind of a file in which no PEM section was found.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"\xfe\xed\xfe\xed") || bytes.starts_with(b"\xce\xce\xce\xce") {
            return Self::JavaKeystore;
        }
        // 0x30 is a SEQUENCE, and the digit 0 in a text.
        if bytes.first() == Some(&0x30)
            && let Some(kind) = Self::of_der(bytes)
        {
            return kind;
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::of_text(text.trim_start_matches('\u{feff}').trim()),
            Err(_) => Self::Binary,
        }
    }

    fn of_text(text: &str) -> Self {
        let head: String = text.chars().take(16).collect::<String>().to_lowercase();
        if text.is_empty() {
            Self::Empty
        } else if head.starts_with("<!doctype html") || head.starts_with("<html") {
            Self::Html
        } else if head.starts_with('{') || head.starts_with('[') {
            Self::of_json(text)
        } else if head.starts_with("ssh-") || head.starts_with("ecdsa-sha2-") {
            Self::SshPublicKey
        } else if is_jwt(text) {
            Self::Jwt
        } else if text.starts_with("LS0tLS1CRUdJTi") {
            // The base64 of `-----BEGIN `.
            Self::EncodedPem
        } else if is_base64_of_der(text) {
            Self::BareBase64
        } else {
            Self::Text
        }
    }

    fn of_json(text: &str) -> Self {
        let has = |member: &str| text.contains(&format!("\"{member}\""));
        if text.contains("-----BEGIN ") {
            Self::Json
        } else if has("access_token") || has("id_token") || has("error_description") {
            Self::TokenJson
        } else if has("keys") && has("kty") {
            Self::Jwks
        } else {
            Self::OtherJson
        }
    }

    /// The kind of a DER file; `None` if it is none of those known here.
    pub(super) fn of_der(bytes: &[u8]) -> Option<Self> {
        if X509Certificate::from_der(bytes).is_ok() {
            return Some(Self::Certificate);
        }
        if CertificateRevocationList::from_der(bytes).is_ok() {
            return Some(Self::Crl);
        }
        if X509CertificationRequest::from_der(bytes).is_ok() {
            return Some(Self::Csr);
        }
        if SubjectPublicKeyInfo::from_der(bytes).is_ok_and(|(rest, _)| rest.is_empty()) {
            return Some(Self::PublicKey);
        }
        let (_, outer) = Sequence::from_der(bytes).ok()?;
        Self::of_container(&outer.content).or_else(|| {
            PrivateKeyDer::try_from(bytes)
                .is_ok()
                .then_some(Self::PrivateKey)
        })
    }

    /// PKCS#12 (RFC 7292 §4), PKCS#7 (RFC 2315 §7) and EncryptedPrivateKeyInfo (RFC 5958 §3), by
    /// the first elements of their outer SEQUENCE.
    fn of_container(content: &[u8]) -> Option<Self> {
        if let Ok((rest, version)) = Integer::from_der(content) {
            let is_pkcs12 = version.as_u32() == Ok(3)
                && Sequence::from_der(rest)
                    .is_ok_and(|(_, content_info)| Oid::from_der(&content_info.content).is_ok());
            return is_pkcs12.then_some(Self::Pkcs12);
        }
        if let Ok((_, content_type)) = Oid::from_der(content) {
            let is_pkcs7 = content_type
                .to_id_string()
                .starts_with("1.2.840.113549.1.7.");
            return is_pkcs7.then_some(Self::Pkcs7);
        }
        let (rest, algorithm) = AlgorithmIdentifier::from_der(content).ok()?;
        let (rest, _) = Any::from_der(rest).ok()?;
        // Password-based encryption: PKCS#5, and PKCS#12's own schemes.
        let scheme = algorithm.algorithm.to_id_string();
        let is_password_based = scheme.starts_with("1.2.840.113549.1.5.")
            || scheme.starts_with("1.2.840.113549.1.12.1.");
        (rest.is_empty() && is_password_based).then_some(Self::EncryptedPrivateKey)
    }
}

fn is_jwt(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let is_part = |part: &&str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    text.starts_with("eyJ") && matches!(parts.len(), 3 | 5) && parts.iter().all(is_part)
}

/// Whether it is the base64 of DER of a known kind, or, damaged or not, of a SEQUENCE with a two-byte length.
fn is_base64_of_der(text: &str) -> bool {
    let is_base64 = text.bytes().all(|byte| {
        byte.is_ascii_alphanumeric()
            || byte.is_ascii_whitespace()
            || matches!(byte, b'+' | b'/' | b'=')
    });
    if !is_base64 || !text.starts_with('M') {
        return false;
    }
    let compact: String = text.split_ascii_whitespace().collect();
    text.starts_with("MI")
        || STANDARD
            .decode(compact)
            .is_ok_and(|der| FileKind::of_der(&der).is_some())
}
