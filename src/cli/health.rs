//! `grpcauth health`.

pub(crate) mod probe;

use std::time::Duration;

use clap::Args;

use crate::cli::call::Compression;
use crate::cli::credentials::CredentialFlags;
use crate::cli::metadata::MetadataFlags;
use crate::cli::output::OutputFlags;
use crate::cli::profile::ProfileFlags;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;
use crate::cli::values::duration;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::verdict::Expectation;

const EXAMPLES: &str = "\
Examples:
  grpcauth health api.example.com
  grpcauth health localhost:8443 shop.v1.Orders --cacert ca.pem --cert me.pem --key me.key
  grpcauth health localhost:8443 --cacert ca.pem --token file:/var/run/secrets/token --max-time 2s
  grpcauth health localhost:50051 --plaintext --watch --format ndjson
  grpcauth health -addr=:50051 -service=shop.v1.Orders -connect-timeout 250ms -rpc-timeout 100ms";

const CODES: &str = "\
Exit code 0 is for SERVING alone; 1 is for any other serving status. With --expect the status of the RPC decides.

The flags of grpc-health-probe are accepted with one dash: -addr, -service, -connect-timeout, -rpc-timeout,
-rpc-header, -tls, -tls-ca-cert, -tls-client-cert, -tls-client-key, -tls-server-name, -tls-no-verify,
-user-agent, -gzip. With -addr the connection is plaintext unless -tls is given, and both timeouts are 1s
by default; --max-time is their sum.";

/// Ask a server whether it, or one of its services, is ready to serve
#[derive(Debug, Args)]
#[command(
    after_help = EXAMPLES,
    after_long_help = format!("{EXAMPLES}\n\n{CODES}\n\n{}", crate::cli::exit_codes())
)]
pub struct Health {
    /// The target, as typed.
    #[arg(
        help = "host[:port], [v6]:port, unix:PATH, unix-abstract:NAME, dns:///host:port, https://host or http://host. May be omitted if the profile sets it: a single word without a colon is then the SERVICE"
    )]
    pub target: Option<String>,

    /// The name that the service is registered under [default: the server as a whole]
    pub service: Option<String>,

    /// Follow the status as it changes, until interrupted
    #[arg(long)]
    pub watch: bool,

    /// Expected status of the RPC: statuses, `allowed` or `denied`; then the exit code is 0 or 1
    #[arg(long, value_name = "STATUS[,STATUS…]")]
    pub expect: Option<Expectation>,

    /// Retry connecting for up to this long, until a first good handshake; --max-time begins after it
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub wait_for: Option<Duration>,

    /// Compress the request
    #[arg(long, value_name = "ENCODING")]
    pub compress: Option<Compression>,

    #[command(flatten)]
    pub target_flags: TargetFlags,
    #[command(flatten)]
    pub tls: TlsFlags,
    #[command(flatten)]
    pub credentials: CredentialFlags,
    #[command(flatten)]
    pub metadata: MetadataFlags,
    #[command(flatten)]
    pub profile: ProfileFlags,
    #[command(flatten)]
    pub output: OutputFlags,
}

impl Health {
    /// How `target` is reached and who is calling it, as these flags say.
    pub fn specs(&self, target: &str) -> (ChannelSpec, CallerSpec) {
        let channel = self.target_flags.channel(Some(target), &self.tls);
        (channel, self.credentials.caller(&self.metadata))
    }
}
