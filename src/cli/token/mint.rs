//! `grpcauth token mint`.

use std::time::Duration;

use clap::Args;
use serde_json::Value;

use crate::cli::output::OutputFlags;
use crate::cli::values::duration;
use crate::secret::SecretSource;

/// Sign a JWT, and print it alone
#[derive(Debug, Args)]
#[command(after_help = "\
The claims iat, exp and jti are filled in where they are not given. The VALUE of a --claim that is a JSON number,
true, false, null, list, object or quoted string is taken as JSON, anything else as a string: --claim admin=true is a
boolean, --claim 'admin=\"true\"' a string. A later --claim replaces an earlier one, and one out of --claims.

Examples:
  grpcauth token mint --key env:HS_SECRET --claim sub=alice --claim aud=orders
  grpcauth token mint --alg PS256 --key file:rsa.pem --kid k1 --claims @claims.json --ttl 5m
  grpcauth token mint --key file:ec.pem --claim 'roles=[\"admin\"]' --claim exp=1300819380
  grpcauth token mint --alg none --insecure-alg-none --claim sub=admin")]
pub struct Mint {
    /// The algorithm, such as HS256, RS256, PS256, ES256, EdDSA [default: what the key is for]
    #[arg(long, value_name = "ALG")]
    pub alg: Option<String>,

    /// The key: PEM (PKCS#8, PKCS#1 or SEC1), a private JWK, or a shared secret
    #[arg(
        long,
        value_name = "SRC",
        required_unless_present = "insecure_alg_none"
    )]
    pub key: Option<SecretSource>,

    /// The key's id in the header [default: that of the JWK]
    #[arg(long, value_name = "KID")]
    pub kid: Option<String>,

    /// The type in the header
    #[arg(long, value_name = "TYP", default_value = "JWT")]
    pub typ: String,

    /// A claim (repeatable)
    #[arg(long, value_name = "NAME=VALUE", value_parser = claim)]
    pub claim: Vec<Claim>,

    /// Claims as a JSON object; @FILE reads a file, @- standard input
    #[arg(long, value_name = "JSON")]
    pub claims: Option<String>,

    /// How long the token is good, from now
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = duration)]
    pub ttl: Duration,

    /// With --alg none: mint a token that is not signed, to try whether a server takes one
    #[arg(long, conflicts_with = "key")]
    pub insecure_alg_none: bool,

    #[command(flatten)]
    pub output: OutputFlags,
}

/// A claim as it is typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    pub name: String,
    pub value: Value,
}

/// Reads `NAME=VALUE`. What is whole JSON is JSON; anything else is a string.
fn claim(text: &str) -> Result<Claim, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok(Claim {
            name: name.to_owned(),
            value: serde_json::from_str(value).unwrap_or_else(|_| Value::from(value)),
        }),
        _ => Err("a claim is given as NAME=VALUE".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_json_where_they_are_whole_json() {
        for (text, name, value) in [
            ("sub=alice", "sub", json!("alice")),
            ("n=7", "n", json!(7)),
            ("n=-1.5", "n", json!(-1.5)),
            ("admin=true", "admin", json!(true)),
            ("admin=\"true\"", "admin", json!("true")),
            ("x=null", "x", json!(null)),
            ("aud=[\"a\",\"b\"]", "aud", json!(["a", "b"])),
            ("aud=[a]", "aud", json!("[a]")),
            ("cnf={\"jkt\":\"x\"}", "cnf", json!({"jkt": "x"})),
            ("scope=a b=c", "scope", json!("a b=c")),
            ("empty=", "empty", json!("")),
        ] {
            let name = name.to_owned();
            assert_eq!(claim(text), Ok(Claim { name, value }));
        }
        assert!(claim("sub").is_err() && claim("=x").is_err());
    }
}
