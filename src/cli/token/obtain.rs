//! What `token get`, `token refresh` and `token clear` have in common: the credential that is meant.

use clap::Args;

use crate::cli::credentials::CredentialFlags;
use crate::cli::descriptors::DescriptorFlags;
use crate::cli::profile::ProfileFlags;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;

#[derive(Debug, Args)]
pub struct ObtainFlags {
    /// The server that the token is for: a login RPC is made there, and programs are told of it [default: the
    /// profile's]
    #[arg(value_name = "TARGET")]
    pub server: Option<String>,

    #[command(flatten)]
    pub credentials: CredentialFlags,
    #[command(flatten)]
    pub target_flags: TargetFlags,
    #[command(flatten)]
    pub tls: TlsFlags,
    #[command(flatten)]
    pub descriptors: DescriptorFlags,
    #[command(flatten)]
    pub profile: ProfileFlags,
}
