//! `grpcauth check`.

use std::time::Duration;

use clap::Args;

use crate::cli::descriptors::DescriptorFlags;
use crate::cli::output::OutputFlags;
use crate::cli::profile::variable;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;
use crate::cli::values::duration;
use crate::suite::filter::Filter;
use crate::suite::shard::Shard;

const EXAMPLES: &str = "\
Examples:
  grpcauth check api.example.com:443 --anonymous
  grpcauth check shop.auth.toml
  grpcauth check shop.auth.toml --list
  grpcauth check shop.auth.toml --filter 'identity=viewer;method=*Delete*'";

/// Test who may call what: every method as every identity, against a live server
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", crate::cli::exit_codes_of_check())
)]
pub struct Check {
    /// Suites (*.auth.toml, or the same as JSON); with --anonymous a target
    #[arg(value_name = "FILE", required = true)]
    pub words: Vec<String>,

    /// Check a target without a suite: no method may answer without a credential
    #[arg(long)]
    pub anonymous: bool,

    /// With --anonymous: methods that may be reached, such as grpc.health.v1.Health/* (repeatable)
    #[arg(long, value_name = "PATTERN", requires = "anonymous")]
    pub public: Vec<String>,

    /// With --anonymous: call every method, not only on loopback or where it is marked NO_SIDE_EFFECTS
    #[arg(
        long,
        value_name = "WHICH",
        requires = "anonymous",
        default_value = "safe"
    )]
    pub call: CallPolicy,

    /// List the cells and what is expected of each; nothing is called but reflection, where a schema needs it
    #[arg(long, conflicts_with = "credentials")]
    pub list: bool,

    /// Check handshakes, credentials and each identity's control call alone
    #[arg(long)]
    pub credentials: bool,

    /// Call only these cells: identity=, method=, row=, target=, joined by `;`; patterns with * and {a,b}
    #[arg(long, value_name = "KEY=PATTERN")]
    pub filter: Option<Filter>,

    /// Leave out calls that change something and are expected to be allowed
    #[arg(long)]
    pub safe: bool,

    /// Call a share of the cells: 2/8
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,

    /// Set a variable of the suites (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = variable)]
    pub var: Vec<(String, String)>,

    /// How many calls at once
    #[arg(long, value_name = "N", default_value = "8", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: u16,

    /// Stop after the first failure, or after N
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "1", value_parser = clap::value_parser!(u32).range(1..))]
    pub fail_fast: Option<u32>,

    /// Retry connecting for up to this long until a first good handshake
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub wait_for: Option<Duration>,

    /// Skipped cells and waivers that nothing needs fail the run, too: exit code 3
    #[arg(long)]
    pub strict: bool,

    #[command(flatten)]
    pub target: TargetFlags,
    #[command(flatten)]
    pub tls: TlsFlags,
    #[command(flatten)]
    pub descriptors: DescriptorFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}

/// Which methods that nobody names are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum CallPolicy {
    Safe,
    All,
}
