//! The endpoint: address, authority, verified name, channel credentials.

use http::HeaderValue;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;

use crate::cli::target::TargetFlags;
use crate::cli::tls::TlsFlags;
use crate::clock;
use crate::connect::Endpoint;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::channel_credentials::MutualTls;
use crate::connect::channel_credentials::Tls;
use crate::connect::endpoint::Location;
use crate::connect::host_override;
use crate::connect::tls::H2;
use crate::connect::tls::versions;
use crate::evidence::AskedConnection;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::evidence::Trust;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::proxy;
use crate::plan::secrets;
use crate::plan::trust;
use crate::plan::trust::IdentityFiles;
use crate::plan::usage;
use crate::secret::Secret;
use crate::target::Address;
use crate::target::Scheme;
use crate::target::Target;

/// A channel, planned.
#[derive(Debug)]
pub struct ChannelPlan {
    pub endpoint: Endpoint,
    pub trust: Option<Trust>,
    pub client_certificate: Option<ClientCertificate>,
    /// What must be shown nowhere: a key's passphrase, a proxy's password.
    pub secrets: Vec<Secret>,
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
        evidence.connection_mut().proxy_credentials =
            proxy.is_some_and(|proxy| proxy.authorization.is_some());
    }
}

/// The flags here that may read standard input, and whether each does.
pub fn stdin_claims(target: &TargetFlags, tls: &TlsFlags) -> [(&'static str, bool); 2] {
    [
        ("--key-pass", secrets::is_stdin(tls.key_pass.as_ref())),
        (
            "--proxy-password",
            secrets::is_stdin(target.proxy_password.as_ref()),
        ),
    ]
}

/// Fills in what `asked` says of the target, and plans the channel to it.
pub fn plan(
    text: &str,
    target_flags: &TargetFlags,
    tls_flags: &TlsFlags,
    clock: OffsetDateTime,
    asked: &mut AskedConnection,
) -> Planned<ChannelPlan> {
    asked.target = text.to_owned();
    asked.connect_timeout = target_flags.connect_timeout;
    asked.insecure = tls_flags.insecure;
    asked.pins.clone_from(&tls_flags.pin);
    asked.workload.clone_from(&tls_flags.server_spiffe_id);
    asked.warn_days = i64::from(tls_flags.warn_days);
    let target = Target::parse(text)
        .map_err(|error| usage(error.to_string(), "see `grpcauth call --help`"))?;
    let plaintext = is_plaintext(&target, target_flags, tls_flags)?;
    asked.plaintext = plaintext;
    asked.loopback = target.is_loopback();
    let location = locate(&target, target_flags, plaintext);
    match &location {
        Location::Tcp { host, port, .. } => {
            asked.host.clone_from(host);
            asked.port = *port;
        }
        Location::Unix(_) => {
            asked.host = "localhost".to_owned();
            asked.unix_socket = true;
        }
    }
    asked.authority = authority(&target, target_flags)?;
    let mut planned = ChannelPlan {
        endpoint: Endpoint {
            location,
            proxy: None,
            channel: ChannelCredentials::Insecure,
            authority: asked.authority.clone(),
            keepalive: target_flags.keepalive_time,
        },
        trust: None,
        client_certificate: None,
        secrets: Vec::new(),
        notices: Vec::new(),
    };
    let location = &planned.endpoint.location;
    let proxy = proxy::plan(
        target_flags,
        location,
        &environment::text,
        &mut planned.notices,
    )?;
    if let Some((proxy, secret)) = proxy {
        planned.endpoint.proxy = Some(proxy);
        planned.secrets.extend(secret);
    }
    if !plaintext {
        let name = tls_flags.servername.as_deref().unwrap_or(&asked.host);
        secure(&mut planned, name, tls_flags, clock)?;
    }
    Ok(planned)
}

fn secure(
    planned: &mut ChannelPlan,
    name: &str,
    flags: &TlsFlags,
    clock: OffsetDateTime,
) -> Planned<()> {
    let trusted = trust::anchors(flags, &mut planned.notices)?;
    let tls = Tls {
        anchors: trusted.anchors.clone(),
        crls: trusted.crls.clone(),
        server_name: server_name(name)?,
        workload: flags.server_spiffe_id.clone(),
        pins: flags.pin.as_slice().into(),
        versions: versions::range(flags.tls_min, flags.tls_max).ok_or_else(|| {
            usage(
                "--tls-min is above --tls-max, which leaves no version to offer",
                "swap the two",
            )
        })?,
        insecure: flags.insecure,
        log_keys: logs_keys(),
        alpn: H2,
        now: clock::unix_time(clock),
    };
    planned.trust = Some(trusted);
    planned.endpoint.channel =
        match trust::identity(IdentityFiles::of_channel(flags), &mut planned.notices)? {
            None => ChannelCredentials::Tls(tls),
            Some(identity) => {
                planned.client_certificate = Some(identity.certificate);
                planned.secrets.extend(identity.passphrase);
                ChannelCredentials::MutualTls(MutualTls {
                    tls,
                    identity: identity.certified_key,
                })
            }
        };
    Ok(())
}

/// Whether sessions' secrets are to be written where SSLKEYLOGFILE says.
pub fn logs_keys() -> bool {
    environment::is_set("SSLKEYLOGFILE")
}

/// Whether a flag says something of TLS that has no meaning without it.
pub fn asks_for_tls(tls: &TlsFlags) -> bool {
    !tls.cacert.is_empty()
        || tls.system_roots
        || tls.cert.is_some()
        || tls.servername.is_some()
        || !tls.pin.is_empty()
        || !tls.crl.is_empty()
        || tls.server_spiffe_id.is_some()
        || tls.insecure
}

/// Plaintext by flag, by scheme, or because a unix socket is given and nothing asks for TLS.
fn is_plaintext(target: &Target, flags: &TargetFlags, tls: &TlsFlags) -> Planned<bool> {
    let wants_tls = asks_for_tls(tls);
    match target.scheme {
        Some(Scheme::Https) if flags.plaintext => Err(usage(
            "the target says https, --plaintext says no TLS",
            "leave one of the two out",
        )),
        Some(Scheme::Http) if wants_tls => Err(usage(
            "the target says http, which is plaintext, and a flag asks for TLS",
            "write https, or leave the TLS flags out",
        )),
        Some(Scheme::Http) => Ok(true),
        _ => Ok(flags.plaintext || (matches!(target.address, Address::Unix(_)) && !wants_tls)),
    }
}

fn locate(target: &Target, flags: &TargetFlags, plaintext: bool) -> Location {
    match &target.address {
        Address::Unix(path) => Location::Unix(path.clone()),
        Address::Tcp { host, port } => {
            let port = port.unwrap_or(if plaintext { 80 } else { 443 });
            Location::Tcp {
                host: host.clone(),
                port,
                overrides: host_override::addresses(&flags.resolve, host, port),
            }
        }
    }
}

/// `--user-agent`, or our own name and version.
pub fn user_agent(flags: &TargetFlags) -> Planned<HeaderValue> {
    let own = concat!("grpcauth/", env!("CARGO_PKG_VERSION"));
    let text = flags.user_agent.as_deref().unwrap_or(own);
    HeaderValue::from_str(text).map_err(|_| {
        usage(
            "the --user-agent has characters that a header cannot carry",
            "use printable ASCII",
        )
    })
}

/// `--authority`, or host and port as they were written (gRPC naming: the target is the authority).
fn authority(target: &Target, flags: &TargetFlags) -> Planned<String> {
    let authority = match (&flags.authority, &target.address) {
        (Some(given), _) => given.clone(),
        (None, Address::Unix(_)) => "localhost".to_owned(),
        (None, Address::Tcp { host, port }) => {
            let host = if host.contains(':') {
                format!("[{host}]")
            } else {
                host.clone()
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
