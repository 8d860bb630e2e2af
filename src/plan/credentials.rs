//! From credential flags to credentials that can be had: their secrets read, and checked.

mod ambient;
mod kinds;
mod precedence;
mod setting;

use std::time::Duration;

use http::header::HeaderName;

use crate::authenticate;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials;
use crate::authenticate::setting::Setting;
use crate::connect::Endpoint;
use crate::evidence::Refusal;
use crate::identity::CredentialSpec;
use crate::identity::Parameter;
use crate::identity::Value;
use crate::identity::caller::CallerSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::Form;
use crate::identity::written::Written;
use crate::identity::written::WrittenCredential;
use crate::metadata::is_secret;
use crate::plan::Planned;
use crate::plan::body;
use crate::plan::caller::CallerPlan;
use crate::plan::metadata;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::SecretSource;

pub(crate) use setting::CredentialContext;

/// Plans credentials and metadata.
pub(crate) fn plan(context: &CredentialContext<'_>) -> Planned<CallerPlan> {
    let spec = &context.specified.caller;
    let mut caller = CallerPlan {
        authenticate_reflection: !spec.no_auth_on_reflection,
        retry: spec.retry.unwrap_or_default(),
        ..CallerPlan::default()
    };
    let max_time = context.specified.channel.max_time;
    metadata::plan(&spec.metadata, max_time, &mut caller)?;
    let given = std::mem::take(&mut caller.credentials);
    let keys: Vec<&HeaderName> = given.iter().map(Prepared::key).collect();
    caller.credentials = prepare(&keys, context, &mut caller.notices)?;
    caller.credentials.extend(given);
    metadata::add_missing(&spec.metadata.defaults, &mut caller);
    one_credential_a_key(&caller.credentials)?;
    Ok(caller)
}

/// The credentials that the flags specify, over those of the environment and the profile, ready to be
/// obtained. What is ambient under one of the `given` metadata keys yields.
pub(crate) fn prepare(
    given: &[&HeaderName],
    context: &CredentialContext<'_>,
    notices: &mut Vec<String>,
) -> Planned<Vec<Prepared>> {
    let spec = &context.specified.caller;
    let named = spec.kind.as_deref();
    let ambient = ambient::find(context, notices)?;
    let mut settled =
        precedence::settle(named, spec.parameters.clone(), ambient.as_ref(), notices)?;
    if let Some(ambient) = ambient.filter(|_| settled.uses_ambient) {
        if spec.parameters.is_empty() {
            precedence::yield_to(given, &mut settled.blocks, &ambient.whose, notices);
        }
        if ambient.of_profile {
            bind(&settled.blocks, context)?;
        }
    }
    let max_time = context.specified.channel.max_time;
    let mut specifications = Vec::with_capacity(settled.blocks.len());
    for block in &settled.blocks {
        specifications.push(read(block, max_time, notices)?);
    }
    let setting = settled
        .blocks
        .iter()
        .any(|block| call_credentials::is_fetched(block.kind))
        .then(|| setting::plan(&specifications, context, notices))
        .transpose()?;
    let mut credentials = Vec::new();
    for spec in &specifications {
        credentials.extend(checked(spec, setting.as_ref())?);
    }
    for credential in &credentials {
        notices.extend_from_slice(credential.notices());
    }
    Ok(credentials)
}

/// A profile's credential goes to its hosts alone; nothing is read for another.
fn bind(blocks: &[WrittenCredential], context: &CredentialContext<'_>) -> Planned<()> {
    let (Some(profile), Some(channel), Some(block)) =
        (context.specified.profile, context.channel, blocks.first())
    else {
        return Ok(());
    };
    let what = format!("a credential of kind {}", block.kind.name);
    profile.admit(what, context.specified.target(), &channel.endpoint.location)
}

fn checked(spec: &CredentialSpec, setting: Option<&Setting>) -> Planned<Option<Prepared>> {
    use authenticate::NotObtained;
    authenticate::prepare(spec, setting).map_err(|refused| match refused {
        NotObtained::Unfit { what, hint } => usage(what, hint),
        refused => Refusal::Credential(refused),
    })
}

/// The flags here that may read standard input, and whether each does.
pub(crate) fn stdin_claims(spec: &CallerSpec) -> Vec<(&'static str, bool)> {
    spec.parameters
        .iter()
        .map(|(name, written)| {
            (
                *name,
                matches!(written, Written::Secret(SecretSource::Stdin)),
            )
        })
        .collect()
}

/// A kind's specification, with its secrets read.
fn read(
    block: &WrittenCredential,
    max_time: Option<Duration>,
    notices: &mut Vec<String>,
) -> Planned<CredentialSpec> {
    let kind = block.kind;
    let mut parameters = Vec::new();
    for (name, written) in &block.parameters {
        let Some(parameter) = kind.parameter(name) else {
            continue;
        };
        let value = match (parameter.form, written) {
            (Form::Text, Written::Text(text)) => Value::Text(text.clone()),
            (Form::List, Written::List(list)) => Value::List(list.clone()),
            (Form::Secret, Written::Secret(source)) => Value::Secret {
                secret: secrets::read_within(parameter.name, source, max_time, notices)?,
                source: source.clone(),
            },
            (Form::Body, Written::Body(text)) => {
                Value::Body(body::read(parameter.name, text, notices)?)
            }
            (Form::Words, Written::Words(line)) => Value::List(split(parameter.name, line)?),
            (Form::Body, Written::FileBody(text)) => {
                Value::Body(body::read_quietly(parameter.name, text)?)
            }
            _ => continue,
        };
        parameters.push(Parameter {
            name: parameter.name,
            value,
        });
    }
    let mut spec = CredentialSpec {
        kind: kind.name.to_owned(),
        parameters,
    };
    ask_for_password(kind, &mut spec, notices)?;
    Ok(spec)
}

/// The words of a program's line, as POSIX splits them; nothing is expanded.
fn split(flag: &str, line: &str) -> Planned<Vec<String>> {
    // Arguments may be secret: the line is not repeated.
    shlex::split(line).ok_or_else(|| {
        usage(
            format!("--{flag} has an unbalanced quote"),
            format!("write --{flag} 'PROGRAM ARG…'; words are split as a shell does, and nothing is expanded"),
        )
    })
}

/// A user without a password is asked for it, where it is wanted.
fn ask_for_password(
    kind: &'static CredentialKind,
    spec: &mut CredentialSpec,
    notices: &mut Vec<String>,
) -> Planned<()> {
    let takes = kind.parameter("password").is_some();
    if !takes || !spec.is_given("user") || spec.is_given("password") {
        return Ok(());
    }
    let wanted = ["login-body", "login-data"]
        .iter()
        .find_map(|name| spec.body(name))
        .is_none_or(body::wants_password);
    if wanted {
        let source = SecretSource::Prompt;
        let secret = secrets::read("password", &source, notices)?;
        spec.parameters.push(Parameter {
            name: "password",
            value: Value::Secret { secret, source },
        });
    }
    Ok(())
}

/// Servers take the first value of a key, or the last: two would be a lottery.
fn one_credential_a_key(credentials: &[Prepared]) -> Planned<()> {
    for (index, credential) in credentials.iter().enumerate() {
        let earlier = credentials[..index]
            .iter()
            .filter(|earlier| earlier.replaces() || credential.replaces())
            .find(|earlier| earlier.key() == credential.key());
        if let Some(earlier) = earlier {
            return Err(usage(
                format!(
                    "two credentials claim `{}`: {} from {} and {} from {}",
                    credential.key(),
                    earlier.kind(),
                    earlier.source(),
                    credential.kind(),
                    credential.source()
                ),
                "leave one of them out",
            ));
        }
    }
    Ok(())
}

/// Never over plaintext but on loopback: what is known not to be there is refused here, the rest by the dial.
pub(crate) fn guard(
    caller: &mut CallerPlan,
    endpoint: &mut Endpoint,
    allows_plaintext: bool,
) -> Planned<()> {
    let Some(refusal) = exposed(caller) else {
        return Ok(());
    };
    if !endpoint.keep_secret(allows_plaintext) {
        return Err(refusal);
    }
    caller.if_not_loopback = endpoint.only_loopback.then_some(refusal);
    Ok(())
}

/// What of the caller's anybody could read on a network.
fn exposed(caller: &CallerPlan) -> Option<Refusal> {
    let refusal = |kind, source: &str| Refusal::PlaintextCredential {
        kind,
        source: source.to_owned(),
    };
    if let Some(credential) = caller.credentials.first() {
        return Some(refusal(credential.kind(), credential.source()));
    }
    let headers = [
        (&caller.on_call, "--rpc-header"),
        (&caller.on_reflection, "--reflect-header"),
    ];
    let (_, flag) = headers
        .into_iter()
        .find(|(plain, _)| plain.iter().any(|entry| is_secret(&entry.key)))?;
    Some(refusal(call_credentials::METADATA.name, flag))
}
