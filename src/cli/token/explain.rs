//! `grpcauth token explain`.

use std::path::PathBuf;

use clap::Args;

use crate::cli::output::OutputFlags;
use crate::cli::token::ClaimFlags;
use crate::cli::token::KeyFlags;
use crate::secret::SecretSource;

/// Say what a token is, what it claims, and what a server would refuse in it
#[derive(Debug, Args)]
#[command(after_help = "\
Any JWT is read, whatever its algorithm; other text is reported as not a JWT. The signature is looked at only with
a key, and never shown. The exit code is 0 whatever is found, 2 if the token or a key cannot be read, 3 if keys cannot
be fetched.

Examples:
  grpcauth token explain env:TOKEN
  grpcauth token explain < token.jwt
  grpcauth token explain file:token.jwt --audience orders --key file:issuer.pub.pem
  grpcauth token explain env:TOKEN --cert me.pem --format json")]
pub struct Explain {
    /// Where the token is: env:NAME, file:PATH, stdin, prompt, cmd:PROGRAM ARG… [default: stdin, if it is piped]
    #[arg(value_name = "SRC")]
    pub token: Option<SecretSource>,

    #[command(flatten)]
    pub claims: ClaimFlags,

    #[command(flatten)]
    pub keys: KeyFlags,

    /// Compare a token's certificate binding (cnf, RFC 8705) with this client certificate
    #[arg(long, value_name = "FILE")]
    pub cert: Option<PathBuf>,

    #[command(flatten)]
    pub output: OutputFlags,
}
