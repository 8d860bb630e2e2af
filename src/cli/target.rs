//! Heading "Target": where to connect, and how long to wait.

use std::time::Duration;

use clap::Args;

use crate::cli::tls::TlsFlags;
use crate::cli::values::duration;
use crate::connect::host_override::HostOverride;
use crate::identity::channel::ChannelSpec;
use crate::identity::channel::ProxySpec;
use crate::secret::SecretSource;

#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Target")]
pub struct TargetFlags {
    /// Connect without TLS
    #[arg(long)]
    pub plaintext: bool,

    /// Send this `:authority` instead of the target's host
    #[arg(long, value_name = "NAME")]
    pub authority: Option<String>,

    /// Use this address for HOST:PORT instead of looking the name up
    #[arg(long, value_name = "HOST:PORT:ADDRESS")]
    pub resolve: Vec<HostOverride>,

    /// Time for resolving, dialling and TLS
    #[arg(long, value_name = "DURATION", default_value = "10s", value_parser = duration)]
    pub connect_timeout: Duration,

    /// Time for everything [default: 30s to the first message or status]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub max_time: Option<Duration>,

    /// Ask a server that owes an answer and is silent for so long whether it is there, by an HTTP/2 PING; give it
    /// up after 20 s more. Many servers close connections that ping more often than every 5 minutes
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    pub keepalive_time: Option<Duration>,

    /// Reach the target through this proxy: http://HOST:PORT (CONNECT), socks5://HOST:PORT, or socks5h://HOST:PORT (the
    /// proxy resolves the target's name); `--proxy=` uses none [default: HTTPS_PROXY or
    /// ALL_PROXY, unless NO_PROXY names the target or it is loopback]
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,

    /// The user of the proxy
    #[arg(long, value_name = "NAME")]
    pub proxy_user: Option<String>,

    /// The password of --proxy-user [default: ask on the terminal]
    #[arg(long, value_name = "SRC", requires = "proxy_user")]
    pub proxy_password: Option<SecretSource>,

    /// Send this user-agent
    #[arg(long, value_name = "TEXT")]
    pub user_agent: Option<String>,

    /// Make no further connection to find out why one failed
    #[arg(long)]
    pub no_probe: bool,
}

impl TargetFlags {
    /// How `target` is reached, as these flags and those of TLS say.
    pub fn channel(&self, target: Option<&str>, tls: &TlsFlags) -> ChannelSpec {
        ChannelSpec {
            target: target.map(str::to_owned),
            plaintext: self.plaintext,
            authority: self.authority.clone(),
            resolve: self.resolve.clone(),
            connect_timeout: Some(self.connect_timeout),
            max_time: self.max_time,
            keepalive_time: self.keepalive_time,
            proxy: ProxySpec {
                url: self.proxy.clone(),
                user: self.proxy_user.clone(),
                password: self.proxy_password.clone(),
            },
            user_agent: self.user_agent.clone(),
            tls: tls.spec(),
            warn_days: Some(tls.warn_days),
        }
    }
}
