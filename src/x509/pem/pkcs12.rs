//! PKCS#12 bundles (RFC 7292): certificate, chain and key in one file, modern and legacy.

use p12_keystore::CertificateBag;
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::PrivatePkcs8KeyDer;

use crate::secret::Secret;
use crate::x509::pem::FileFault;
use crate::x509::pem::FileKind;
use crate::x509::pem::Wanted;
use crate::x509::pem::key::certified_key;

/// The format's name, for faults.
const SCHEME: &str = "PKCS#12";

/// The longest chain that is taken from a bundle.
const LONGEST: usize = 16;

/// What a client presents: a chain, end-entity first, without its self-signed root, and the key.
#[derive(Debug)]
pub struct Bundle {
    pub chain: Vec<CertificateDer<'static>>,
    pub key: PrivateKeyDer<'static>,
}

/// Whether a file's bytes are a PKCS#12 bundle.
pub fn is_pkcs12(bytes: &[u8]) -> bool {
    bytes.first() == Some(&0x30) && FileKind::of(bytes) == FileKind::Pkcs12
}

/// Opens a bundle. Without a passphrase the empty one is tried.
///
/// # Errors
/// It needs a passphrase, or another one; it holds no key or no certificate of its key; it cannot be read.
pub fn bundle(bytes: &[u8], passphrase: Option<&Secret>) -> Result<Bundle, FileFault> {
    let text = passphrase.map_or("", Secret::expose);
    let archive =
        Pkcs12Archive::from_pkcs12(bytes, text).map_err(|error| match (error, passphrase) {
            (Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_), None) => {
                FileFault::EncryptedKey { scheme: SCHEME }
            }
            (Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_), Some(_)) => {
                FileFault::WrongPassphrase { scheme: SCHEME }
            }
            (error, _) => FileFault::BadBundle {
                reason: error.to_string(),
            },
        })?;
    let lacks = |what| FileFault::BundleLacks { what };
    if archive.certs.is_empty() {
        return Err(lacks(Wanted::Certificates));
    }
    let mut fault = lacks(Wanted::PrivateKey);
    for bag in &archive.keys {
        let key: PrivateKeyDer<'static> =
            PrivatePkcs8KeyDer::from(bag.key.as_der().to_vec()).into();
        match end_entity(&archive.certs, &key) {
            Ok(Some(leaf)) => {
                return Ok(Bundle {
                    chain: chain(leaf, &archive.certs),
                    key,
                });
            }
            Ok(None) => fault = lacks(Wanted::Certificates),
            Err(unusable) => fault = unusable,
        }
    }
    Err(fault)
}

/// The certificate that holds the key's public half, whatever the bags' attributes say.
fn end_entity<'a>(
    certificates: &'a [CertificateBag],
    key: &PrivateKeyDer<'static>,
) -> Result<Option<&'a CertificateBag>, FileFault> {
    for bag in certificates {
        let chain = vec![CertificateDer::from(bag.cert.as_der().to_vec())];
        match certified_key(chain, key) {
            Ok(Some(_)) => return Ok(Some(bag)),
            Ok(None) | Err(FileFault::UnreadableCertificate { .. }) => {}
            Err(unusable) => return Err(unusable),
        }
    }
    Ok(None)
}

/// From the end-entity to the last issuer in the bundle that is not its own.
fn chain(leaf: &CertificateBag, certificates: &[CertificateBag]) -> Vec<CertificateDer<'static>> {
    let mut path = vec![&leaf.cert];
    while let Some(last) = path.last()
        && path.len() < LONGEST
    {
        let issuer = certificates.iter().map(|bag| &bag.cert).find(|cert| {
            cert.subject() == last.issuer()
                && cert.subject() != cert.issuer()
                && !path.contains(cert)
        });
        match issuer {
            Some(issuer) => path.push(issuer),
            None => break,
        }
    }
    path.into_iter()
        .map(|cert| CertificateDer::from(cert.as_der().to_vec()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;
    use proptest::prelude::*;

    macro_rules! fixture {
        ($name:literal) => {
            decode(include_str!(concat!("../fixtures/p12/", $name, ".b64")))
        };
    }

    fn decode(text: &str) -> Vec<u8> {
        STANDARD.decode(text.replace('\n', "")).unwrap()
    }

    fn der(pem: &[u8]) -> CertificateDer<'static> {
        super::super::certificates(pem).unwrap().remove(0).der
    }

    fn passphrase() -> Option<Secret> {
        Some(Secret::new("correct-horse"))
    }

    #[test]
    fn openssl_bundles_open_with_key_and_chain() {
        let expected = [
            der(include_bytes!("../fixtures/p12/leaf.pem")),
            der(include_bytes!("../fixtures/p12/mid.pem")),
        ];
        for (name, bytes, passphrase) in [
            ("modern", fixture!("modern"), passphrase()),
            ("legacy: RC2-40 and 3DES", fixture!("legacy"), passphrase()),
            ("3DES", fixture!("triple-des"), passphrase()),
            ("without a MAC", fixture!("no-mac"), passphrase()),
            ("empty passphrase", fixture!("modern-empty"), None),
            ("legacy, empty passphrase", fixture!("legacy-empty"), None),
            (
                "empty passphrase, said",
                fixture!("modern-empty"),
                Some(Secret::new("")),
            ),
            ("not encrypted", fixture!("unencrypted"), None),
        ] {
            assert!(is_pkcs12(&bytes), "{name}");
            let opened = bundle(&bytes, passphrase.as_ref())
                .unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
            assert_eq!(opened.chain, expected, "{name}");
            assert!(
                certified_key(opened.chain, &opened.key).unwrap().is_some(),
                "{name}"
            );
        }
    }

    #[test]
    fn what_keeps_a_bundle_shut_is_named() {
        let wrong = Some(Secret::new("hunter2"));
        let lacks = |what| FileFault::BundleLacks { what };
        let wrong_passphrase = || FileFault::WrongPassphrase { scheme: SCHEME };
        let needs_one = || FileFault::EncryptedKey { scheme: SCHEME };
        for (bytes, passphrase, expected) in [
            (fixture!("modern"), None, needs_one()),
            (fixture!("legacy"), None, needs_one()),
            (fixture!("modern"), wrong.clone(), wrong_passphrase()),
            (fixture!("legacy"), wrong.clone(), wrong_passphrase()),
            (fixture!("no-mac"), wrong, wrong_passphrase()),
            (fixture!("no-key"), passphrase(), lacks(Wanted::PrivateKey)),
            (
                fixture!("no-certificate"),
                passphrase(),
                lacks(Wanted::Certificates),
            ),
        ] {
            assert_eq!(bundle(&bytes, passphrase.as_ref()).unwrap_err(), expected);
        }
        let cut = &fixture!("modern")[..400];
        let fault = bundle(cut, passphrase().as_ref()).unwrap_err();
        assert_eq!(fault.id(), "file.pkcs12");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]
        #[test]
        fn damaged_bundles_never_panic(at in any::<prop::sample::Index>(), with in any::<u8>()) {
            // Not one of the encrypted ones: a mutated iteration count takes a debug build seconds.
            let mut bytes = fixture!("unencrypted");
            let index = at.index(bytes.len());
            bytes[index] = with;
            let _ = bundle(&bytes, passphrase().as_ref());
        }
    }
}
