//! `grpcauth man`.

use clap::Args;

/// Print a man page
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth man | man -l -
  grpcauth man call | man -l -")]
pub struct Man {
    /// A command [default: grpcauth itself]
    pub command: Option<String>,
}
