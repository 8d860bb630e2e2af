//! `grpcauth lab`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::output::OutputFlags;

/// Run a local test environment on loopback until Ctrl-C
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth lab
  grpcauth lab --dir lab --base-port 18000
  grpcauth lab --doors
  grpcauth lab --format json")]
pub struct Lab {
    /// Keep certificates, keys and tokens here [default: a temporary directory]
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,

    /// Give the doors this port and the following ones [default: the kernel chooses]
    #[arg(long, value_name = "PORT", value_parser = clap::value_parser!(u16).range(1024..=65000))]
    pub base_port: Option<u16>,

    /// List the doors and their command lines, without serving
    #[arg(long)]
    pub doors: bool,

    #[command(flatten)]
    pub output: OutputFlags,
}
