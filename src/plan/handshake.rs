//! `handshake`, planned.

use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::handshake::Handshake;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::identity::caller::CallerSpec;
use crate::plan::Planned;
use crate::plan::channel::ChannelPlan;
use crate::plan::profile;
use crate::plan::server;
use crate::plan::usage;

/// Everything that shaking hands needs.
#[derive(Debug)]
pub(crate) struct HandshakePlan {
    pub channel: ChannelPlan,
    pub all_addresses: bool,
    pub chain_pem: Option<PathBuf>,
    pub probes: bool,
}

/// Plans a handshake. What is refused becomes the evidence of a run that sent nothing.
pub(crate) fn plan(
    arguments: &Handshake,
    clock: OffsetDateTime,
) -> (Evidence, Option<HandshakePlan>) {
    let mut asked = Asked {
        aim: Aim::Handshake,
        ..Asked::default()
    };
    let mut to = AskedConnection::default();
    let planned = stages(arguments, clock, &mut asked, &mut to);
    server::begin(planned, (asked, to), clock, |plan| Some(&plan.channel))
}

fn stages(
    arguments: &Handshake,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<HandshakePlan> {
    let profile = profile::choose(&arguments.profile)?;
    let target = arguments.target.as_deref();
    let channel = arguments.target_flags.channel(target, &arguments.tls);
    let specs = (channel, CallerSpec::default());
    let standalone = arguments.profile.stands_alone();
    let specified = server::specify(specs, false, profile.as_ref(), standalone, clock)?;
    if specified.channel.target.is_none() {
        return Err(usage(
            "a target is required",
            "name one, or a profile that has one with -P NAME",
        ));
    }
    asked.max_time = specified.channel.max_time;
    Ok(HandshakePlan {
        channel: server::channel(&specified, to)?,
        all_addresses: arguments.all_addresses,
        chain_pem: arguments.chain_pem.clone(),
        probes: !arguments.target_flags.no_probe,
    })
}
