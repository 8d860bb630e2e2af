//! `exec`: what a program prints; a raw token, or what kubectl's, git's and docker's helpers print.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::cache::Entry;
use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::AUDIENCE;
use crate::authenticate::call_credentials::HEADER_NAME;
use crate::authenticate::call_credentials::SCHEME;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::header_name;
use crate::authenticate::call_credentials::unfit;
use crate::authenticate::exec_output;
use crate::authenticate::exec_output::ExecToken;
use crate::authenticate::exec_output::Expiry;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Fetched;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::Source;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::program;
use crate::authenticate::program::Invocation;
use crate::authenticate::setting::Setting;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_fault::sendable;
use crate::authenticate::token_reply;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::identity::kind::Form;
use crate::secret::Secret;
use crate::target::Address;
use crate::target::Target;

/// The heading of tokens that no server gives.
pub(super) const HEADING: &str = "Tokens made here, or by a program";

pub(super) const KIND: CredentialKind = CredentialKind {
    name: "exec",
    summary: "what a program prints: a token, or what kubectl's, git's and docker's helpers print",
    heading: HEADING,
    parameters: &[
        CredentialParameter::text(
            "exec",
            "command",
            "PROGRAM ARG…",
            "Run this program, without a shell, and send what it prints: a token, a kubectl ExecCredential, or \
             what git's and docker's credential helpers print",
        )
        .of(Form::Words)
        .required()
        .implies(),
        AUDIENCE,
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

#[derive(Debug)]
struct Exec {
    http: Arc<HttpSettings>,
    words: Vec<String>,
    target: String,
    audience: Option<String>,
    time_limit: Duration,
}

pub(super) fn prepare(spec: &CredentialSpec, setting: &Setting) -> Result<Prepared, NotObtained> {
    let words: Vec<String> = spec
        .list("exec")
        .iter()
        .map(|word| (*word).to_owned())
        .collect();
    let Some(program) = words.first().cloned() else {
        return Err(unfit(
            "--exec names no program",
            "write --exec 'PROGRAM ARG…'",
        ));
    };
    let (cache, notices) = call_credentials::cache(setting, false)?;
    let mut key = cache
        .key(KIND.name)
        .text("target", &*setting.target)
        .text("audience", spec.text("audience"));
    for word in &words {
        // Arguments may be secret themselves.
        key = key.secret("word", &Secret::may_be_shown(word.as_str()));
    }
    let cache_key = key.finish();
    let fetching = Fetching {
        kind: KIND.name,
        source: format!("exec:{program}"),
        key: header_name(KIND.name, spec)?,
        scheme: spec.text("scheme").map(str::to_owned),
        from: Box::new(Exec {
            http: Arc::clone(&setting.http),
            words,
            target: setting.target.clone(),
            audience: spec.text("audience").map(str::to_owned),
            time_limit: setting.max_time.unwrap_or(program::TIME_LIMIT),
        }),
        cache,
        cache_key,
        http: Arc::clone(&setting.http),
    };
    Ok(Prepared::fetched(fetching, notices))
}

impl Exec {
    async fn run(&self) -> Result<Entry, TokenFault> {
        let began = self.http.now();
        let invocation = Invocation {
            words: &self.words,
            input: self.input(),
            environment: program::environment(&self.target, self.audience.as_deref()),
            time_limit: self.time_limit,
        };
        let output = program::run(invocation)
            .await
            .map_err(TokenFault::Program)?;
        let read = exec_output::parse(&output).map_err(TokenFault::Printed)?;
        let (secret, token_type) = secret(&read)?;
        let expires_at = match read.expiry {
            Some(Expiry::At(at)) => Some(at),
            Some(Expiry::In(time)) => time::Duration::try_from(time)
                .ok()
                .and_then(|time| began.checked_add(time)),
            None => token_reply::expiry(None, secret.expose(), began),
        };
        Ok(Entry {
            access_token: secret,
            refresh_token: None,
            token_type,
            scope: None,
            obtained_at: began,
            expires_at,
        })
    }

    /// What the helper contracts of docker and git have on standard input: the host that is meant.
    fn input(&self) -> Option<Vec<u8>> {
        let name = self.words[0].rsplit('/').next().unwrap_or_default();
        let host = match Target::parse(&self.target).ok()?.address {
            Address::Tcp { host, .. } => host,
            Address::Unix(_) => return None,
        };
        let asks_git = name.starts_with("git-credential")
            || (name == "git" && self.words.get(1).is_some_and(|word| word == "credential"));
        if name.starts_with("docker-credential-") {
            Some(host.into_bytes())
        } else if asks_git {
            Some(format!("protocol=https\nhost={host}\n\n").into_bytes())
        } else {
            None
        }
    }
}

/// What is sent, and as what: with a user's name it is a password. Docker writes `<token>` for no name.
fn secret(read: &ExecToken) -> Result<(Secret, Option<String>), TokenFault> {
    let unusable = |why: &str| TokenFault::Unusable {
        why: why.to_owned(),
    };
    let Some(secret) = &read.secret else {
        return Err(unusable(
            "there is only a client certificate, which secures a channel: give it with --cert and --key",
        ));
    };
    match read.username.as_deref() {
        None | Some("" | "<token>") => {
            sendable(secret.expose()).map_err(|why| TokenFault::Unusable { why })?;
            Ok((secret.clone(), None))
        }
        Some(user) if user.contains(':') => Err(unusable(
            "the user's name has a colon in it, which Basic authentication cannot carry",
        )),
        Some(user) => {
            let pair = STANDARD.encode(format!("{user}:{}", secret.expose()));
            Ok((Secret::new(pair), Some("Basic".to_owned())))
        }
    }
}

impl Source for Exec {
    fn fetch(&self, _: Option<Entry>) -> BoxFuture<'_, Fetched> {
        async move {
            Fetched {
                outcome: self.run().await,
                record: FetchRecord::default(),
            }
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_makes_it_a_password() {
        let read = |user: Option<&str>| ExecToken {
            secret: Some(Secret::new("s3cret")),
            username: user.map(str::to_owned),
            ..ExecToken::default()
        };
        for (user, sent, token_type) in [
            (None, "s3cret", None),
            (Some("<token>"), "s3cret", None),
            (Some("alice"), "YWxpY2U6czNjcmV0", Some("Basic")),
        ] {
            let (secret, kind) = secret(&read(user)).unwrap();
            assert_eq!((secret.expose(), kind.as_deref()), (sent, token_type));
        }
        assert!(secret(&read(Some("a:b"))).is_err());
        assert!(secret(&ExecToken::default()).is_err());
    }
}
