//! The OAuth clients that the authorization server knows, and how each proves who it is.

use jsonwebtoken::DecodingKey;
use rcgen::KeyPair;
use rcgen::PublicKeyData as _;

use crate::lab::api_keys::ADMINISTER;
use crate::lab::api_keys::READ;
use crate::lab::directory::Directory;

/// One client. The secrets are no secret: they are printed with the lab's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Client {
    pub id: &'static str,
    pub proof: Proof,
    /// What it may ask for at most.
    pub scopes: &'static [&'static str],
    /// `grant_type`s that it may use, by their last word.
    pub grants: &'static [&'static str],
    /// The file in the lab's directory with its secret or its key.
    pub file: Option<&'static str>,
}

/// What a client authenticates with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Proof {
    /// client_secret_basic, client_secret_post or client_secret_jwt.
    Secret(&'static str),
    /// private_key_jwt with a key of [`ClientKeys`].
    PrivateKey,
    /// tls_client_auth: the common name of its certificate.
    Certificate(&'static str),
    /// Nothing: a public client.
    Nothing,
}

/// What a confidential client may do by itself and for a user.
const CONFIDENTIAL: &[&str] = &[
    "client_credentials",
    "refresh_token",
    "password",
    "device_code",
    "token-exchange",
    "jwt-bearer",
];

const CI: Client = Client {
    id: "ci",
    // 32 bytes or more, as HMAC with SHA-256 wants (RFC 7518 §3.2).
    proof: Proof::Secret("ci-secret-0123456789-0123456789-0"),
    scopes: &[READ],
    grants: CONFIDENTIAL,
    file: Some("oauth-ci.secret"),
};

pub(crate) const CLIENTS: &[Client] = &[
    CI,
    Client {
        id: "admin-ci",
        proof: Proof::Secret("admin-ci-secret-0123456789-01234"),
        scopes: &[READ, ADMINISTER],
        file: Some("oauth-admin-ci.secret"),
        ..CI
    },
    // RFC 6749 §2.3.1: both are form-encoded before Basic joins them by a colon.
    Client {
        id: "team:a+b c",
        proof: Proof::Secret("p:100%+more &=/ü-0123456789-0123"),
        file: Some("oauth-team.secret"),
        ..CI
    },
    Client {
        id: "jwt-client",
        proof: Proof::PrivateKey,
        file: Some("oauth-jwt-client.key"),
        ..CI
    },
    Client {
        id: "mtls-client",
        proof: Proof::Certificate("viewer"),
        file: Some("client-viewer.key"),
        ..CI
    },
    Client {
        id: "public",
        proof: Proof::Nothing,
        scopes: &[READ, ADMINISTER],
        grants: &["refresh_token", "password", "device_code", "token-exchange"],
        file: None,
    },
];

impl Proof {
    /// The names of the methods that it serves for, as the registry of RFC 7591 §2 has them.
    pub(crate) fn methods(self) -> &'static [&'static str] {
        match self {
            Self::Secret(_) => &[
                "client_secret_basic",
                "client_secret_post",
                "client_secret_jwt",
            ],
            Self::PrivateKey => &["private_key_jwt"],
            Self::Certificate(_) => &["tls_client_auth"],
            Self::Nothing => &["none"],
        }
    }
}

/// The client with this `client_id`.
pub(crate) fn find(id: &str) -> Option<&'static Client> {
    CLIENTS.iter().find(|client| client.id == id)
}

/// The key of the clients with [`Proof::PrivateKey`].
pub struct ClientKeys {
    pair: KeyPair,
    pub verifying: DecodingKey,
}

impl ClientKeys {
    /// A fresh key for ES256.
    ///
    /// # Errors
    /// Only if the system gives no random numbers.
    pub fn generate() -> Result<Self, rcgen::Error> {
        let pair = KeyPair::generate()?;
        let verifying = DecodingKey::from_ec_der(pair.der_bytes());
        Ok(Self { pair, verifying })
    }

    /// Writes each client's secret or private key (PKCS#8) into its file.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        for client in CLIENTS {
            match (client.proof, client.file) {
                (Proof::Secret(secret), Some(file)) => directory.write_secret(file, secret)?,
                (Proof::PrivateKey, Some(file)) => {
                    directory.write_secret(file, self.pair.serialize_pem())?;
                }
                // A certificate's key is written with the certificate.
                _ => {}
            }
        }
        Ok(())
    }

    /// Signs a client's assertion.
    #[cfg(test)]
    pub fn sign(&self, claims: &serde_json::Value) -> String {
        let header = jsonwebtoken::Header::new(jsonwebtoken::Algorithm::ES256);
        let key = jsonwebtoken::EncodingKey::from_ec_der(&self.pair.serialize_der());
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_client_is_known_by_its_id_and_has_its_file() {
        let directory = Directory::prepare(None).unwrap();
        ClientKeys::generate().unwrap().write(&directory).unwrap();
        for client in CLIENTS {
            assert_eq!(find(client.id), Some(client));
            let written = client
                .file
                .and_then(|file| std::fs::read_to_string(directory.path().join(file)).ok());
            match client.proof {
                Proof::Secret(secret) => {
                    assert!(secret.len() >= 32, "{}", client.id);
                    assert_eq!(written.as_deref(), Some(secret));
                }
                Proof::PrivateKey => assert!(written.unwrap().contains("PRIVATE KEY")),
                Proof::Certificate(_) | Proof::Nothing => assert_eq!(written, None),
            }
        }
        assert_eq!(find("nobody"), None);
    }
}
