//! `grpcauth demo`.

use clap::Args;

use crate::report::style::ColorChoice;

/// Show what calls can come to, on the lab, inside this process: who said no, and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth demo
  grpcauth demo --color never")]
pub struct Demo {
    /// Colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: ColorChoice,
}
