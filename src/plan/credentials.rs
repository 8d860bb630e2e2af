//! From credential flags to specifications, with their secrets read, and checked.

use crate::authenticate;
use crate::authenticate::Prepared;
use crate::cli::credentials::CredentialFlags;
use crate::cli::metadata::MetadataFlags;
use crate::evidence::Asked;
use crate::evidence::Refusal;
use crate::identity::CredentialSpec;
use crate::identity::Parameter;
use crate::identity::Value;
use crate::metadata::Metadata;
use crate::metadata::carries_a_credential;
use crate::plan::Planned;
use crate::plan::metadata;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::SecretSource;

/// Who is calling, and what goes along.
#[derive(Debug, Default)]
pub struct CallerPlan {
    pub credentials: Vec<Prepared>,
    /// Plain metadata for every RPC, for the call alone, for reflection alone.
    pub everywhere: Metadata,
    pub on_call: Metadata,
    pub on_reflection: Metadata,
    pub authenticate_reflection: bool,
    pub notices: Vec<String>,
}

/// Plans credentials and metadata; a credential over plaintext is refused here.
pub fn plan(
    flags: &CredentialFlags,
    metadata_flags: &MetadataFlags,
    asked: &Asked,
) -> Planned<CallerPlan> {
    let mut caller = CallerPlan {
        authenticate_reflection: !flags.no_auth_on_reflection,
        ..CallerPlan::default()
    };
    for spec in specifications(flags, &mut caller.notices)? {
        let prepared = authenticate::prepare(&spec).map_err(Refusal::Credential)?;
        caller.credentials.extend(prepared);
    }
    metadata::plan(metadata_flags, &mut caller)?;
    one_credential_a_key(&caller.credentials)?;
    refuse_plaintext(&caller, flags, asked)?;
    Ok(caller)
}

/// The flags here that may read standard input, and whether each does.
pub fn stdin_claims(flags: &CredentialFlags) -> [(&'static str, bool); 3] {
    [
        ("--token", secrets::is_stdin(flags.token.as_ref())),
        ("--password", secrets::is_stdin(flags.password.as_ref())),
        ("--api-key", secrets::is_stdin(flags.api_key.as_ref())),
    ]
}

/// What the flags specify. `--auth none` beats all the others.
fn specifications(
    flags: &CredentialFlags,
    notices: &mut Vec<String>,
) -> Planned<Vec<CredentialSpec>> {
    let auth = flags.auth.as_deref();
    if auth == Some("none") {
        return Ok(Vec::new());
    }
    let mut specifications = Vec::new();
    if flags.token.is_some() || auth == Some("bearer") {
        let mut parameters = Vec::new();
        secret("token", flags.token.as_ref(), &mut parameters, notices)?;
        text("scheme", flags.scheme.as_ref(), &mut parameters);
        text("header-name", flags.header_name.as_ref(), &mut parameters);
        specifications.push(spec("bearer", parameters));
    } else if flags.scheme.is_some() || flags.header_name.is_some() {
        return Err(usage(
            "--scheme and --header-name shape a token, and there is none",
            "give one with --token SRC",
        ));
    }
    if flags.user.is_some() || auth == Some("basic") {
        let mut parameters = Vec::new();
        text("user", flags.user.as_ref(), &mut parameters);
        let ask = SecretSource::Prompt;
        let password = flags
            .password
            .as_ref()
            .or(flags.user.as_ref().map(|_| &ask));
        secret("password", password, &mut parameters, notices)?;
        specifications.push(spec("basic", parameters));
    }
    if flags.api_key.is_some() || auth == Some("api-key") {
        let mut parameters = Vec::new();
        secret("api-key", flags.api_key.as_ref(), &mut parameters, notices)?;
        text("api-key-name", flags.api_key_name.as_ref(), &mut parameters);
        specifications.push(spec("api-key", parameters));
    }
    Ok(specifications)
}

fn spec(kind: &str, parameters: Vec<Parameter>) -> CredentialSpec {
    CredentialSpec {
        kind: kind.to_owned(),
        parameters,
    }
}

fn text(name: &'static str, given: Option<&String>, parameters: &mut Vec<Parameter>) {
    parameters.extend(given.map(|text| Parameter {
        name,
        value: Value::Text(text.clone()),
    }));
}

fn secret(
    name: &'static str,
    given: Option<&SecretSource>,
    parameters: &mut Vec<Parameter>,
    notices: &mut Vec<String>,
) -> Planned<()> {
    let Some(source) = given else {
        return Ok(());
    };
    let secret = secrets::read(name, source, notices)?;
    parameters.push(Parameter {
        name,
        value: Value::Secret {
            secret,
            source: source.clone(),
        },
    });
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

/// Never over plaintext, loopback TCP included; a unix socket never leaves the machine's kernel.
fn refuse_plaintext(caller: &CallerPlan, flags: &CredentialFlags, asked: &Asked) -> Planned<()> {
    if !asked.plaintext || asked.unix_socket || flags.allow_plaintext_credentials {
        return Ok(());
    }
    let refuse = |kind, source: &str| {
        Err(Refusal::PlaintextCredential {
            kind,
            source: source.to_owned(),
        })
    };
    if let Some(credential) = caller.credentials.first() {
        return refuse(credential.kind(), credential.source());
    }
    for (plain, flag) in [
        (&caller.on_call, "--rpc-header"),
        (&caller.on_reflection, "--reflect-header"),
    ] {
        if plain.iter().any(|entry| carries_a_credential(&entry.key)) {
            return refuse("metadata", flag);
        }
    }
    Ok(())
}
