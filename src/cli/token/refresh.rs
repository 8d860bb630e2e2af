//! `grpcauth token refresh`.

use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::token::obtain::ObtainFlags;

/// Obtain a new token whatever is kept, keep it, and print it alone
#[derive(Debug, Args)]
#[command(after_help = "\
A refresh token that is kept from an earlier login is used; where there is none, or it is refused, the login or the
grant is made anew.

Examples:
  grpcauth token refresh --issuer https://id.example.com --client-id cli --user alice --password prompt
  grpcauth token refresh --login-url https://api.example.com/login --user alice --password env:PW")]
pub struct Refresh {
    #[command(flatten)]
    pub obtain: ObtainFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}
