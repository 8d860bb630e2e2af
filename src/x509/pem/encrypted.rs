//! Encrypted private keys and their passphrase: PKCS#8 with PBES2 (RFC 8018 §6.2), and the traditional format.

use pkcs8::EncryptedPrivateKeyInfoRef;
use pkcs8::pkcs5::EncryptionScheme;
use pkcs8::pkcs5::pbes2::Kdf;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::PrivatePkcs1KeyDer;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::pki_types::PrivateSec1KeyDer;
use x509_parser::asn1_rs::FromDer as _;
use x509_parser::asn1_rs::Sequence;

use crate::secret::Secret;
use crate::x509::pem::FileFault;
use crate::x509::pem::armor::PKCS8;
use crate::x509::pem::armor::Section;
use crate::x509::pem::traditional;

/// The most that deriving a key may cost: some seconds, and the memory of the strongest presets.
const ITERATIONS: u32 = 20_000_000;
const SCRYPT_MEMORY: u64 = 512 << 20;
const SCRYPT_LANES: u16 = 16;

/// The key of an encrypted section.
pub(super) fn section(
    section: &Section<'_>,
    passphrase: &Secret,
) -> Result<PrivateKeyDer<'static>, FileFault> {
    let body = section.body().ok_or_else(|| section.damaged())?;
    let Some(dek_info) = section.header("DEK-Info") else {
        return pkcs8(&body, passphrase);
    };
    let plain = traditional::decrypt(dek_info, &body, passphrase)?;
    // One wrong passphrase in 256 leaves padding that looks right.
    let wrong = FileFault::WrongPassphrase {
        scheme: traditional::SCHEME,
    };
    if !is_one_sequence(&plain) {
        return Err(wrong);
    }
    Ok(match section.label.as_str() {
        "RSA PRIVATE KEY" => PrivatePkcs1KeyDer::from(plain).into(),
        "EC PRIVATE KEY" => PrivateSec1KeyDer::from(plain).into(),
        _ => PrivatePkcs8KeyDer::from(plain).into(),
    })
}

/// The key of an EncryptedPrivateKeyInfo (RFC 5958 §3).
pub(super) fn pkcs8(der: &[u8], passphrase: &Secret) -> Result<PrivateKeyDer<'static>, FileFault> {
    let unsupported = |scheme: String| FileFault::UnsupportedEncryption { scheme };
    let info = EncryptedPrivateKeyInfoRef::try_from(der)
        .map_err(|_| unsupported("PKCS#8, by a scheme or with parameters unknown here".into()))?;
    let EncryptionScheme::Pbes2(parameters) = &info.encryption_algorithm else {
        let scheme = format!("PKCS#8, PBES1 {}", info.encryption_algorithm.oid());
        return Err(unsupported(scheme));
    };
    if !is_affordable(&parameters.kdf) {
        return Err(unsupported(
            "PKCS#8, with a key derivation that costs too much".into(),
        ));
    }
    let passphrase = passphrase.expose().as_bytes();
    match parameters.decrypt(passphrase, info.encrypted_data.as_bytes()) {
        Ok(plain) if is_one_sequence(&plain) => Ok(PrivatePkcs8KeyDer::from(plain).into()),
        Ok(_) | Err(pkcs8::pkcs5::Error::DecryptFailed) => {
            Err(FileFault::WrongPassphrase { scheme: PKCS8 })
        }
        Err(error) => Err(unsupported(format!("PKCS#8: {error}"))),
    }
}

fn is_affordable(kdf: &Kdf) -> bool {
    match kdf {
        Kdf::Pbkdf2(pbkdf2) => pbkdf2.iteration_count <= ITERATIONS,
        Kdf::Scrypt(scrypt) => {
            let memory = scrypt
                .cost_parameter
                .saturating_mul(128)
                .saturating_mul(u64::from(scrypt.block_size));
            memory <= SCRYPT_MEMORY && scrypt.parallelization <= SCRYPT_LANES
        }
        _ => false,
    }
}

fn is_one_sequence(der: &[u8]) -> bool {
    Sequence::from_der(der).is_ok_and(|(rest, _)| rest.is_empty())
}
