//! HTTP exchanges on the way to a token, over our own dial, each on record.
//!
//! No redirect is followed, no cookie kept, nothing sent in the clear except to loopback; an answer
//! ends at [`LIMIT`] and at the settings' time limit (credentials.md, rule 1).

mod body;
mod exchange;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::Method;
use http::Request;
use http::StatusCode;
use http::header;
use http_body_util::Full;
use rustls::pki_types::ServerName;
use rustls::sign::CertifiedKey;
use time::OffsetDateTime;
use tokio::time::Instant;

pub(crate) use exchange::Exchange;
pub(crate) use exchange::Head;
pub(crate) use exchange::HttpOutcome;
pub(crate) use exchange::Purpose;

use crate::authenticate::endpoint_url::EndpointUrl;
use crate::clock;
use crate::connect::Endpoint;
use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::channel_credentials::MutualTls;
use crate::connect::channel_credentials::Tls;
use crate::connect::endpoint::Location;
use crate::connect::endpoint::Proxy;
use crate::connect::http1;
use crate::connect::http1::Http1Connection;
use crate::connect::tls::HTTP_1_1;
use crate::x509::Crls;
use crate::x509::TrustAnchors;

/// The longest body that is taken, in bytes.
pub(crate) const LIMIT: usize = 1 << 20;
/// How long one exchange may take, its connection included.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(30);

/// The proxy, if any, that a place is reached through.
pub(crate) type ProxyFor = dyn Fn(&Location) -> Option<Proxy> + Send + Sync;
/// The addresses that stand in for a host and port.
pub(crate) type OverridesFor = dyn Fn(&str, u16) -> Vec<IpAddr> + Send + Sync;

/// How HTTP endpoints are reached: what the plan has settled.
pub(crate) struct HttpSettings {
    pub anchors: Arc<TrustAnchors>,
    /// What was revoked by those whom the anchors vouch for.
    pub crls: Arc<Crls>,
    /// Presented where the endpoint asks for a client certificate.
    pub identity: Option<Arc<CertifiedKey>>,
    /// The time of the plan, and the instant at which it was read.
    pub clock: OffsetDateTime,
    pub started: Instant,
    pub proxy: Box<ProxyFor>,
    pub overrides: Box<OverridesFor>,
    pub user_agent: HeaderValue,
    /// `--allow-http-token-endpoint`.
    pub allow_http: bool,
    /// Write the sessions' secrets to the file that SSLKEYLOGFILE names.
    pub log_keys: bool,
    pub time_limit: Duration,
}

impl std::fmt::Debug for HttpSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("HttpSettings").finish_non_exhaustive()
    }
}

impl HttpSettings {
    /// The time by the plan's clock.
    pub(crate) fn now(&self) -> OffsetDateTime {
        let elapsed = time::Duration::try_from(self.started.elapsed()).unwrap_or_default();
        self.clock.saturating_add(elapsed)
    }

    /// How long an exchange may take. One that spends a refresh token may outlast the run's own limit, since its answer
    /// may hold the only one that is still good: the run does not wait for it, and its end does for a while.
    fn limit_of(&self, purpose: Purpose) -> Duration {
        match purpose {
            Purpose::Refresh => TIME_LIMIT,
            _ => self.time_limit,
        }
    }

    /// Whether a secret may be sent there, as far as that is known before the dial.
    pub(crate) fn allows(&self, url: &EndpointUrl) -> bool {
        let endpoint = self.endpoint(url, HTTP_1_1);
        endpoint.is_none_or(|mut endpoint| endpoint.keep_secret(self.allow_http))
    }

    /// The end-entity certificate that is presented, as DER.
    pub(crate) fn certificate(&self) -> Option<&[u8]> {
        let identity = self.identity.as_ref()?;
        identity.cert.first().map(AsRef::as_ref)
    }

    /// The endpoint of a URL; `None`: its host can stand in no certificate.
    pub(crate) fn endpoint(&self, url: &EndpointUrl, alpn: &'static [u8]) -> Option<Endpoint> {
        let location = Location::Tcp {
            host: url.host().to_owned(),
            port: url.port(),
            overrides: (self.overrides)(url.host(), url.port()),
        };
        let channel = match url.is_https() {
            false => ChannelCredentials::Insecure,
            true => {
                let name = url.host().trim_end_matches('.').to_owned();
                self.secured(ServerName::try_from(name).ok()?, alpn)
            }
        };
        let mut endpoint = Endpoint {
            proxy: (self.proxy)(&location),
            location,
            channel,
            authority: url.authority().to_owned(),
            only_loopback: true,
            keepalive: None,
        };
        endpoint.keep_secret(self.allow_http);
        Some(endpoint)
    }

    fn secured(&self, server_name: ServerName<'static>, alpn: &'static [u8]) -> ChannelCredentials {
        let tls = Tls {
            anchors: Arc::clone(&self.anchors),
            server_name,
            versions: rustls::ALL_VERSIONS,
            // `--insecure` never applies here: what is sent is worth more than a call.
            insecure: false,
            log_keys: self.log_keys,
            pins: Arc::default(),
            workload: None,
            crls: Arc::clone(&self.crls),
            alpn,
            now: clock::unix_time(self.clock),
        };
        match &self.identity {
            None => ChannelCredentials::Tls(tls),
            Some(identity) => ChannelCredentials::MutualTls(MutualTls {
                tls,
                identity: Arc::clone(identity),
            }),
        }
    }
}

/// One request, with what may be told of it.
#[derive(Debug)]
pub(crate) struct HttpRequest {
    pub purpose: Purpose,
    pub method: Method,
    pub url: EndpointUrl,
    /// Secrets among the values are marked sensitive.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Content type and octets.
    pub body: Option<(&'static str, Bytes)>,
    /// What was sent, in name and value, without secrets.
    pub told: Vec<(&'static str, String)>,
}

/// A whole answer.
#[derive(Debug)]
pub struct HttpReply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// Makes exchanges one after another, over one connection where the origin stays the same.
#[derive(Debug)]
pub(crate) struct HttpClient<'a> {
    settings: &'a HttpSettings,
    open: Option<Open>,
    /// Every exchange so far.
    pub exchanges: Vec<Exchange>,
}

#[derive(Debug)]
struct Open {
    origin: String,
    connection: Http1Connection,
    handshake: HandshakeReport,
}

impl<'a> HttpClient<'a> {
    pub(crate) fn new(settings: &'a HttpSettings) -> Self {
        Self {
            settings,
            open: None,
            exchanges: Vec::new(),
        }
    }

    /// Makes one exchange. `None`: there is no answer, and the last of [`Self::exchanges`] says why.
    pub(crate) async fn exchange(&mut self, request: HttpRequest) -> Option<HttpReply> {
        let began = Instant::now();
        let mut exchange = Exchange::new(&request, self.settings);
        let reply = self.answer(request, began, &mut exchange).await;
        exchange.took = began.elapsed();
        exchange.ended = self.settings.now();
        if let Some(reply) = &reply {
            exchange.outcome = HttpOutcome::Answered(Box::new(Head::of(reply)));
        }
        self.exchanges.push(exchange);
        reply
    }

    async fn answer(
        &mut self,
        request: HttpRequest,
        began: Instant,
        exchange: &mut Exchange,
    ) -> Option<HttpReply> {
        if !self.settings.allows(&request.url) {
            exchange.outcome = HttpOutcome::Plaintext;
            return None;
        }
        let deadline = began + self.settings.limit_of(request.purpose);
        let mut open = self.connection(&request.url, deadline, exchange).await?;
        let asking = body::exchange(&mut open.connection, built(&request, self.settings));
        let outcome = tokio::time::timeout_at(deadline, asking).await;
        open.connection.update(&mut open.handshake);
        exchange.handshake = Some(open.handshake.clone());
        match outcome {
            Ok(Ok(reply)) => {
                if open.connection.is_open() {
                    self.open = Some(open);
                }
                Some(reply)
            }
            Ok(Err(outcome)) => {
                exchange.outcome = outcome;
                None
            }
            Err(_) => {
                exchange.outcome = HttpOutcome::Late;
                None
            }
        }
    }

    /// The connection that stands to this origin, or a new one.
    async fn connection(
        &mut self,
        url: &EndpointUrl,
        deadline: Instant,
        exchange: &mut Exchange,
    ) -> Option<Open> {
        let origin = url.origin();
        let standing = self.open.take();
        let fits = |open: &Open| open.origin == origin && open.connection.is_open();
        if let Some(open) = standing.filter(fits) {
            exchange.reused = true;
            return Some(open);
        }
        let Some(endpoint) = self.settings.endpoint(url, HTTP_1_1) else {
            exchange.outcome = HttpOutcome::NoName;
            return None;
        };
        let (connection, handshake) = http1::connect(&endpoint, deadline).await;
        match connection {
            Some(connection) => Some(Open {
                origin,
                connection,
                handshake,
            }),
            None => {
                exchange.outcome = match handshake.failure {
                    Some(Failure::NotLoopback) => HttpOutcome::Plaintext,
                    _ => HttpOutcome::NoConnection,
                };
                exchange.handshake = Some(handshake);
                None
            }
        }
    }

    /// Says goodbye, and gives what was recorded.
    pub(crate) async fn close(self) -> Vec<Exchange> {
        if let Some(open) = self.open {
            open.connection.close().await;
        }
        self.exchanges
    }
}

fn built(request: &HttpRequest, settings: &HttpSettings) -> Request<Full<Bytes>> {
    let body = match &request.body {
        None => Bytes::new(),
        Some((_, octets)) => octets.clone(),
    };
    let mut built = Request::new(Full::new(body));
    *built.method_mut() = request.method.clone();
    *built.uri_mut() = request
        .url
        .path_and_query()
        .parse()
        .expect("the path and query of a URL that was read");
    let headers = built.headers_mut();
    let host = HeaderValue::from_str(request.url.authority());
    headers.insert(
        header::HOST,
        host.expect("the authority of a URL that was read"),
    );
    headers.insert(header::USER_AGENT, settings.user_agent.clone());
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    if let Some((content_type, _)) = &request.body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (key, value) in &request.headers {
        headers.insert(key.clone(), value.clone());
    }
    built
}

#[cfg(test)]
pub(in crate::authenticate) mod tests;
