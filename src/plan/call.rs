//! `call`, planned.

use std::time::Duration;

use time::OffsetDateTime;

use crate::cli::call::Call;
use crate::describe::method::MethodName;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::channel::ChannelPlan;
use crate::plan::descriptors;
use crate::plan::descriptors::Descriptors;
use crate::plan::profile;
use crate::plan::request;
use crate::plan::request::Input;
use crate::plan::server;
use crate::plan::usage;
use crate::verdict::Expectation;

/// How long an RPC may take to its first message or status, where `--max-time` says nothing.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(30);

/// Everything that the stages of a call need.
#[derive(Debug)]
pub struct CallPlan {
    pub channel: ChannelPlan,
    pub caller: CallerPlan,
    pub method: MethodName,
    pub descriptors: Descriptors,
    pub request: Input,
    pub emit_defaults: bool,
    pub allow_unknown_fields: bool,
    pub compress: bool,
    pub max_message_size: usize,
    pub probes: bool,
}

/// What the command line expects of the run; known even if the plan fails.
pub(crate) fn expectation(arguments: &Call) -> Expectation {
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
    server::begin(planned, (asked, to), clock, |plan| Some(&plan.channel))
}

fn stages(
    arguments: &Call,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<CallPlan> {
    let data = arguments.data.as_deref();
    let flags = &arguments.server;
    let profile = profile::choose(&flags.profile)?;
    let profile = profile.as_ref();
    let second = arguments.method.as_deref();
    let (target, name) = profile::of_call(profile, &arguments.target, second)?;
    asked.method = Some(name.to_owned());
    let specs = flags.specs(Some(target));
    let reads_data = request::reads_stdin(data);
    let specified = server::specify(
        specs,
        reads_data,
        profile,
        flags.profile.stands_alone(),
        clock,
    )?;
    asked.max_time = specified.channel.max_time;
    let mut channel = server::channel(&specified, to)?;
    let method = MethodName::parse(name).map_err(|error| {
        usage(
            error.to_string(),
            "write package.Service/Method, or an unambiguous end of it",
        )
    })?;
    // The method's name stands for its service where that is not given.
    let service = method.service().unwrap_or(name);
    let key = [to.target.as_str(), &to.authority, service];
    let descriptors = descriptors::plan(&descriptors::or_of(&flags.descriptors, profile), &key)?;
    let caller = CallerPlan {
        allow_unverified: flags.tls.allow_unverified_credentials,
        ..server::caller(&specified, &mut channel, Some(&descriptors))?
    };
    Ok(CallPlan {
        channel,
        caller,
        method,
        descriptors,
        request: request::read(data)?,
        emit_defaults: arguments.emit_defaults,
        allow_unknown_fields: arguments.allow_unknown_fields,
        compress: arguments.compress.is_some(),
        max_message_size: arguments.max_msg_size,
        probes: !flags.target.no_probe,
    })
}
