//! `grpcauth call`.

use std::time::Duration;

use clap::Args;

use crate::cli::server::ServerFlags;
use crate::cli::values::duration;
use crate::cli::values::size;
use crate::verdict::Expectation;

const EXAMPLES: &str = "\
Examples:
  grpcauth call api.example.com shop.v1.Orders/Get -d '{\"id\": \"42\"}' --token env:TOKEN
  grpcauth call localhost:50051 Orders/Get --cacert ca.pem --cert me.pem --key me.key
  grpcauth call localhost:50051 Orders/Delete --cacert ca.pem --expect denied
  grpcauth call -P ci Orders/Get
  echo '{\"id\": \"42\"}' | grpcauth call localhost:50051 Orders/Get --plaintext -d @-";

/// Call one RPC and explain the result
#[derive(Debug, Args)]
#[command(
    override_usage = "grpcauth call [OPTIONS] <TARGET> <METHOD>\n       grpcauth call [OPTIONS] --profile <NAME> <METHOD>",
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", crate::cli::exit_codes())
)]
pub struct Call {
    /// The target, as typed.
    #[arg(
        help = "host[:port], [v6]:port, unix:PATH, unix-abstract:NAME, dns:///host:port, https://host or http://host; may be left out where the profile has it"
    )]
    pub target: String,

    /// package.Service/Method, or an unambiguous end of it
    pub method: Option<String>,

    /// The request as JSON; @FILE reads a file, @- standard input [default: an empty message]
    #[arg(short = 'd', long, value_name = "JSON", allow_hyphen_values = true)]
    pub data: Option<String>,

    /// Expected outcome: statuses, `allowed` or `denied`; then the exit code is 0 or 1
    #[arg(long, value_name = "STATUS[,STATUS…]")]
    pub expect: Option<Expectation>,

    /// Retry connecting for up to this long, until the first good handshake; --max-time begins after it
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub wait_for: Option<Duration>,

    /// Show fields that have their default value
    #[arg(long)]
    pub emit_defaults: bool,

    /// Ignore fields of the request that its type does not have
    #[arg(long)]
    pub allow_unknown_fields: bool,

    /// The longest message to take
    #[arg(long, value_name = "SIZE", default_value = "4MiB", value_parser = size)]
    pub max_msg_size: usize,

    /// Compress the request
    #[arg(long, value_name = "ENCODING")]
    pub compress: Option<Compression>,

    #[command(flatten)]
    pub server: ServerFlags,
}

/// A message encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Compression {
    Gzip,
}
