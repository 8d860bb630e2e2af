//! Parameters as they are written, by flags or in a profile: nothing is read yet.

use crate::cli::credentials::CredentialFlags;
use crate::secret::SecretSource;

/// One parameter's value, as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Text(String),
    List(Vec<String>),
    Secret(SecretSource),
    /// JSON, a form, or `@FILE`.
    Body(String),
    /// A program and its arguments, not yet split.
    Words(String),
    /// The same from a file, which is no list of processes.
    FileBody(String),
}

/// What the flags give, by the parameters' names.
pub fn of_flags(flags: &CredentialFlags) -> Vec<(&'static str, Written)> {
    let (login, oauth, programs) = (&flags.login, &flags.oauth, &flags.programs);
    let texts = [
        ("scheme", &flags.scheme),
        ("header-name", &flags.header_name),
        ("user", &flags.user),
        ("api-key-name", &flags.api_key_name),
        ("login-url", &login.login_url),
        ("token-ptr", &login.token_ptr),
        ("login-refresh-url", &login.login_refresh_url),
        ("login-rpc", &login.login_rpc),
        ("login-target", &login.login_target),
        ("login-refresh-rpc", &login.login_refresh_rpc),
        ("login-logout-rpc", &login.login_logout_rpc),
        ("jwt-ttl", &programs.jwt_ttl),
        ("issuer", &oauth.issuer),
        ("token-url", &oauth.token_url),
        ("grant", &oauth.grant),
        ("client-id", &oauth.client_id),
        ("client-auth", &oauth.client_auth),
        ("audience", &oauth.audience),
        ("assertion-alg", &oauth.assertion_alg),
        ("kid", &oauth.kid),
    ];
    let secrets = [
        ("token", &flags.token),
        ("password", &flags.password),
        ("api-key", &flags.api_key),
        ("client-secret", &oauth.client_secret),
        ("refresh-token", &oauth.refresh_token),
        ("assertion-key", &oauth.assertion_key),
    ];
    let lists = [("scope", &oauth.scope), ("resource", &oauth.resource)];
    let bodies = [
        ("login-body", &login.login_body),
        ("login-refresh-body", &login.login_refresh_body),
        ("login-data", &login.login_data),
        ("jwt-claims", &programs.jwt_claims),
    ];
    let texts = texts
        .into_iter()
        .filter_map(|(name, text)| Some((name, Written::Text(text.clone()?))));
    let secrets = secrets
        .into_iter()
        .filter_map(|(name, source)| Some((name, Written::Secret(source.clone()?))));
    let lists = lists
        .into_iter()
        .filter(|(_, list)| !list.is_empty())
        .map(|(name, list)| (name, Written::List(list.clone())));
    let bodies = bodies
        .into_iter()
        .filter_map(|(name, text)| Some((name, Written::Body(text.clone()?))));
    let words = programs.exec.clone();
    let words = words.map(|words| ("exec", Written::Words(words)));
    texts
        .chain(secrets)
        .chain(lists)
        .chain(bodies)
        .chain(words)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::authenticate::call_credentials;
    use crate::cli::Cli;
    use clap::CommandFactory as _;

    /// A parameter without a flag could be given by profiles alone, and a flag without its parameter
    /// would do nothing.
    #[test]
    fn every_parameter_has_its_flag() {
        let command = Cli::command();
        let call = command.find_subcommand("call").unwrap();
        for kind in call_credentials::ALL {
            for parameter in kind.parameters {
                let flag = call
                    .get_arguments()
                    .find(|argument| argument.get_long() == Some(parameter.name));
                assert!(flag.is_some(), "--{} of {}", parameter.name, kind.name);
            }
        }
    }
}
