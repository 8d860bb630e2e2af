//! `handshake`, planned.

use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::credentials::CredentialFlags;
use crate::cli::handshake::Handshake;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::profile;
use crate::plan::profile::Filled;
use crate::plan::usage;

/// Everything that shaking hands needs.
#[derive(Debug)]
pub struct HandshakePlan {
    pub channel: ChannelPlan,
    pub all_addresses: bool,
    pub chain_pem: Option<PathBuf>,
    pub probes: bool,
}

/// Plans a handshake. What is refused becomes the evidence of a run that sent nothing.
pub fn plan(arguments: &Handshake, clock: OffsetDateTime) -> (Evidence, Option<HandshakePlan>) {
    let mut asked = Asked {
        aim: Aim::Handshake,
        ..Asked::default()
    };
    let mut to = AskedConnection::default();
    let planned = stages(arguments, clock, &mut asked, &mut to);
    let mut evidence = Evidence::new(clock, asked, to);
    match planned {
        Ok(channel) => {
            channel.note_in(&mut evidence);
            let plan = HandshakePlan {
                channel,
                all_addresses: arguments.all_addresses,
                chain_pem: arguments.chain_pem.clone(),
                probes: !arguments.target_flags.no_probe,
            };
            (evidence, Some(plan))
        }
        Err(refusal) => {
            evidence.refusal = Some(refusal);
            (evidence, None)
        }
    }
}

fn stages(
    arguments: &Handshake,
    clock: OffsetDateTime,
    asked: &mut Asked,
    to: &mut AskedConnection,
) -> Planned<ChannelPlan> {
    let profile = profile::choose(&arguments.profile)?;
    let profile = profile.as_ref();
    let given = arguments.target.as_deref();
    let Some(target) = given.or_else(|| profile?.target.as_deref()) else {
        return Err(usage(
            "there is no target to shake hands with",
            "name one, or a profile that has one with -P NAME",
        ));
    };
    let flags = Filled::new(
        profile,
        target,
        &arguments.target_flags,
        &arguments.tls,
        &CredentialFlags::default(),
    );
    asked.max_time = flags.target_flags.max_time;
    let channel = channel::plan(target, &flags.target_flags, &flags.tls, clock, to)?;
    flags.admit(profile, target, &channel)?;
    Ok(channel)
}
