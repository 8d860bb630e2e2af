//! The bytes of a file as certificates or as a private key, or exactly what the file is instead.
//!
//! rustls finds "no items" in a CSR, a PKCS#12 bundle, an HTML page or a key whose newlines were
//! lost on the way through an environment variable. Each of these has its own fix, so each is told apart.

mod armor;
mod encrypted;
mod fault;
mod file_kind;
mod key;
mod pkcs12;
mod public;
mod traditional;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::CertificateRevocationListDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

use crate::secret::Secret;
use crate::x509::pem::armor::Armor;

pub use fault::FileFault;
pub use fault::Malformation;
pub use fault::Wanted;
pub use file_kind::FileKind;
pub use key::Signer;
pub use key::certified_key;
pub(crate) use key::ec_key_as_pkcs8;
pub use key::signer_without_certificate;
pub use pkcs12::Bundle;
pub use pkcs12::bundle;
pub use pkcs12::is_pkcs12;
pub use public::PublicKey;
pub use public::public_key;

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";

/// A certificate and where in the file it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PemCertificate {
    pub der: CertificateDer<'static>,
    /// The line of `BEGIN`, counted from 1.
    pub line: usize,
}

/// Something about a file that was read all the same, but that other tools stumble over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A UTF-8 byte order mark in front of the PEM text.
    Bom,
    /// Two sections share a line: the END of one and the BEGIN of the next.
    Glued { line: usize },
}

impl Notice {
    /// Cause and fix.
    pub fn explain(self) -> (String, String) {
        match self {
            Self::Bom => (
                "the file begins with a UTF-8 byte order mark: it was skipped here, but Go, rustls and others find nothing in such a file".into(),
                "write it without one: sed -i '1s/^\\xEF\\xBB\\xBF//' FILE".into(),
            ),
            Self::Glued { line } => (
                format!("line {line}: an END line and the next BEGIN line share one line: both sections were read here, but OpenSSL, rustls and others read only the first"),
                "put a newline between them: sed -i 's/-----[ \t]*-----BEGIN/-----\\n-----BEGIN/' FILE".into(),
            ),
        }
    }
}

/// What is odd about a file that [`certificates`] and [`private_key`] read nevertheless.
pub fn notices(bytes: &[u8]) -> Vec<Notice> {
    let text = bytes.strip_prefix(UTF8_BOM);
    let bom = text.map(|_| Notice::Bom);
    let glued = Armor::of(text.unwrap_or(bytes)).glued;
    bom.into_iter()
        .chain(glued.map(|line| Notice::Glued { line }))
        .collect()
}

/// Every PEM certificate of a file, in its order; other sections and text around them are skipped.
/// At least one on success. The contents are not looked into: [`Facts::read`](crate::x509::facts::Facts::read) does.
///
/// # Errors
/// There is none, or one is damaged; the fault says what the file is instead.
pub fn certificates(bytes: &[u8]) -> Result<Vec<PemCertificate>, FileFault> {
    let armor = open(bytes, Wanted::Certificates)?;
    let mut certificates = Vec::new();
    for section in &armor.sections {
        if section.kind() != FileKind::Certificate {
            continue;
        }
        let der = CertificateDer::from_pem_slice(section.text).map_err(|_| section.damaged())?;
        certificates.push(PemCertificate {
            der,
            line: section.line,
        });
    }
    match armor.damage_to(FileKind::Certificate) {
        Some(damage) => Err(damage),
        None if certificates.is_empty() => Err(armor.instead(bytes, Wanted::Certificates)),
        None => Ok(certificates),
    }
}

/// Every PEM certificate revocation list of a file, in its order, in DER; at least one on success.
///
/// # Errors
/// There is none, or one is damaged; the fault says what the file is instead.
pub fn revocation_lists(
    bytes: &[u8],
) -> Result<Vec<CertificateRevocationListDer<'static>>, FileFault> {
    let armor = open(bytes, Wanted::RevocationLists)?;
    let mut lists = Vec::new();
    for section in &armor.sections {
        if section.kind() == FileKind::Crl {
            let der = CertificateRevocationListDer::from_pem_slice(section.text);
            lists.push(der.map_err(|_| section.damaged())?);
        }
    }
    match armor.damage_to(FileKind::Crl) {
        Some(damage) => Err(damage),
        None if lists.is_empty() => Err(armor.instead(bytes, Wanted::RevocationLists)),
        None => Ok(lists),
    }
}

/// The first PEM private key of a file that is not encrypted, in PKCS#8, PKCS#1 or SEC1; if there is
/// none, the first that `passphrase` opens.
///
/// # Errors
/// There is none, it is damaged, or it is encrypted and the passphrase missing or wrong; the fault says what the
/// file is instead.
pub fn private_key(
    bytes: &[u8],
    passphrase: Option<&Secret>,
) -> Result<PrivateKeyDer<'static>, FileFault> {
    let armor = open(bytes, Wanted::PrivateKey)?;
    if let Some(section) = armor
        .sections
        .iter()
        .find(|section| section.kind() == FileKind::PrivateKey)
    {
        if section.label == "DSA PRIVATE KEY" {
            let algorithm = Some("DSA".to_owned());
            return Err(FileFault::UnsupportedKey { algorithm });
        }
        return PrivateKeyDer::from_pem_slice(section.text).map_err(|_| section.damaged());
    }
    let encrypted = armor.sections.iter().find_map(|section| {
        let scheme = section.encryption()?;
        Some((section, scheme))
    });
    match (encrypted, passphrase) {
        (Some((section, _)), Some(passphrase)) => return encrypted::section(section, passphrase),
        (Some((_, scheme)), None) => return Err(FileFault::EncryptedKey { scheme }),
        (None, _) => {}
    }
    if let Some(damage) = armor.damage_to(FileKind::PrivateKey) {
        return Err(damage);
    }
    match (armor.instead(bytes, Wanted::PrivateKey), passphrase) {
        // In DER only an encrypted key says of itself what it is.
        (FileFault::EncryptedKey { .. }, Some(passphrase)) => encrypted::pkcs8(bytes, passphrase),
        (fault, _) => Err(fault),
    }
}

/// The PEM structure of a file that is text at all.
fn open(bytes: &[u8], wanted: Wanted) -> Result<Armor<'_>, FileFault> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(FileFault::Bom { encoding: "UTF-16" });
    }
    let text = bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes);
    if text.trim_ascii().is_empty() {
        return Err(FileFault::Empty { wanted });
    }
    Ok(Armor::of(text))
}

#[cfg(test)]
mod tests;
