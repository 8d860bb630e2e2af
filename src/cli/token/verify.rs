//! `grpcauth token verify`.

use clap::ArgGroup;
use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::token::ClaimFlags;
use crate::cli::token::KeyFlags;
use crate::secret::SecretSource;

/// Verify a token's signature and claims
#[derive(Debug, Args)]
#[command(
    group = ArgGroup::new("some_key").args(["key", "jwk", "jwks", "issuer"]).required(true),
    after_help = "\
The key says which algorithms are taken, never the token's header. The exit code is 0 if signature and claims hold,
1 if not, 2 if token or key cannot be read,
3 if keys cannot be fetched. Times are given a leeway of 60 s, as most servers do.

Examples:
  grpcauth token verify env:TOKEN --key file:issuer.pub.pem --alg PS256
  grpcauth token verify file:token.jwt --jwks jwks.json --audience orders
  grpcauth token verify env:TOKEN --issuer https://id.example.com --audience orders
  grpcauth token verify stdin --key env:HS_SECRET --alg HS256 --at 2026-11-21T10:00:00Z"
)]
pub struct Verify {
    /// Where the token is: env:NAME, file:PATH, stdin, prompt, cmd:PROGRAM ARG…
    #[arg(value_name = "SRC")]
    pub token: SecretSource,

    #[command(flatten)]
    pub keys: KeyFlags,

    #[command(flatten)]
    pub claims: ClaimFlags,

    /// Verify the signature alone, of a JWS whose payload need not be claims
    #[arg(long, conflicts_with = "audience")]
    pub raw_payload: bool,

    #[command(flatten)]
    pub output: OutputFlags,
}
