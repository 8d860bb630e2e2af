//! Headings "Credentials", "Login", "OAuth 2.0" and others: who is calling. SRC is a reference, never the secret
//! itself. The flags of each kind of credential come from its row.

use clap::Arg;
use clap::ArgAction;
use clap::ArgMatches;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;

use crate::authenticate::call_credentials;
use crate::cli::metadata::MetadataFlags;
use crate::cli::values::choice;
use crate::identity::caller::CacheMode;
use crate::identity::caller::CallerSpec;
use crate::identity::caller::RetryAuth;
use crate::identity::channel::ClientFiles;
use crate::identity::channel::TlsSpec;
use crate::identity::kind::CredentialParameter;
use crate::identity::kind::Form;
use crate::identity::written::Given;
use crate::identity::written::Written;
use crate::secret::SecretSource;

#[derive(Clone, Debug, Default)]
pub struct CredentialFlags {
    /// `--auth`: the kind that is meant.
    pub auth: Option<String>,
    /// The parameters of credentials that are given.
    pub parameters: Vec<Given>,
    pub token_endpoint: TokenEndpointFlags,
    pub sending: SendingFlags,
}

/// Heading "OAuth 2.0": how the token endpoint is reached.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = call_credentials::OAUTH)]
pub struct TokenEndpointFlags {
    /// Trust these certificates at the token endpoint [default: those of --cacert]
    #[arg(long, value_name = "FILE")]
    pub token_cacert: Vec<std::path::PathBuf>,

    /// Present this certificate to the token endpoint
    #[arg(long, value_name = "FILE")]
    pub token_cert: Option<std::path::PathBuf>,

    /// The private key of --token-cert
    #[arg(long, value_name = "FILE", requires = "token_cert")]
    pub token_key: Option<std::path::PathBuf>,

    /// Send secrets to a token endpoint over plaintext, where anyone on the network can read them
    #[arg(long)]
    pub allow_http_token_endpoint: bool,
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

    /// Send credentials over plaintext, where anyone on the network can read them
    #[arg(long)]
    pub allow_plaintext_credentials: bool,

    /// Do not send the credential with reflection requests
    #[arg(long)]
    pub no_auth_on_reflection: bool,

    /// Show secrets in the output
    #[arg(long)]
    pub show_secrets: bool,
}

impl CredentialFlags {
    /// Who is calling and what goes along, as these flags say.
    pub fn caller(&self, metadata: &MetadataFlags) -> CallerSpec {
        let (endpoint, sending) = (&self.token_endpoint, &self.sending);
        CallerSpec {
            kind: self.auth.clone(),
            parameters: self.parameters.clone(),
            token_tls: TlsSpec {
                ca: endpoint.token_cacert.clone(),
                client: endpoint.token_cert.clone().map(|cert| ClientFiles {
                    cert,
                    key: endpoint.token_key.clone(),
                    key_pass: None,
                }),
                ..TlsSpec::default()
            },
            allow_http_token_endpoint: endpoint.allow_http_token_endpoint,
            token_cache: sending.token_cache,
            retry: sending.retry_auth,
            allow_plaintext: sending.allow_plaintext_credentials,
            no_auth_on_reflection: sending.no_auth_on_reflection,
            metadata: metadata.spec(),
            ..CallerSpec::default()
        }
    }
}

impl Args for CredentialFlags {
    fn augment_args(command: Command) -> Command {
        let mut command = command
            .next_help_heading(call_credentials::HEADING)
            .arg(kind());
        for heading in headings() {
            command = command.next_help_heading(heading);
            let (late, early): (Vec<_>, Vec<_>) = parameters()
                .filter(|(own, _)| *own == heading)
                .partition(|(_, parameter)| parameter.listed_late);
            command = command.args(early.into_iter().chain(late).map(|(_, own)| flag(own)));
            if heading == call_credentials::OAUTH {
                command = TokenEndpointFlags::augment_args(command);
            }
        }
        SendingFlags::augment_args(command)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for CredentialFlags {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = parameters().filter_map(|(_, parameter)| {
            written(parameter, matches).map(|written| (parameter.name, written))
        });
        Ok(Self {
            auth: matches.get_one("auth").cloned(),
            parameters: given.collect(),
            token_endpoint: TokenEndpointFlags::from_arg_matches(matches)?,
            sending: SendingFlags::from_arg_matches(matches)?,
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Every parameter once, under the heading of the first kind that has it.
fn parameters() -> impl Iterator<Item = (&'static str, &'static CredentialParameter)> {
    let mut named = Vec::new();
    call_credentials::kinds()
        .flat_map(|kind| kind.parameters.iter().map(|own| (kind.heading, own)))
        .filter(move |(_, parameter)| {
            let is_new = !named.contains(&parameter.name);
            named.push(parameter.name);
            is_new
        })
}

fn headings() -> Vec<&'static str> {
    let mut headings = Vec::new();
    for kind in call_credentials::kinds() {
        if !headings.contains(&kind.heading) {
            headings.push(kind.heading);
        }
    }
    headings
}

fn kind() -> Arg {
    let kinds = call_credentials::kinds();
    Arg::new("auth")
        .long("auth")
        .value_name("KIND")
        .help("The kind of credential [default: what the other flags imply]")
        .value_parser(words(kinds.map(|kind| (kind.name, kind.summary))))
}

fn flag(parameter: &CredentialParameter) -> Arg {
    let flag = Arg::new(parameter.name)
        .long(parameter.name)
        .value_name(parameter.value_name)
        .help(parameter.help)
        .action(match parameter.form {
            Form::List => ArgAction::Append,
            _ => ArgAction::Set,
        });
    match (parameter.form, parameter.words) {
        (Form::Secret, _) => flag.value_parser(clap::value_parser!(SecretSource)),
        (_, Some(allowed)) => flag.value_parser(words(allowed().into_iter())),
        (_, None) => flag,
    }
}

fn words(words: impl Iterator<Item = (&'static str, &'static str)>) -> PossibleValuesParser {
    PossibleValuesParser::new(words.map(|(word, help)| PossibleValue::new(word).help(help)))
}

/// What a parameter's flag gives.
fn written(parameter: &CredentialParameter, matches: &ArgMatches) -> Option<Written> {
    let text = || matches.get_one::<String>(parameter.name).cloned();
    match parameter.form {
        Form::Text => text().map(Written::Text),
        Form::Body => text().map(Written::Body),
        Form::Words => text().map(Written::Words),
        Form::List => {
            let list = matches.get_many::<String>(parameter.name)?;
            Some(Written::List(list.cloned().collect()))
        }
        Form::Secret => {
            let source = matches.get_one::<SecretSource>(parameter.name);
            source.cloned().map(Written::Secret)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A parameter without its flag could be given by profiles alone.
    #[test]
    fn every_parameter_is_given_by_its_flag() {
        for parameter in call_credentials::kinds().flat_map(|kind| kind.parameters) {
            let value = match (parameter.form, parameter.words) {
                (Form::Secret, _) => "env:S",
                (_, Some(words)) => words()[0].0,
                _ => "text",
            };
            let command = CredentialFlags::augment_args(Command::new("test"));
            let line = ["test", &format!("--{}", parameter.name), value];
            let matches = command.try_get_matches_from(line).unwrap();
            let flags = CredentialFlags::from_arg_matches(&matches).unwrap();
            let [(name, _)] = flags.parameters.as_slice() else {
                panic!("--{} gives {:?}", parameter.name, flags.parameters);
            };
            assert_eq!(*name, parameter.name);
        }
    }
}
