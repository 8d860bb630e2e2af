//! `grpcauth token get`.

use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::token::obtain::ObtainFlags;

/// Obtain a token as a call would, and print it alone
#[derive(Debug, Args)]
#[command(after_help = "\
The token stands alone on standard output, everything else on standard error. One that is kept and still good is
printed without asking anybody; --token-cache none fetches it.

Examples:
  TOKEN=$(grpcauth token get --issuer https://id.example.com --client-id ci --client-secret env:CI_SECRET)
  grpcauth token get --login-url https://api.example.com/login --user alice --password prompt
  grpcauth token get api.example.com:443 --login-rpc auth.v1.AuthService --user alice --password env:PW")]
pub struct Get {
    #[command(flatten)]
    pub obtain: ObtainFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}
