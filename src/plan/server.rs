//! A server to reach and who is calling it, planned: the same for every command that connects.

use crate::evidence::AskedConnection;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::credentials;
use crate::plan::credentials::CallerPlan;
use crate::plan::credentials::CredentialContext;
use crate::plan::descriptors::Descriptors;
use crate::plan::metadata;
use crate::plan::profile::Specified;
use crate::plan::secrets;

/// Standard input is read once: by `-d`, or by one of what the flags refer to. Nothing is read before that is known.
pub fn claim_stdin_once(
    data: Option<bool>,
    channel: &ChannelSpec,
    caller: &CallerSpec,
) -> Planned<()> {
    let mut claims: Vec<(&str, bool)> = data.map(|reads| ("-d", reads)).into_iter().collect();
    claims.extend(channel::stdin_claims(channel));
    claims.extend(credentials::stdin_claims(caller));
    claims.extend(metadata::stdin_claims(&caller.metadata));
    secrets::claim_stdin_once(&claims)
}

/// Plans the channel, and fills in what `to` says of the target.
pub fn channel(specified: &Specified<'_>, to: &mut AskedConnection) -> Planned<ChannelPlan> {
    let (spec, clock) = (&specified.channel, specified.clock);
    let channel = channel::plan(specified.target(), spec, clock, to)?;
    specified.admit(&channel.endpoint.location)?;
    Ok(channel)
}

/// Plans who is calling over `channel`.
pub fn caller(
    specified: &Specified<'_>,
    channel: &ChannelPlan,
    descriptors: Option<&Descriptors>,
    to: &AskedConnection,
) -> Planned<CallerPlan> {
    let context = CredentialContext {
        specified,
        channel: Some(channel),
        descriptors,
    };
    credentials::plan(&context, to)
}
