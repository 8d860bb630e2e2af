//! Heading "Credentials": who is calling. SRC is a reference, never the secret itself.

use clap::Args;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;

use crate::authenticate::call_credentials;
use crate::authenticate::client_authentication;
use crate::authenticate::grants;
use crate::cli::values::choice;
use crate::identity::CacheMode;
use crate::identity::RetryAuth;
use crate::secret::SecretSource;

const SRC: &str = "SRC";

#[derive(Clone, Debug, Default, Args)]
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

    /// The user of basic authentication, or of a login
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,

    /// The password of --user [default: ask on the terminal]
    #[arg(long, value_name = SRC)]
    pub password: Option<SecretSource>,

    /// Send an API key; may go together with a bearer token
    #[arg(long, value_name = SRC)]
    pub api_key: Option<SecretSource>,

    /// The metadata key that carries the API key
    #[arg(long, value_name = "KEY")]
    pub api_key_name: Option<String>,

    #[command(flatten)]
    pub login: LoginFlags,
    #[command(flatten)]
    pub oauth: OAuthFlags,
    #[command(flatten)]
    pub programs: ProgramFlags,
    #[command(flatten)]
    pub sending: SendingFlags,
}

/// Heading "Login": a token for a name and a password.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Login (a token for a name and a password)")]
pub struct LoginFlags {
    /// POST name and password here, and send the token that comes
    #[arg(long, value_name = "URL")]
    pub login_url: Option<String>,

    /// The login's data as JSON, or as a form (a=b&c=d); ${username} and ${password} are --user and
    /// --password, ${env:NAME} and ${file:PATH} other secrets
    /// [default: {"username":"${username}","password":"${password}"}]
    #[arg(long, value_name = "JSON|@FILE")]
    pub login_body: Option<String>,

    /// Where the token stands: a JSON Pointer, or header:NAME
    /// [default: /token, then /access_token, then /accessToken]
    #[arg(long, value_name = "POINTER")]
    pub token_ptr: Option<String>,

    /// POST the refresh token here for a new token
    #[arg(long, value_name = "URL")]
    pub login_refresh_url: Option<String>,

    /// Call this method without a credential, and send the token that comes; auth.v1.AuthService alone will
    /// do, its methods are known
    #[arg(long, value_name = "METHOD")]
    pub login_rpc: Option<String>,

    /// The request of --login-rpc, as --login-body has it
    #[arg(long, value_name = "JSON|@FILE")]
    pub login_data: Option<String>,

    /// Where --login-rpc is called [default: the target]
    #[arg(long, value_name = "TARGET")]
    pub login_target: Option<String>,

    /// The method that gives a new token for the refresh token
    #[arg(long, value_name = "METHOD")]
    pub login_refresh_rpc: Option<String>,

    /// The method that makes the tokens void, for `token clear --log-out`
    #[arg(long, value_name = "METHOD")]
    pub login_logout_rpc: Option<String>,

    /// The data of the refresh [default: {"refresh_token":"${refresh_token}"}]
    #[arg(long, value_name = "JSON|@FILE")]
    pub login_refresh_body: Option<String>,
}

/// Heading "OAuth 2.0".
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "OAuth 2.0")]
pub struct OAuthFlags {
    /// The authorization server, which says itself where its endpoints are
    #[arg(long, value_name = "URL")]
    pub issuer: Option<String>,

    /// The token endpoint
    #[arg(long, value_name = "URL")]
    pub token_url: Option<String>,

    /// The grant [default: what the other flags imply, else client_credentials]
    #[arg(long, value_name = "NAME", value_parser = grant_names())]
    pub grant: Option<String>,

    /// The client's id
    #[arg(long, value_name = "ID")]
    pub client_id: Option<String>,

    /// The client's secret
    #[arg(long, value_name = SRC)]
    pub client_secret: Option<SecretSource>,

    /// How the client proves who it is [default: client_secret_basic with a secret, private_key_jwt with
    /// an --assertion-key, else none]
    #[arg(long, value_name = "METHOD", value_parser = client_authentications())]
    pub client_auth: Option<String>,

    /// What the token is to allow (repeatable; spaces inside separate)
    #[arg(long, value_name = "SCOPE")]
    pub scope: Vec<String>,

    /// Whom the token is for
    #[arg(long, value_name = "AUDIENCE")]
    pub audience: Option<String>,

    /// The resource that the token is for, an absolute URI (repeatable; RFC 8707)
    #[arg(long, value_name = "URI")]
    pub resource: Vec<String>,

    /// The refresh token of an earlier login
    #[arg(long, value_name = SRC)]
    pub refresh_token: Option<SecretSource>,

    /// The private key that signs: PEM or JWK
    #[arg(long, value_name = SRC)]
    pub assertion_key: Option<SecretSource>,

    /// The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]
    #[arg(long, value_name = "ALG")]
    pub assertion_alg: Option<String>,

    /// The id of --assertion-key in what it signs
    #[arg(long, value_name = "KID")]
    pub kid: Option<String>,

    /// Trust these certificates at the token endpoint [default: those of --cacert]
    #[arg(long, value_name = "FILE")]
    pub token_cacert: Vec<std::path::PathBuf>,

    /// Present this certificate to the token endpoint
    #[arg(long, value_name = "FILE")]
    pub token_cert: Option<std::path::PathBuf>,

    /// The private key of --token-cert
    #[arg(long, value_name = "FILE", requires = "token_cert")]
    pub token_key: Option<std::path::PathBuf>,

    /// Send secrets to a token endpoint over plaintext, where everybody on the way can read them
    #[arg(long)]
    pub allow_http_token_endpoint: bool,
}

/// Heading "Own tokens": made here, or by a program.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Tokens made here, or by a program")]
pub struct ProgramFlags {
    /// With --auth jwt: what the token says beside iat, exp and jti; signed with --assertion-key
    #[arg(long, value_name = "JSON|@FILE")]
    pub jwt_claims: Option<String>,

    /// With --auth jwt: how long the token is good for [default: 5m]
    #[arg(long, value_name = "DURATION")]
    pub jwt_ttl: Option<String>,

    /// Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or what
    /// git's and docker's credential helpers print
    #[arg(long, value_name = "PROGRAM ARG…")]
    pub exec: Option<String>,
}

/// Heading "Sending credentials": when, and to whom.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Sending credentials")]
pub struct SendingFlags {
    /// Whether to get a new token and call once more when a call is refused for its credential: auto does
    /// so where nothing was shown and the request can be repeated, always also after headers [default: auto]
    #[arg(long, value_name = "WHEN", value_parser = choice::<RetryAuth>())]
    pub retry_auth: Option<RetryAuth>,

    /// Where fetched tokens are kept [default: auto, which is the disk for grants with a refresh token, else
    /// memory]
    #[arg(long, value_name = "WHERE", value_parser = choice::<CacheMode>())]
    pub token_cache: Option<CacheMode>,

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
    let kinds = call_credentials::ALL.iter();
    PossibleValuesParser::new(kinds.map(|kind| PossibleValue::new(kind.name).help(kind.summary)))
}

/// The grants, from their table.
fn grant_names() -> PossibleValuesParser {
    let grants = grants::ALL.iter();
    PossibleValuesParser::new(
        grants.map(|grant| PossibleValue::new(grant.name).help(grant.summary)),
    )
}

/// The ways in which a client proves itself, from their table.
fn client_authentications() -> PossibleValuesParser {
    let methods = client_authentication::ALL.iter();
    PossibleValuesParser::new(
        methods.map(|method| PossibleValue::new(method.name).help(method.summary)),
    )
}
