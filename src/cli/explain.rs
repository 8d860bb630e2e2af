//! `grpcauth explain`.

use clap::Args;

use crate::report::style::ColorChoice;

/// Show what a diagnosis means, how it is established, and how to fix it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth explain
  grpcauth explain credential
  grpcauth explain credential.token-expired")]
pub struct Explain {
    /// A diagnosis, as shown in brackets after an error, or a family of them [default: list all]
    pub id: Option<String>,

    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}
