//! The endpoint: address, authority, verified name, channel credentials.

use std::time::Duration;

use http::HeaderValue;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;

use crate::clock;
use crate::connect::Endpoint;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::channel_credentials::MutualTls;
use crate::connect::channel_credentials::Tls;
use crate::connect::endpoint::Location;
use crate::connect::endpoint::Proxy;
use crate::connect::host_override;
use crate::connect::tls::H2;
use crate::connect::tls::versions;
use crate::evidence::AskedConnection;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::evidence::Trust;
use crate::identity::channel::ChannelSpec;
use crate::identity::channel::TlsSpec;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::key_log;
use crate::plan::proxy;
use crate::plan::secrets;
use crate::plan::trust;
use crate::plan::usage;
use crate::plan::user_agent;
use crate::target::Address;
use crate::target::Scheme;
use crate::target::Target;
use crate::target::without_zone;

/// A channel, planned.
#[derive(Debug)]
pub struct ChannelPlan {
    pub endpoint: Endpoint,
    pub trust: Option<Trust>,
    pub client_certificate: Option<ClientCertificate>,
    pub user_agent: HeaderValue,
    pub notices: Vec<String>,
}

impl ChannelPlan {
    /// Puts what the verdict must know of the plan into the evidence.
    pub fn note_in(&self, evidence: &mut Evidence) {
        evidence.connection_mut().trust.clone_from(&self.trust);
        evidence
            .connection_mut()
            .client_certificate
            .clone_from(&self.client_certificate);
        let proxy = self.endpoint.proxy.as_ref();
        evidence.connection_mut().proxy_credentials = proxy.is_some_and(Proxy::has_credentials);
    }
}

/// How long resolving, dialling and TLS may take, where nothing is said.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Within how many days of its end a certificate is warned of, where nothing is said.
const WARN_DAYS: u16 = 30;

/// For resolving, dialling and TLS.
pub(crate) fn connect_timeout(spec: &ChannelSpec) -> Duration {
    spec.connect_timeout.unwrap_or(CONNECT_TIMEOUT)
}

/// The flags here that may read standard input, and whether each does.
pub(crate) fn stdin_claims(spec: &ChannelSpec) -> [(&'static str, bool); 2] {
    let client = spec.tls.client.as_ref();
    let key_pass = client.and_then(|client| client.key_pass.as_ref());
    [
        ("--key-pass", secrets::is_stdin(key_pass)),
        (
            "--proxy-password",
            secrets::is_stdin(spec.proxy.password.as_ref()),
        ),
    ]
}

/// Fills in what `asked` says of the target, and plans the channel to it.
pub(crate) fn plan(
    text: &str,
    spec: &ChannelSpec,
    clock: OffsetDateTime,
    asked: &mut AskedConnection,
) -> Planned<ChannelPlan> {
    asked.target = text.to_owned();
    asked.connect_timeout = connect_timeout(spec);
    asked.keepalive = spec.keepalive_time;
    asked.insecure = spec.tls.insecure();
    asked.pins.clone_from(&spec.tls.pins);
    asked.workload.clone_from(&spec.tls.server_spiffe_id);
    asked.warn_days = i64::from(spec.warn_days.unwrap_or(WARN_DAYS));
    let target = Target::parse(text)
        .map_err(|error| usage(error.to_string(), "see `grpcauth call --help`"))?;
    let plaintext = is_plaintext(&target, spec)?;
    asked.plaintext = plaintext;
    let location = locate(&target, spec, plaintext);
    match &location {
        Location::Tcp { host, port, .. } => {
            asked.host = without_zone(host).to_owned();
            asked.port = *port;
        }
        Location::Unix(_) => {
            asked.host = "localhost".to_owned();
            asked.unix_socket = true;
        }
    }
    asked.authority = authority(&target, spec)?;
    let mut planned = ChannelPlan {
        endpoint: Endpoint {
            location,
            proxy: None,
            channel: ChannelCredentials::Insecure,
            authority: asked.authority.clone(),
            only_loopback: false,
            keepalive: spec.keepalive_time,
        },
        trust: None,
        client_certificate: None,
        user_agent: user_agent::of(spec)?,
        notices: Vec::new(),
    };
    let location = &planned.endpoint.location;
    planned.endpoint.proxy = proxy::plan(spec, location, &environment::text, &mut planned.notices)?;
    if !plaintext {
        let name = spec.tls.server_name.as_deref().unwrap_or(&asked.host);
        secure(&mut planned, name, &spec.tls, clock)?;
    }
    Ok(planned)
}

fn secure(
    planned: &mut ChannelPlan,
    name: &str,
    spec: &TlsSpec,
    clock: OffsetDateTime,
) -> Planned<()> {
    let trusted = trust::anchors(spec, &mut planned.notices)?;
    let tls = Tls {
        anchors: trusted.anchors.clone(),
        crls: trusted.crls.clone(),
        server_name: server_name(name)?,
        workload: spec.server_spiffe_id.clone(),
        pins: spec.pins.as_slice().into(),
        versions: versions::range(spec.min_version, spec.max_version).ok_or_else(|| {
            usage(
                "--tls-min is above --tls-max, which leaves no version to offer",
                "swap the two",
            )
        })?,
        insecure: spec.insecure(),
        log_keys: key_log::plan(&mut planned.notices),
        alpn: H2,
        now: clock::unix_time(clock),
    };
    planned.trust = Some(trusted);
    planned.endpoint.channel = match &spec.client {
        None => ChannelCredentials::Tls(tls),
        Some(files) => {
            let identity = trust::identity(files, trust::OF_CHANNEL, &mut planned.notices)?;
            planned.client_certificate = Some(identity.certificate);
            ChannelCredentials::MutualTls(MutualTls {
                tls,
                identity: identity.certified_key,
            })
        }
    };
    Ok(())
}

/// Plaintext by flag, by scheme, or because a unix socket is given and nothing asks for TLS.
fn is_plaintext(target: &Target, spec: &ChannelSpec) -> Planned<bool> {
    let wants_tls = spec.tls.is_given();
    match target.scheme {
        Some(Scheme::Https) if spec.plaintext => Err(usage(
            "the target says https, --plaintext says no TLS",
            "leave one of the two out",
        )),
        Some(Scheme::Http) if wants_tls => Err(usage(
            "the target says http, which is plaintext, and a flag asks for TLS",
            "write https, or leave the TLS flags out",
        )),
        Some(Scheme::Http) => Ok(true),
        _ => Ok(spec.plaintext || (matches!(target.address, Address::Unix(_)) && !wants_tls)),
    }
}

fn locate(target: &Target, spec: &ChannelSpec, plaintext: bool) -> Location {
    match &target.address {
        Address::Unix(path) => Location::Unix(path.clone()),
        Address::Tcp { host, port } => {
            let port = port.unwrap_or(if plaintext { 80 } else { 443 });
            Location::Tcp {
                host: host.clone(),
                port,
                overrides: host_override::addresses(&spec.resolve, host, port),
            }
        }
    }
}

/// `--authority`, or host and port as they were written (gRPC naming: the target is the authority).
fn authority(target: &Target, spec: &ChannelSpec) -> Planned<String> {
    let authority = match (&spec.authority, &target.address) {
        (Some(given), _) => given.clone(),
        (None, Address::Unix(_)) => "localhost".to_owned(),
        (None, Address::Tcp { host, port }) => {
            let host = match host.contains(':') {
                true => format!("[{}]", without_zone(host)),
                false => host.clone(),
            };
            match port {
                Some(port) => format!("{host}:{port}"),
                None => host,
            }
        }
    };
    authority
        .parse::<http::uri::Authority>()
        .map(|_| authority.clone())
        .map_err(|_| {
            usage(
                format!("`{authority}` cannot be an :authority"),
                "write a host name, with a port if need be",
            )
        })
}

fn server_name(name: &str) -> Planned<ServerName<'static>> {
    ServerName::try_from(name.trim_end_matches('.').to_owned()).map_err(|_| {
        usage(
            format!("`{name}` is neither a DNS name nor an address, so no certificate can be verified for it"),
            "give the name in the server's certificate with --servername NAME",
        )
    })
}
