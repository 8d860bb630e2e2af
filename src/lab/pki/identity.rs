//! A chain as it is presented, with its key.

use std::sync::Arc;

use anyhow::Context as _;
use rcgen::KeyPair;
use rustls::SignatureAlgorithm;
use rustls::SignatureScheme;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::sign::CertifiedKey;
use rustls::sign::Signer;
use rustls::sign::SigningKey;

use crate::lab::directory::Directory;

/// A chain, end-entity first as a rule, with its key.
pub struct Identity {
    /// The name of its files, without the ending.
    pub file: &'static str,
    pub chain: Vec<CertificateDer<'static>>,
    pub key: Key,
}

/// What a server or client proves with that the certificate is its own.
pub enum Key {
    Own(Box<KeyPair>),
    /// A key that nobody here can use: a signature is pretended, of this scheme.
    Pretended(SignatureScheme),
}

impl Identity {
    /// The same with another chain; whatever it is, it is presented.
    pub fn presenting(self, chain: Vec<CertificateDer<'static>>) -> Self {
        Self { chain, ..self }
    }

    /// Writes the chain as `NAME.pem` and the key, if there is one, as `NAME.key` (PKCS#8).
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        let chain: Vec<pem::Pem> = self
            .chain
            .iter()
            .map(|der| pem::Pem::new("CERTIFICATE", der.to_vec()))
            .collect();
        directory.write(&format!("{}.pem", self.file), pem::encode_many(&chain))?;
        if let Key::Own(key) = &self.key {
            directory.write_secret(&format!("{}.key", self.file), key.serialize_pem())?;
        }
        Ok(())
    }

    /// As rustls wants it. Whether chain and key belong together is for the peer to find out.
    ///
    /// # Errors
    /// Only if the key is not one that ring signs with.
    pub fn certified(&self) -> anyhow::Result<Arc<CertifiedKey>> {
        let key: Arc<dyn SigningKey> = match &self.key {
            Key::Own(key) => any_supported_type(&PrivateKeyDer::Pkcs8(key.serialize_der().into()))
                .context("a key of the lab does not sign")?,
            Key::Pretended(scheme) => Arc::new(Pretender(*scheme)),
        };
        Ok(Arc::new(CertifiedKey::new(self.chain.clone(), key)))
    }
}

/// Signs with nothing.
#[derive(Clone, Debug)]
struct Pretender(SignatureScheme);

impl SigningKey for Pretender {
    fn choose_scheme(&self, _: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        Some(Box::new(self.clone()))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.0 {
            SignatureScheme::RSA_PSS_SHA256 => SignatureAlgorithm::RSA,
            _ => SignatureAlgorithm::ECDSA,
        }
    }
}

impl Signer for Pretender {
    fn sign(&self, _: &[u8]) -> Result<Vec<u8>, rustls::Error> {
        Ok(vec![1; 128])
    }

    fn scheme(&self) -> SignatureScheme {
        self.0
    }
}
