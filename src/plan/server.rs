//! A server to reach and who is calling it, planned: the same for every command that connects.

use time::OffsetDateTime;

use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::credentials;
use crate::plan::credentials::CredentialContext;
use crate::plan::descriptors::Descriptors;
use crate::plan::metadata;
use crate::plan::profile::Profile;
use crate::plan::profile::Specified;
use crate::plan::secrets;

/// The flags over the profile. Standard input is read once: by `-d`, or by one of what the flags refer to; nothing of
/// that is read before it is known.
pub(crate) fn specify<'a>(
    (channel, caller): (ChannelSpec, CallerSpec),
    reads_data: bool,
    profile: Option<&'a Profile>,
    standalone: bool,
    clock: OffsetDateTime,
) -> Planned<Specified<'a>> {
    let mut claims = vec![("-d", reads_data)];
    claims.extend(channel::stdin_claims(&channel));
    claims.extend(credentials::stdin_claims(&caller));
    claims.extend(metadata::stdin_claims(&caller.metadata));
    secrets::claim_stdin_once(&claims)?;
    let specs = (channel, caller);
    Ok(Specified::new(specs, profile, standalone, clock))
}

/// The evidence that a run begins with. What is refused becomes the evidence of a run that sent nothing.
pub(crate) fn begin<T>(
    planned: Planned<T>,
    (asked, to): (Asked, AskedConnection),
    clock: OffsetDateTime,
    channel: impl FnOnce(&T) -> Option<&ChannelPlan>,
) -> (Evidence, Option<T>) {
    let mut evidence = Evidence::new(clock, asked, to);
    match planned {
        Ok(plan) => {
            if let Some(channel) = channel(&plan) {
                channel.note_in(&mut evidence);
            }
            (evidence, Some(plan))
        }
        Err(refusal) => {
            evidence.refusal = Some(refusal);
            (evidence, None)
        }
    }
}

/// Plans the channel, and fills in what `to` says of the target.
pub(crate) fn channel(specified: &Specified<'_>, to: &mut AskedConnection) -> Planned<ChannelPlan> {
    let (spec, clock) = (&specified.channel, specified.clock);
    let channel = channel::plan(specified.target(), spec, clock, to)?;
    specified.admit(&channel.endpoint.location)?;
    Ok(channel)
}

/// Plans who is calling over `channel`, which is kept from being read where a credential goes over it.
pub(crate) fn caller(
    specified: &Specified<'_>,
    channel: &mut ChannelPlan,
    descriptors: Option<&Descriptors>,
) -> Planned<CallerPlan> {
    let context = CredentialContext {
        specified,
        channel: Some(channel),
        descriptors,
    };
    let mut caller = credentials::plan(&context)?;
    let allows_plaintext = specified.caller.allow_plaintext;
    credentials::guard(&mut caller, &mut channel.endpoint, allows_plaintext)?;
    Ok(caller)
}
