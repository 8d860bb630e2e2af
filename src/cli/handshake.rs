//! `grpcauth handshake`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::profile::ProfileFlags;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;

/// Show what a connection agrees on, the chain, and where it goes wrong and why
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth handshake api.example.com
  grpcauth handshake localhost:8443 --cacert ca.pem --cert me.pem --key me.key
  grpcauth handshake api.example.com --chain-pem chain.pem --warn-days 14 --format json")]
pub struct Handshake {
    /// The target, as typed.
    #[arg(
        help = "host[:port], [v6]:port, unix:PATH, unix-abstract:NAME, dns:///host:port, https://host or http://host [default: the profile's]"
    )]
    pub target: Option<String>,

    /// Write the chain as the server presented it to this file, as PEM; also when it is refused
    #[arg(long, value_name = "FILE", conflicts_with = "plaintext")]
    pub chain_pem: Option<PathBuf>,

    /// Shake hands with every address of the name, not just the first that answers
    #[arg(long)]
    pub all_addresses: bool,

    #[command(flatten)]
    pub target_flags: TargetFlags,
    #[command(flatten)]
    pub tls: TlsFlags,
    #[command(flatten)]
    pub profile: ProfileFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}
