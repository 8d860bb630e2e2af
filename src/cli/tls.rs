//! Heading "TLS": whom to trust, what to present.

use std::path::PathBuf;

use clap::Args;

use crate::cli::values::choice;
use crate::connect::tls::versions::TlsVersion;
use crate::identity::channel::ClientFiles;
use crate::identity::channel::TlsSpec;
use crate::secret::SecretSource;
use crate::x509::Pin;
use crate::x509::SpiffeId;

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "TLS")]
pub struct TlsFlags {
    /// Trust the certificates in this PEM file, and only these (repeatable)
    #[arg(long, value_name = "FILE", conflicts_with = "plaintext")]
    pub cacert: Vec<PathBuf>,

    /// Trust the system's roots beside --cacert
    #[arg(long, conflicts_with = "plaintext")]
    pub system_roots: bool,

    /// Present this certificate chain: PEM, end-entity first, or a PKCS#12 bundle with its key
    #[arg(long, value_name = "FILE", conflicts_with = "plaintext")]
    pub cert: Option<PathBuf>,

    /// The private key of --cert (PEM: PKCS#8, PKCS#1 or SEC1) [default: in the --cert file]
    #[arg(long, value_name = "FILE", requires = "cert")]
    pub key: Option<PathBuf>,

    /// The passphrase of an encrypted --key, or of a PKCS#12 --cert
    #[arg(long, value_name = "SRC", requires = "cert")]
    pub key_pass: Option<SecretSource>,

    /// Verify this name, and send it as SNI, instead of the target's host
    #[arg(long, value_name = "NAME", conflicts_with = "plaintext")]
    pub servername: Option<String>,

    /// Verify that the server is this workload of a mesh, spiffe://TRUST-DOMAIN/PATH, in place of its name
    #[arg(long, value_name = "URI", conflicts_with = "plaintext")]
    pub server_spiffe_id: Option<SpiffeId>,

    /// Besides verifying, take this server alone: sha256//BASE64 of its key, as curl, or its certificate's
    /// SHA-256 in hex (repeatable: one must fit)
    #[arg(long, value_name = "PIN", conflicts_with = "plaintext")]
    pub pin: Vec<Pin>,

    /// Refuse certificates that this revocation list of their issuer names (PEM or DER, repeatable)
    #[arg(long, value_name = "FILE", conflicts_with = "plaintext")]
    pub crl: Vec<PathBuf>,

    /// Continue even if verification fails (the failure is still reported); no credential is sent to an unverified server
    #[arg(long, conflicts_with = "plaintext")]
    pub insecure: bool,

    /// With --insecure: send the credential although the server could not be verified
    #[arg(long, requires = "insecure")]
    pub allow_unverified_credentials: bool,

    /// The lowest TLS version to offer
    #[arg(long, value_name = "VERSION", value_parser = choice::<TlsVersion>(), conflicts_with = "plaintext")]
    pub tls_min: Option<TlsVersion>,

    /// The highest TLS version to offer
    #[arg(long, value_name = "VERSION", value_parser = choice::<TlsVersion>(), conflicts_with = "plaintext")]
    pub tls_max: Option<TlsVersion>,

    /// Warn when a certificate expires within this many days
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub warn_days: u16,
}

impl TlsFlags {
    /// What these flags say of whom to trust, and what to present.
    pub fn spec(&self) -> TlsSpec {
        TlsSpec {
            ca: self.cacert.clone(),
            system_roots: self.system_roots.then_some(true),
            crl: self.crl.clone(),
            client: self.cert.clone().map(|cert| ClientFiles {
                cert,
                key: self.key.clone(),
                key_pass: self.key_pass.clone(),
            }),
            server_name: self.servername.clone(),
            server_spiffe_id: self.server_spiffe_id.clone(),
            pins: self.pin.clone(),
            insecure: self.insecure.then_some(true),
            min_version: self.tls_min,
            max_version: self.tls_max,
        }
    }
}
