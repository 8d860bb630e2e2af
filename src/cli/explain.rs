//! `grpcauth explain`.

use clap::Args;

use crate::report::style::ColorChoice;

/// Show what a diagnosis means, how it is established, and how to fix it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth explain
  grpcauth explain credential
  grpcauth explain credential.token-expired
  grpcauth explain token-expired
  grpcauth explain UNAUTHENTICATED
  grpcauth explain 'x509: certificate signed by unknown authority'
  grpcurl … 2>&1 | grpcauth explain -")]
pub struct Explain {
    /// A diagnosis, as shown in brackets after an error, or a unique end of it; a family of them; a gRPC status; an exit
    /// code; or the message of another program, for which candidates are shown (-: read it from stdin) [default: list all]
    #[arg(value_name = "ID|STATUS|TEXT", allow_hyphen_values = true)]
    pub words: Vec<String>,

    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}
