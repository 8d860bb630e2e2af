//! `health`, planned: a call of a method that the program knows.

use serde_json::json;
use time::OffsetDateTime;

use crate::cli::health::Health;
use crate::describe::health;
use crate::describe::method::MethodName;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::plan::CallPlan;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::descriptors::Descriptors;
use crate::plan::profile;
use crate::plan::request;
use crate::plan::server;
use crate::plan::usage;
use crate::verdict::Expectation;

/// Longer than any response, whatever a later version of the protocol adds.
const LONGEST_RESPONSE: usize = 1 << 16;

/// What the command line expects of the run; known even if the plan fails.
pub(crate) fn expectation(arguments: &Health) -> Expectation {
    arguments.expect.clone().unwrap_or_default()
}

/// Plans a call. What is refused becomes the evidence of a run that sent nothing.
pub(crate) fn plan(arguments: &Health, clock: OffsetDateTime) -> (Evidence, Option<CallPlan>) {
    let mut to = AskedConnection {
        target: arguments.target.clone().unwrap_or_default(),
        ..AskedConnection::default()
    };
    let mut asked = Asked {
        aim: Aim::Health,
        method: Some(method(arguments).to_owned()),
        service: Some(arguments.service.clone().unwrap_or_default()),
        wait_for: arguments.wait_for,
        ..Asked::default()
    };
    let planned = stages(arguments, clock, &mut asked, &mut to);
    server::begin(planned, (asked, to), clock, |plan| Some(&plan.channel))
}

fn method(arguments: &Health) -> &'static str {
    match arguments.watch {
        true => health::WATCH,
        false => health::CHECK,
    }
}

fn stages(
    arguments: &Health,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<CallPlan> {
    let profile = profile::choose(&arguments.profile)?;
    let profile = profile.as_ref();
    let words = (arguments.target.as_deref(), arguments.service.as_deref());
    let (target, service) = profile::or_target(profile, words, |word| word.contains([':', '[']));
    let Some(target) = target else {
        return Err(usage(
            "there is no target to ask",
            "write `grpcauth health TARGET`, or name a profile that has a target with -P NAME",
        ));
    };
    let service = service.unwrap_or_default();
    asked.service = Some(service.to_owned());
    let specs = arguments.specs(target);
    let standalone = arguments.profile.standalone;
    let specified = server::specify(specs, false, profile, standalone, clock)?;
    asked.max_time = specified.channel.max_time;
    let mut channel = server::channel(&specified, to)?;
    let caller = CallerPlan {
        allow_unverified: arguments.tls.allow_unverified_credentials,
        ..server::caller(&specified, &mut channel, None)?
    };
    let message = json!({ "service": service }).to_string();
    Ok(CallPlan {
        channel,
        caller,
        method: MethodName::parse(method(arguments)).expect("the protocol's methods are methods"),
        descriptors: Descriptors::built_in(health::given()),
        request: request::read(Some(&message))?,
        emit_defaults: true,
        allow_unknown_fields: false,
        compress: arguments.compress.is_some(),
        max_message_size: LONGEST_RESPONSE,
        probes: !arguments.target_flags.no_probe,
    })
}
