//! OpenSSL's traditional encryption of a PEM section: `Proc-Type: 4,ENCRYPTED` and `DEK-Info` (RFC 1421).
//!
//! The format is OpenSSL's own, in no RFC and in no crate of ours, so the few lines that join the
//! primitives stand here. Its key derivation is weak; it is read, never written.

use aes::Aes128;
use aes::Aes192;
use aes::Aes256;
use cbc::Decryptor;
use cbc::cipher::BlockCipherDecrypt;
use cbc::cipher::BlockModeDecrypt as _;
use cbc::cipher::KeyInit;
use cbc::cipher::KeyIvInit as _;
use cbc::cipher::block_padding::Pkcs7;
use des::TdesEde3;
use md5::Digest as _;
use md5::Md5;

use crate::secret::Secret;
use crate::x509::pem::FileFault;

/// The format's name, for faults.
pub(super) const SCHEME: &str = "traditional PEM (Proc-Type: 4,ENCRYPTED)";

/// How much of the initialisation vector is the salt of the key derivation.
const SALT: usize = 8;

/// Decrypts a section's body; `dek_info` is the value of its `DEK-Info` header.
///
/// # Errors
/// The passphrase is wrong, or the cipher is none of AES-CBC and DES-EDE3-CBC.
pub(super) fn decrypt(
    dek_info: &str,
    body: &[u8],
    passphrase: &Secret,
) -> Result<Vec<u8>, FileFault> {
    let (cipher, vector) = dek_info.split_once(',').unwrap_or((dek_info, ""));
    let unsupported = || FileFault::UnsupportedEncryption {
        scheme: format!("traditional PEM, {}", cipher.trim()),
    };
    let iv = hex(vector.trim()).ok_or_else(unsupported)?;
    let passphrase = passphrase.expose().as_bytes();
    let plain = match cipher.trim().to_ascii_uppercase().as_str() {
        "AES-128-CBC" => cbc_decrypt::<Aes128, 16>(passphrase, &iv, body),
        "AES-192-CBC" => cbc_decrypt::<Aes192, 24>(passphrase, &iv, body),
        "AES-256-CBC" => cbc_decrypt::<Aes256, 32>(passphrase, &iv, body),
        "DES-EDE3-CBC" => cbc_decrypt::<TdesEde3, 24>(passphrase, &iv, body),
        _ => return Err(unsupported()),
    };
    plain.ok_or(FileFault::WrongPassphrase { scheme: SCHEME })
}

/// `None`: an initialisation vector of the wrong length, or padding that is none.
fn cbc_decrypt<C, const KEY: usize>(passphrase: &[u8], iv: &[u8], body: &[u8]) -> Option<Vec<u8>>
where
    C: KeyInit + BlockCipherDecrypt,
{
    let key: [u8; KEY] = derive(passphrase, iv.get(..SALT)?);
    let cipher = Decryptor::<C>::new_from_slices(&key, iv).ok()?;
    cipher.decrypt_padded_vec::<Pkcs7>(body).ok()
}

/// OpenSSL's `EVP_BytesToKey` with MD5 and one iteration: D₁ = H(passphrase ‖ salt), Dₙ = H(Dₙ₋₁ ‖ passphrase ‖ salt).
fn derive<const KEY: usize>(passphrase: &[u8], salt: &[u8]) -> [u8; KEY] {
    let mut key = [0; KEY];
    let mut last: Option<[u8; 16]> = None;
    for part in key.chunks_mut(16) {
        let mut hash = Md5::new();
        if let Some(last) = &last {
            hash.update(last);
        }
        hash.update(passphrase);
        hash.update(salt);
        let digest: [u8; 16] = hash.finalize().into();
        part.copy_from_slice(&digest[..part.len()]);
        last = Some(digest);
    }
    key
}

fn hex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_derived_as_openssl_derives_them() {
        // openssl enc -aes-256-cbc -md md5 -S 0273B97E61C6BF95 -k correct-horse -P
        let key: [u8; 32] = derive(
            b"correct-horse",
            &[0x02, 0x73, 0xb9, 0x7e, 0x61, 0xc6, 0xbf, 0x95],
        );
        let shown: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
        assert_eq!(
            shown,
            "7B2CC5537BA1F0FBAEB6CE6EB84BAE0378FFD84F55878CAC453C3367C5612E3B"
        );
    }

    #[test]
    fn odd_headers_are_refused_and_never_panic() {
        let secret = Secret::new("x");
        for header in [
            "",
            ",",
            "AES-128-CBC",
            "AES-128-CBC,zz",
            "AES-128-CBC,é",
            "RC4,00",
        ] {
            assert!(decrypt(header, &[0; 16], &secret).is_err(), "{header}");
        }
        assert_eq!(
            decrypt("aes-128-cbc,00", &[0; 16], &secret),
            Err(FileFault::WrongPassphrase { scheme: SCHEME })
        );
    }
}
