//! `grpcauth token clear`.

use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::token::obtain::ObtainFlags;

/// Forget the tokens that are kept: all, or those of one credential
#[derive(Debug, Args)]
#[command(after_help = "\
Without a credential every token on disk is forgotten. With --log-out the tokens of one credential are made void
where they came from first: by the logout RPC, or at the revocation endpoint (RFC 7009).

Examples:
  grpcauth token clear
  grpcauth token clear --issuer https://id.example.com --client-id cli --user alice --password env:PW --log-out")]
pub struct Clear {
    /// Revoke the tokens where they were issued, then remove them
    #[arg(long)]
    pub log_out: bool,

    #[command(flatten)]
    pub obtain: ObtainFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}
