//! `handshake`: how far the connection came, and what was agreed and presented on the way.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use time::OffsetDateTime;

use crate::connect::HandshakeReport;
use crate::connect::report::TlsReport;
use crate::connect::tap::Http2Report;
use crate::evidence::Evidence;
use crate::report::Run;
use crate::report::schema::VERSION;
use crate::report::schema::v1::diagnosis::DiagnosisDocument;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::report::schema::v1::milliseconds;
use crate::report::schema::v1::outcome::Outcome;
use crate::report::schema::v1::rfc3339;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::facts::KeyFacts;
use crate::x509::facts::distinguished_name;

/// `grpcauth handshake`: whether the handshake holds, and what was agreed.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HandshakeRunDocument {
    pub schema: String,
    pub command: String,
    pub target: String,
    pub authority: String,
    pub handshake: Option<HandshakeDocument>,
    /// With `--all-addresses`: the other addresses of the name, each with a handshake of its own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub other_addresses: Vec<HandshakeDocument>,
    pub warnings: Vec<FindingDocument>,
    pub outcome: Outcome,
    pub diagnosis: Option<DiagnosisDocument>,
    pub exit_code: u8,
}

impl HandshakeRunDocument {
    pub(crate) fn new(run: &Run<'_>) -> Self {
        let evidence = run.evidence;
        let document = |handshake| HandshakeDocument::new(handshake, evidence);
        Self {
            schema: VERSION.to_owned(),
            command: evidence.asked.aim.command().to_owned(),
            target: evidence.connection.asked.target.clone(),
            authority: evidence.connection.asked.authority.clone(),
            handshake: evidence.connection.handshake.as_ref().map(document),
            other_addresses: evidence
                .connection
                .other_addresses
                .iter()
                .map(document)
                .collect(),
            warnings: findings(&run.verdict.warnings),
            outcome: run.verdict.outcome.into(),
            diagnosis: DiagnosisDocument::new(run.verdict),
            exit_code: run.verdict.exit.code(),
        }
    }
}

/// The record of one connection.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HandshakeDocument {
    /// `resolve`, `connect`, `proxy`, `tls`, `alpn`, `http2` (the peer's SETTINGS were not seen) or
    /// `done`: the phase in which it ended.
    pub reached: String,
    pub addresses: Vec<AddressDocument>,
    /// The address that answered.
    pub address: Option<String>,
    /// The proxy that the addresses belong to, as `http://host:port`, `socks5://host:port` or `socks5h://host:port`.
    pub proxy: Option<String>,
    pub tls: Option<TlsDocument>,
    pub http2: Option<Http2Document>,
    pub timings: HandshakeTimings,
}

/// An address that was dialled.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AddressDocument {
    pub address: String,
    pub connected: bool,
    /// The system's words for why not.
    pub error: Option<String>,
    pub elapsed_ms: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TlsDocument {
    /// `TLSv1.2` or `TLSv1.3`; null if the handshake did not come so far.
    pub version: Option<String>,
    pub cipher_suite: Option<String>,
    pub key_exchange: Option<String>,
    pub alpn: Option<String>,
    pub server_name: String,
    /// Whether TLS resumed an earlier session, as rustls reports it. Always false: sessions are never resumed,
    /// because a resumed session does not show the certificates.
    pub resumed: bool,
    pub client_certificate: ClientCertificateDocument,
    /// As presented, end-entity first; also when it was refused.
    pub chain: Vec<CertificateDocument>,
    /// Null if no certificate was seen.
    pub verified: Option<bool>,
    /// The subject of the trust anchor that the path ends at.
    pub trust_anchor: Option<String>,
    pub ocsp_stapled: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ClientCertificateDocument {
    /// Whether the server asked for one.
    pub requested: bool,
    /// The distinguished names in the request; empty: any.
    pub acceptable_issuers: Vec<String>,
    pub sent: bool,
    /// The subject of the certificate that was given to us.
    pub subject: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CertificateDocument {
    pub subject: String,
    pub issuer: String,
    pub serial: String,
    pub not_before: String,
    pub not_after: String,
    pub days_left: i64,
    pub san: Vec<String>,
    pub key: String,
    pub signature: String,
    pub is_ca: bool,
    pub sha256: String,
    /// The pin of its key, as `--pin` takes it.
    pub pin: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Http2Document {
    /// The peer's first SETTINGS, by their names in RFC 9113.
    pub settings: BTreeMap<String, u32>,
    pub goaway: Option<GoAwayDocument>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct GoAwayDocument {
    pub code: u32,
    pub name: String,
    pub last_stream: u32,
    pub debug: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HandshakeTimings {
    pub resolve_ms: Option<f64>,
    pub connect_ms: Option<f64>,
    pub tls_ms: Option<f64>,
    pub http2_ms: Option<f64>,
}

impl HandshakeDocument {
    pub(crate) fn new(handshake: &HandshakeReport, evidence: &Evidence) -> Self {
        let timings = handshake.timings;
        Self {
            reached: handshake.reached.word().to_owned(),
            addresses: handshake
                .addresses
                .iter()
                .map(|tried| AddressDocument {
                    address: tried.address.to_string(),
                    connected: tried.connected,
                    error: tried.failure.as_ref().map(|failure| failure.text.clone()),
                    elapsed_ms: milliseconds(tried.elapsed),
                })
                .collect(),
            address: handshake.address.as_ref().map(ToString::to_string),
            proxy: handshake.proxy.clone(),
            tls: handshake
                .tls
                .as_ref()
                .map(|tls| TlsDocument::new(tls, evidence)),
            http2: Http2Document::new(&handshake.http2),
            timings: HandshakeTimings {
                resolve_ms: timings.resolve.map(milliseconds),
                connect_ms: timings.connect.map(milliseconds),
                tls_ms: timings.tls.map(milliseconds),
                http2_ms: timings.http2.map(milliseconds),
            },
        }
    }
}

impl TlsDocument {
    fn new(tls: &TlsReport, evidence: &Evidence) -> Self {
        let anchor = tls
            .judged
            .as_ref()
            .and_then(|judged| judged.path.as_ref().ok())
            .zip(evidence.connection.trust.as_ref())
            .and_then(|(path, trust)| trust.anchors.anchors().get(path.anchor))
            .and_then(|anchor| Facts::read(&anchor.der).ok());
        Self {
            version: tls.version.map(str::to_owned),
            cipher_suite: tls.cipher_suite.clone(),
            key_exchange: tls.key_exchange.clone(),
            alpn: tls
                .alpn
                .as_ref()
                .map(|alpn| String::from_utf8_lossy(alpn).into_owned()),
            server_name: tls.server_name.clone(),
            resumed: tls.resumed,
            client_certificate: ClientCertificateDocument::new(tls, evidence),
            chain: tls
                .chain
                .iter()
                .filter_map(|der| Facts::read(der).ok())
                .map(|facts| CertificateDocument::new(&facts, evidence.clock))
                .collect(),
            verified: tls.judged.as_ref().map(Judged::is_accepted),
            trust_anchor: anchor.map(|facts| facts.subject),
            ocsp_stapled: tls.ocsp_staple.is_some(),
        }
    }
}

impl ClientCertificateDocument {
    fn new(tls: &TlsReport, evidence: &Evidence) -> Self {
        let request = tls.certificate_request.as_ref();
        Self {
            requested: request.is_some(),
            acceptable_issuers: request
                .map(|request| {
                    request
                        .acceptable_issuers
                        .iter()
                        .map(|name| distinguished_name(name))
                        .collect()
                })
                .unwrap_or_default(),
            sent: request.is_some_and(|request| request.sent),
            subject: evidence
                .connection
                .client_certificate
                .as_ref()
                .and_then(|given| given.chain.first())
                .and_then(|der| Facts::read(der).ok())
                .map(|facts| facts.subject),
        }
    }
}

impl CertificateDocument {
    pub(crate) fn new(facts: &Facts, clock: OffsetDateTime) -> Self {
        Self {
            subject: facts.subject.clone(),
            issuer: facts.issuer.clone(),
            serial: facts.serial.clone(),
            not_before: rfc3339(facts.not_before),
            not_after: rfc3339(facts.not_after),
            days_left: facts.days_left(clock),
            san: facts.san.iter().map(ToString::to_string).collect(),
            key: key(&facts.key),
            signature: facts.signature.clone(),
            is_ca: facts.is_ca,
            sha256: facts.sha256.clone(),
            pin: format!("sha256//{}", facts.spki_sha256),
        }
    }
}

/// `EC P-256`, `RSA 2048`: the size where the name does not say it.
fn key(key: &KeyFacts) -> String {
    if key.algorithm == "RSA" {
        format!("RSA {}", key.bits)
    } else {
        key.algorithm.clone()
    }
}

impl Http2Document {
    fn new(http2: &Http2Report) -> Option<Self> {
        if http2.settings.is_none() && http2.goaway.is_none() {
            return None;
        }
        let settings = http2.settings.iter().flatten();
        Some(Self {
            settings: settings
                .map(|(identifier, value)| (setting_name(*identifier), *value))
                .collect(),
            goaway: http2.goaway.as_ref().map(|goaway| GoAwayDocument {
                code: goaway.code,
                name: error_name(goaway.code),
                last_stream: goaway.last_stream,
                debug: goaway.debug.to_string(),
            }),
        })
    }
}

/// A setting's name in RFC 9113 §6.5.2, in lower case.
fn setting_name(identifier: u16) -> String {
    match identifier {
        1 => "header_table_size".into(),
        2 => "enable_push".into(),
        3 => "max_concurrent_streams".into(),
        4 => "initial_window_size".into(),
        5 => "max_frame_size".into(),
        6 => "max_header_list_size".into(),
        8 => "enable_connect_protocol".into(),
        other => format!("setting_{other}"),
    }
}

/// An HTTP/2 error code's name in RFC 9113 §7.
pub(crate) fn error_name(code: u32) -> String {
    format!("{:?}", h2::Reason::from(code))
}
