//! `grpcauth token`: obtain tokens, look into them, sign them, verify them, forget them.

pub(crate) mod clear;
pub(crate) mod explain;
pub(crate) mod get;
pub(crate) mod mint;
pub(crate) mod obtain;
pub(crate) mod refresh;
pub(crate) mod verify;

use std::path::PathBuf;

use clap::Args;
use clap::Subcommand;

use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::jwks::KeysAt;
use crate::cli::values::time;
use crate::jwt::Algorithm;
use crate::secret::SecretSource;

/// Obtain tokens, look into them, sign them, verify them, forget them
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = "\
Examples:
  TOKEN=$(grpcauth token get --issuer https://id.example.com --client-id ci --client-secret env:CI_SECRET)
  grpcauth token explain env:TOKEN
  grpcauth token mint --key env:HS_SECRET --claim sub=alice --ttl 5m
  grpcauth token verify file:token.jwt --jwks jwks.json --audience orders"
)]
pub struct Token {
    #[command(subcommand)]
    pub command: TokenCommand,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    Get(Box<get::Get>),
    Refresh(Box<refresh::Refresh>),
    Explain(explain::Explain),
    Mint(mint::Mint),
    Verify(verify::Verify),
    Clear(Box<clear::Clear>),
}

/// Which keys verify.
#[derive(Debug, Default, Args)]
pub struct KeyFlags {
    /// Verify with this key: a PEM public key, certificate or private key, a JWK, or, with --alg HS256, HS384 or HS512, a shared secret
    #[arg(long, value_name = "SRC", group = "keys")]
    pub key: Option<SecretSource>,

    /// Verify with the JWK in this file
    #[arg(long, value_name = "FILE", group = "keys")]
    pub jwk: Option<PathBuf>,

    /// Verify with the key of this JWK Set that the token names
    #[arg(long, value_name = "FILE|URL", value_parser = key_set, group = "keys")]
    pub jwks: Option<KeySet>,

    /// Verify with the keys that this issuer's metadata name (OpenID Connect Discovery, RFC 8414); iss must be it
    #[arg(long, value_name = "URL", value_parser = issuer, group = "keys")]
    pub issuer: Option<KeysAt>,

    /// Trust the certificates in this PEM file, and only these, for --issuer and a URL of --jwks (repeatable)
    #[arg(long, value_name = "FILE")]
    pub cacert: Vec<PathBuf>,

    /// Take this algorithm alone; a bare RSA key fits RS256 and PS256 alike [default: all that the key fits]
    #[arg(long, value_name = "ALG", value_parser = algorithm, requires = "keys")]
    pub alg: Option<Algorithm>,
}

/// `--jwks`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeySet {
    File(PathBuf),
    At(KeysAt),
}

/// What the claims are tested against.
#[derive(Debug, Default, Args)]
pub struct ClaimFlags {
    /// The audience that must be in aud [default: aud is not compared]
    #[arg(long, value_name = "AUDIENCE")]
    pub audience: Option<String>,

    /// Evaluate as of this time: 2026-11-21T10:00:00Z, or seconds since 1970
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<::time::OffsetDateTime>,
}

fn key_set(text: &str) -> Result<KeySet, String> {
    if !text.contains("://") {
        return Ok(KeySet::File(text.into()));
    }
    let url = EndpointUrl::parse(text).map_err(|why| why.to_string())?;
    Ok(KeySet::At(KeysAt::Url(url)))
}

fn issuer(text: &str) -> Result<KeysAt, String> {
    Ok(KeysAt::Issuer {
        url: EndpointUrl::parse(text).map_err(|why| why.to_string())?,
        written: text.to_owned(),
    })
}

fn algorithm(name: &str) -> Result<Algorithm, String> {
    Algorithm::find(name).map_err(|why| {
        let names: Vec<&str> = Algorithm::names().collect();
        format!("{why} (known: {})", names.join(", "))
    })
}
