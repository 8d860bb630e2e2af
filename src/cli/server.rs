//! The flags of every command that asks a server something.

use clap::Args;

use crate::cli::credentials::CredentialFlags;
use crate::cli::descriptors::DescriptorFlags;
use crate::cli::metadata::MetadataFlags;
use crate::cli::output::OutputFlags;
use crate::cli::profile::ProfileFlags;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;

#[derive(Debug, Args)]
pub struct ServerFlags {
    #[command(flatten)]
    pub target: TargetFlags,
    #[command(flatten)]
    pub tls: TlsFlags,
    #[command(flatten)]
    pub descriptors: DescriptorFlags,
    #[command(flatten)]
    pub credentials: CredentialFlags,
    #[command(flatten)]
    pub metadata: MetadataFlags,
    #[command(flatten)]
    pub profile: ProfileFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}

impl ServerFlags {
    /// How `target` is reached and who is calling it, as these flags say.
    pub fn specs(&self, target: Option<&str>) -> (ChannelSpec, CallerSpec) {
        let channel = self.target.channel(target, &self.tls);
        (channel, self.credentials.caller(&self.metadata))
    }
}
