//! `grpcauth list`.

use clap::Args;

use crate::cli::server::ServerFlags;

const EXAMPLES: &str = "\
Examples:
  grpcauth list api.example.com --token env:TOKEN
  grpcauth list localhost:50051 shop.v1.Orders --cacert ca.pem
  grpcauth list --protoset shop.binpb
  grpcauth list --proto shop/orders.proto --import-path protos Orders";

/// List a server's services, or a service's methods
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{}", crate::cli::exit_codes())
)]
pub struct List {
    /// The target, as typed.
    #[arg(
        help = "host[:port], [v6]:port, unix:PATH, unix-abstract:NAME, dns:///host:port, https://host or http://host; not contacted if --protoset or --proto has every descriptor. May be omitted if the profile sets it: a single word without a colon is then the SERVICE"
    )]
    pub target: Option<String>,

    /// package.Service, or an unambiguous end of it: list its methods
    pub service: Option<String>,

    #[command(flatten)]
    pub server: ServerFlags,
}
