//! What a command line says of a server and of who is calling it, over what a profile says.

use time::OffsetDateTime;

use crate::connect::endpoint::Location;
use crate::identity::caller::CallerSpec;
use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::profile::Profile;

/// A server, and who is calling it.
#[derive(Clone, Debug)]
pub(crate) struct Specified<'a> {
    pub channel: ChannelSpec,
    pub caller: CallerSpec,
    pub profile: Option<&'a Profile>,
    /// None of our variables has a say.
    pub standalone: bool,
    pub clock: OffsetDateTime,
    /// The client certificate is the profile's.
    presents_profile: bool,
}

impl<'a> Specified<'a> {
    pub(crate) fn new(
        (channel, caller): (ChannelSpec, CallerSpec),
        profile: Option<&'a Profile>,
        standalone: bool,
        clock: OffsetDateTime,
    ) -> Self {
        let is_given = channel.tls.client.is_some();
        let (channel, caller) = match profile {
            None => (channel, caller),
            Some(profile) => (channel.over(&profile.channel), caller.over(&profile.caller)),
        };
        Self {
            presents_profile: !is_given && channel.tls.client.is_some(),
            channel,
            caller,
            profile,
            standalone,
            clock,
        }
    }

    /// The target as it was typed; empty: there is none.
    pub(crate) fn target(&self) -> &str {
        self.channel.target.as_deref().unwrap_or_default()
    }

    /// The profile's client certificate is shown to its hosts alone.
    pub(crate) fn admit(&self, location: &Location) -> Planned<()> {
        match self.profile.filter(|_| self.presents_profile) {
            None => Ok(()),
            Some(profile) => {
                profile.admit("a client certificate".to_owned(), self.target(), location)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::channel::ClientFiles;

    #[test]
    fn a_profiles_certificate_is_bound_and_a_given_one_is_not() {
        let client = || {
            Some(ClientFiles {
                cert: "me.pem".into(),
                key: None,
                key_pass: None,
            })
        };
        let mut profile = Profile::default();
        profile.channel.tls.client = client();
        for (given, target, admitted) in [
            (None, "a.test", false),
            (client(), "a.test", true),
            (None, "http://a.test", true),
        ] {
            let mut channel = ChannelSpec {
                target: Some(target.into()),
                ..ChannelSpec::default()
            };
            channel.tls.client = given;
            let specs = (channel, CallerSpec::default());
            let clock = OffsetDateTime::UNIX_EPOCH;
            let specified = Specified::new(specs, Some(&profile), true, clock);
            let location = Location::Unix("/elsewhere".into());
            assert_eq!(specified.admit(&location).is_ok(), admitted, "{target}");
        }
    }
}
