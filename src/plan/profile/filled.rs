//! Flags with what a profile says where they say nothing.

use crate::cli::credentials::CredentialFlags;
use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::profile::Profile;
use crate::target::Scheme;
use crate::target::Target;

/// The flags of a command that connects, with a profile's settings among them.
#[derive(Clone, Debug)]
pub struct Filled {
    pub target_flags: TargetFlags,
    pub tls: TlsFlags,
    pub credentials: CredentialFlags,
    /// The client certificate is the profile's.
    presents_profile: bool,
}

impl Filled {
    pub fn new(
        profile: Option<&Profile>,
        target: &str,
        target_flags: &TargetFlags,
        tls: &TlsFlags,
        credentials: &CredentialFlags,
    ) -> Self {
        let mut filled = Self {
            target_flags: target_flags.clone(),
            tls: tls.clone(),
            credentials: credentials.clone(),
            presents_profile: false,
        };
        if let Some(profile) = profile {
            filled.channel(profile, target);
            filled.proxy(profile);
            filled.sending(profile);
        }
        filled
    }

    /// The profile's client certificate is shown to its hosts alone.
    pub fn admit(
        &self,
        profile: Option<&Profile>,
        target: &str,
        channel: &ChannelPlan,
    ) -> Planned<()> {
        match profile.filter(|_| self.presents_profile) {
            None => Ok(()),
            Some(profile) => {
                let what = "a client certificate".to_owned();
                profile.admit(what, target, &channel.endpoint.location)
            }
        }
    }

    /// Plaintext and TLS exclude each other: the profile yields to what the command line has of either.
    fn channel(&mut self, profile: &Profile, target: &str) {
        let scheme = Target::parse(target).ok().and_then(|target| target.scheme);
        let plain = self.target_flags.plaintext || scheme == Some(Scheme::Http);
        if profile.plaintext {
            let secure = channel::asks_for_tls(&self.tls) || scheme == Some(Scheme::Https);
            self.target_flags.plaintext |= !secure;
        } else if !plain {
            let given = self.tls.cert.is_some();
            profile.identity.tls.fill(&mut self.tls);
            self.presents_profile = !given && self.tls.cert.is_some();
        }
        let flags = &mut self.target_flags;
        if flags.authority.is_none() {
            flags.authority.clone_from(&profile.authority);
        }
        flags.max_time = flags.max_time.or(profile.max_time);
    }

    /// User and password are the proxy's own: another proxy does not get them.
    fn proxy(&mut self, profile: &Profile) {
        let flags = &mut self.target_flags;
        let Some(proxy) = profile.proxy.as_ref().filter(|_| flags.proxy.is_none()) else {
            return;
        };
        flags.proxy = Some(proxy.url.clone());
        if flags.proxy_user.is_none() {
            flags.proxy_user.clone_from(&proxy.user);
            flags.proxy_password.clone_from(&proxy.password);
        }
    }

    fn sending(&mut self, profile: &Profile) {
        let sending = &mut self.credentials.sending;
        sending.retry_auth = sending.retry_auth.or(profile.retry_auth);
        sending.token_cache = sending.token_cache.or(profile.token_cache);
        let oauth = &mut self.credentials.token_endpoint;
        if oauth.token_cacert.is_empty() {
            oauth.token_cacert.clone_from(&profile.token_tls.ca);
        }
        if let (None, Some(client)) = (&oauth.token_cert, &profile.token_tls.client) {
            oauth.token_cert = Some(client.cert.clone());
            oauth.token_key.clone_from(&client.key);
        }
    }
}

#[cfg(test)]
mod tests;
