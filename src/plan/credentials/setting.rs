//! How the endpoints on the way to a token are reached, and where tokens are kept.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SecureRandom as _;
use ring::rand::SystemRandom;
use rustls::sign::CertifiedKey;
use tokio::time::Instant;

use crate::authenticate::call_credentials::login_rpc;
use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::http::TIME_LIMIT;
use crate::authenticate::login_call::RpcSettings;
use crate::authenticate::setting::CachePolicy;
use crate::authenticate::setting::Setting;
use crate::connect::Endpoint;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::endpoint::Location;
use crate::connect::host_override;
use crate::connect::tls::H2;
use crate::describe::given::Given;
use crate::evidence::Trust;
use crate::identity::CredentialSpec;
use crate::identity::channel::ClientFiles;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::channel::ChannelPlan;
use crate::plan::descriptors::Descriptors;
use crate::plan::environment;
use crate::plan::key_log;
use crate::plan::profile::Specified;
use crate::plan::proxy;
use crate::plan::trust;
use crate::plan::usage;
use crate::plan::user_agent;
use crate::target::Address;
use crate::target::Scheme;
use crate::target::Target;

/// What the credentials of a command are planned with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CredentialContext<'a> {
    pub specified: &'a Specified<'a>,
    /// `None`: nothing is called, a token alone is wanted.
    pub channel: Option<&'a ChannelPlan>,
    /// What a login RPC is described by; `None`: reflection.
    pub descriptors: Option<&'a Descriptors>,
}

/// Plans what these specifications need to fetch.
pub(super) fn plan(
    specifications: &[CredentialSpec],
    context: &CredentialContext<'_>,
    notices: &mut Vec<String>,
) -> Planned<Setting> {
    let (spec, caller) = (&context.specified.channel, &context.specified.caller);
    let of_target = context
        .channel
        .and_then(|channel| channel.endpoint.proxy.as_ref());
    let chooser = proxy::chooser(spec, of_target, &environment::text, notices)?;
    let resolve = spec.resolve.clone();
    let trust = trust(context, notices)?;
    let http = HttpSettings {
        anchors: trust.anchors,
        crls: trust.crls,
        identity: identity(specifications, context, notices)?,
        clock: context.specified.clock,
        started: Instant::now(),
        proxy: Box::new(move |location| chooser.proxy(location)),
        overrides: Box::new(move |host, port| host_override::addresses(&resolve, host, port)),
        user_agent: user_agent::of(spec)?,
        allow_http: caller.allow_http_token_endpoint,
        log_keys: key_log::plan(notices),
        time_limit: spec
            .max_time
            .map_or(TIME_LIMIT, |given| given.min(TIME_LIMIT)),
    };
    Ok(Setting {
        rpc: login_call(specifications, context, &http)?.map(Arc::new),
        http: Arc::new(http),
        cache: CachePolicy {
            mode: caller.token_cache.unwrap_or_default(),
            directory: environment::token_directory(),
        },
        fresh_id,
        target: context.specified.target().to_owned(),
        max_time: spec.max_time,
    })
}

/// `--token-cacert`, else what the target is verified against.
fn trust(context: &CredentialContext<'_>, notices: &mut Vec<String>) -> Planned<Trust> {
    let tls = &context.specified.channel.tls;
    let files = &context.specified.caller.token_tls.ca;
    let of_channel = context.channel.and_then(|channel| channel.trust.as_ref());
    match of_channel {
        Some(trust) if files.is_empty() => Ok(trust.clone()),
        _ if files.is_empty() => trust::anchors_if_any(tls, notices),
        _ => trust::from_files_and_system("--token-cacert", tls, files, notices),
    }
}

/// `--token-cert`; for `tls_client_auth` the target's certificate serves as well.
fn identity(
    specifications: &[CredentialSpec],
    context: &CredentialContext<'_>,
    notices: &mut Vec<String>,
) -> Planned<Option<Arc<CertifiedKey>>> {
    let of_target = context.specified.channel.tls.client.as_ref();
    if let Some(files) = &context.specified.caller.token_tls.client {
        let files = ClientFiles {
            key_pass: of_target.and_then(|client| client.key_pass.clone()),
            ..files.clone()
        };
        let identity = trust::identity(&files, ("--token-cert", "--token-key"), notices)?;
        return Ok(Some(identity.certified_key));
    }
    let by_certificate =
        |spec: &CredentialSpec| spec.text("client-auth") == Some("tls_client_auth");
    if !specifications.iter().any(by_certificate) {
        return Ok(None);
    }
    match (
        context.channel.map(|channel| &channel.endpoint.channel),
        of_target,
    ) {
        (Some(ChannelCredentials::MutualTls(mutual)), _) => Ok(Some(Arc::clone(&mutual.identity))),
        (None, Some(files)) => {
            let identity = trust::identity(files, trust::OF_CHANNEL, notices)?;
            Ok(Some(identity.certified_key))
        }
        _ => Ok(None),
    }
}

/// How a login RPC is made, where there is one: at `--login-target`, else at the target. `--insecure` does
/// not apply: a password is worth more than a call.
fn login_call(
    specifications: &[CredentialSpec],
    context: &CredentialContext<'_>,
    http: &HttpSettings,
) -> Planned<Option<RpcSettings>> {
    let by_rpc = |spec: &&CredentialSpec| spec.kind == login_rpc::KIND.name;
    let Some(login) = specifications.iter().find(by_rpc) else {
        return Ok(None);
    };
    let (mut endpoint, target) = match (login.text("login-target"), context.channel) {
        (Some(target), _) => (login_target(target, http)?, target.to_owned()),
        (None, None) => return Ok(None),
        (None, Some(channel)) => {
            let mut endpoint = channel.endpoint.clone();
            match &mut endpoint.channel {
                ChannelCredentials::Insecure => {}
                ChannelCredentials::Tls(tls) => tls.insecure = false,
                ChannelCredentials::MutualTls(mutual) => mutual.tls.insecure = false,
            }
            (endpoint, context.specified.target().to_owned())
        }
    };
    if !endpoint.keep_secret(context.specified.caller.allow_plaintext) {
        return Err(usage(
            format!(
                "the login at {target} is plaintext: everybody on the way could read the password"
            ),
            "use TLS, or say --allow-plaintext-credentials",
        ));
    }
    let files = context.descriptors.map(|descriptors| {
        let given = descriptors.given();
        (given.unwrap_or_default(), descriptors.reflection)
    });
    let (given, reflection) = files.unwrap_or((Given::default(), true));
    Ok(Some(RpcSettings {
        endpoint,
        target,
        user_agent: http.user_agent.clone(),
        time_limit: http.time_limit,
        connect_timeout: channel::connect_timeout(&context.specified.channel),
        given,
        reflection,
    }))
}

fn login_target(text: &str, http: &HttpSettings) -> Planned<Endpoint> {
    let refuse = |what: String| usage(what, "write host:port, https://host or unix:PATH");
    let target = Target::parse(text).map_err(|error| refuse(format!("--login-target: {error}")))?;
    let (host, port) = match target.address {
        Address::Unix(path) => {
            return Ok(Endpoint {
                location: Location::Unix(path),
                proxy: None,
                channel: ChannelCredentials::Insecure,
                authority: "localhost".to_owned(),
                only_loopback: false,
                keepalive: None,
            });
        }
        Address::Tcp { host, port } => (host, port),
    };
    let scheme = match target.scheme {
        Some(Scheme::Http) => "http",
        _ => "https",
    };
    let host = if host.contains(':') {
        format!("[{host}]")
    } else {
        host
    };
    let place = port.map_or(host.clone(), |port| format!("{host}:{port}"));
    EndpointUrl::parse(&format!("{scheme}://{place}"))
        .ok()
        .and_then(|url| http.endpoint(&url, H2))
        .ok_or_else(|| refuse(format!("--login-target `{text}` names no host")))
}

/// 128 bits that were never used before.
fn fresh_id() -> String {
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the system gives random numbers, as TLS needs them");
    URL_SAFE_NO_PAD.encode(bytes)
}
