//! `handshake`, planned.

use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::handshake::Handshake;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::Evidence;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;

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
    let planned = channel::plan(
        &arguments.target,
        &arguments.target_flags,
        &arguments.tls,
        clock,
        &mut asked,
    );
    let mut evidence = Evidence::new(clock, asked);
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
