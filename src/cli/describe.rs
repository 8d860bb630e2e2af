//! `grpcauth describe`.

use clap::Args;

use crate::cli::server::ServerFlags;

const EXAMPLES: &str = "\
Examples:
  grpcauth describe api.example.com --token env:TOKEN
  grpcauth describe localhost:50051 shop.v1.Orders --cacert ca.pem
  grpcauth describe localhost:50051 shop.v1.Orders/Get --cacert ca.pem --template > request.json
  grpcauth describe --protoset shop.binpb Order";

/// Show the proto source of a symbol, or a JSON request to fill in
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", crate::cli::exit_codes())
)]
pub struct Describe {
    /// The target, as typed.
    #[arg(
        help = "host[:port], [v6]:port, unix:PATH, unix-abstract:NAME, dns:///host:port, https://host or http://host; not contacted if --protoset or --proto has every descriptor. May be omitted if the profile sets it: a single word without a colon is then the SYMBOL"
    )]
    pub target: Option<String>,

    /// A service, method, message, enum, value, field, oneof or extension: its full name or an unambiguous
    /// end of it [default: every service]
    pub symbol: Option<String>,

    /// Print a JSON request to fill in, for a message or a method, instead of its source
    #[arg(long, visible_alias = "msg-template")]
    pub template: bool,

    #[command(flatten)]
    pub server: ServerFlags,
}
