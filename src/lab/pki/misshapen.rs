//! Good certificates and keys in files that are not what a client takes them for.

use anyhow::anyhow;
use pkcs8::PrivateKeyInfoRef;
use pkcs8::pkcs5::pbes2::Parameters;

use super::Pki;
use super::identity::Key;
use crate::lab::directory::Directory;
use crate::lab::random;

/// Of PBKDF2: the least, for nothing is to be protected.
const ROUNDS: u32 = 1;

impl Pki {
    /// Writes the root's certificate and the viewer's key in forms that have to be converted first.
    pub(super) fn write_misshapen(&self, directory: &Directory) -> anyhow::Result<()> {
        let pem = self.root.pem();
        directory.write("ca.der", self.root.der())?;
        directory.write("ca-one-line.pem", pem.replace('\n', "\\n"))?;
        directory.write("ca-cut.pem", pem.replacen("MII", "MI", 1))?;
        let utf16: Vec<u8> = std::iter::once(0xfeff)
            .chain(pem.encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        directory.write("ca-utf16.pem", utf16)?;
        let viewer = self.clients.first().map(|client| &client.key);
        if let Some(Key::Own(key)) = viewer {
            directory.write_secret("client-viewer-encrypted.key", encrypted(key)?)?;
        }
        Ok(())
    }
}

/// PKCS#8 under a passphrase that nobody knows.
fn encrypted(key: &rcgen::KeyPair) -> anyhow::Result<String> {
    let der = key.serialize_der();
    let plain = PrivateKeyInfoRef::try_from(der.as_slice())
        .map_err(|error| anyhow!("a key of the lab is not PKCS#8: {error}"))?;
    let (salt, iv) = ([7; 16], [9; 16]);
    let document = Parameters::generate_pbkdf2_sha256_aes256cbc(ROUNDS, &salt, iv)
        .map_err(|error| anyhow!("{error}"))
        .and_then(|parameters| {
            plain
                .encrypt_with_params(parameters, random::name(""))
                .map_err(|error| anyhow!("{error}"))
        })?;
    Ok(pem::encode(&pem::Pem::new(
        "ENCRYPTED PRIVATE KEY",
        document.as_bytes(),
    )))
}
