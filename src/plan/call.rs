//! `call`, planned.

use std::time::Duration;

use http::HeaderValue;
use time::OffsetDateTime;

use crate::cli::call::Call;
use crate::describe::method::MethodName;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::credentials;
use crate::plan::credentials::CallerPlan;
use crate::plan::credentials::CredentialContext;
use crate::plan::descriptors;
use crate::plan::descriptors::Descriptors;
use crate::plan::metadata;
use crate::plan::profile;
use crate::plan::profile::Filled;
use crate::plan::request;
use crate::plan::request::Input;
use crate::plan::secrets;
use crate::plan::usage;
use crate::verdict::Expectation;

/// How long an RPC may take to its first message or status, where `--max-time` says nothing.
pub const FIRST_ANSWER: Duration = Duration::from_secs(30);

/// Everything that the stages of a call need.
#[derive(Debug)]
pub struct CallPlan {
    pub channel: ChannelPlan,
    pub caller: CallerPlan,
    pub method: MethodName,
    pub descriptors: Descriptors,
    pub request: Input,
    pub user_agent: HeaderValue,
    pub emit_defaults: bool,
    pub allow_unknown_fields: bool,
    pub compress: bool,
    pub max_message_size: usize,
    pub allow_unverified_credentials: bool,
    pub probes: bool,
}

/// What the command line expects of the run; known even if the plan fails.
pub fn expectation(arguments: &Call) -> Expectation {
    arguments.expect.clone().unwrap_or_default()
}

/// Plans a call. What is refused becomes the evidence of a run that sent nothing.
pub fn plan(arguments: &Call, clock: OffsetDateTime) -> (Evidence, Option<CallPlan>) {
    let mut to = AskedConnection {
        target: arguments.target.clone(),
        ..AskedConnection::default()
    };
    let mut asked = Asked {
        method: arguments.method.clone(),
        wait_for: arguments.wait_for,
        ..Asked::default()
    };
    let planned = stages(arguments, clock, &mut asked, &mut to);
    let mut evidence = Evidence::new(clock, asked, to);
    match planned {
        Ok(plan) => {
            plan.channel.note_in(&mut evidence);
            (evidence, Some(plan))
        }
        Err(refusal) => {
            evidence.refusal = Some(refusal);
            (evidence, None)
        }
    }
}

fn stages(
    arguments: &Call,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<CallPlan> {
    let data = arguments.data.as_deref();
    claim_stdin_once(arguments, data)?;
    let profile = profile::choose(&arguments.profile)?;
    let profile = profile.as_ref();
    let second = arguments.method.as_deref();
    let (target, name) = profile::of_call(profile, &arguments.target, second)?;
    asked.method = Some(name.to_owned());
    let flags = Filled::new(
        profile,
        target,
        &arguments.target_flags,
        &arguments.tls,
        &arguments.credentials,
    );
    asked.max_time = flags.target_flags.max_time;
    let channel = channel::plan(target, &flags.target_flags, &flags.tls, clock, to)?;
    flags.admit(profile, target, &channel)?;
    let method = MethodName::parse(name).map_err(|error| {
        usage(
            error.to_string(),
            "write package.Service/Method, or an unambiguous end of it",
        )
    })?;
    // The method's name stands for its service where that is not given.
    let service = method.service().unwrap_or(name);
    let key = [to.target.as_str(), &to.authority, service];
    let descriptors = descriptors::plan(&arguments.descriptors, &key)?;
    let context = CredentialContext {
        clock,
        target,
        target_flags: &flags.target_flags,
        tls: &flags.tls,
        channel: Some(&channel),
        descriptors: Some(&descriptors),
        profile,
        standalone: arguments.profile.standalone,
    };
    let caller = credentials::plan(&flags.credentials, &arguments.metadata, &context, to)?;
    Ok(CallPlan {
        channel,
        caller,
        method,
        descriptors,
        request: request::read(data)?,
        user_agent: channel::user_agent(&flags.target_flags)?,
        emit_defaults: arguments.emit_defaults,
        allow_unknown_fields: arguments.allow_unknown_fields,
        compress: arguments.compress.is_some(),
        max_message_size: arguments.max_msg_size,
        allow_unverified_credentials: arguments.tls.allow_unverified_credentials,
        probes: !arguments.target_flags.no_probe,
    })
}

/// Nothing is read before it is known that standard input is read once.
fn claim_stdin_once(arguments: &Call, data: Option<&str>) -> Planned<()> {
    let mut claims = vec![("-d", request::reads_stdin(data))];
    claims.extend(channel::stdin_claims(
        &arguments.target_flags,
        &arguments.tls,
    ));
    claims.extend(credentials::stdin_claims(&arguments.credentials));
    claims.extend(metadata::stdin_claims(&arguments.metadata));
    secrets::claim_stdin_once(&claims)
}
