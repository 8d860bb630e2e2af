//! Heading "Credentials": who is calling. SRC is a reference, never the secret itself.

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::authenticate::call_credentials;
use crate::secret::SecretSource;

const SRC: &str = "SRC";

#[derive(Debug, Default, Args)]
#[command(
    next_help_heading = "Credentials (SRC: env:NAME, file:PATH, stdin, prompt, cmd:PROGRAM ARG…)"
)]
pub struct CredentialFlags {
    /// The kind of credential [default: what the other flags imply]
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub auth: Option<String>,

    /// Send a bearer token
    #[arg(long, value_name = SRC)]
    pub token: Option<SecretSource>,

    /// The scheme before the token; `--scheme=` sends the token alone [default: Bearer]
    #[arg(long, value_name = "WORD")]
    pub scheme: Option<String>,

    /// The metadata key that carries the token
    #[arg(long, value_name = "KEY")]
    pub header_name: Option<String>,

    /// The user of basic authentication
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,

    /// The password of --user [default: ask on the terminal]
    #[arg(long, value_name = SRC, requires = "user")]
    pub password: Option<SecretSource>,

    /// Send an API key; may go together with a bearer token
    #[arg(long, value_name = SRC)]
    pub api_key: Option<SecretSource>,

    /// The metadata key that carries the API key
    #[arg(long, value_name = "KEY", requires = "api_key")]
    pub api_key_name: Option<String>,

    /// Send credentials over plaintext, where everybody on the way can read them
    #[arg(long)]
    pub allow_plaintext_credentials: bool,

    /// Keep the credential from reflection; it then goes with the call alone
    #[arg(long)]
    pub no_auth_on_reflection: bool,

    /// Show secrets in the output
    #[arg(long)]
    pub show_secrets: bool,
}

/// The kinds, from their table.
fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(
        call_credentials::ALL
            .iter()
            .map(|kind| clap::builder::PossibleValue::new(kind.name).help(kind.summary)),
    )
}
