//! Whether the server refused for your client certificate, by which sign, and what our own
//! check of that certificate says.
//!
//! In TLS 1.3 the server looks at the client's certificate after the client has finished (RFC 8446
//! §4.4.2.4), so a refusal comes as the first thing that is read after the handshake; in TLS 1.2 it
//! comes inside it. Some stacks send an alert, some send the wrong one, some only close.

use rustls::AlertDescription;

use crate::connect::report::CertificateRequest;
use crate::connect::report::Ending;
use crate::connect::report::Failure;
use crate::connect::report::Phase;
use crate::evidence::ConnectionEvidence;
use crate::invoke::Answer;
use crate::x509::Facts;
use crate::x509::distinguished_name;

/// nginx's words in the page of its HTTP 400 for a client that sent no certificate.
const NGINX_NONE: &[u8] = b"No required SSL certificate was sent";
/// The same, for one that it does not accept.
const NGINX_REFUSED: &[u8] = b"The SSL certificate error";

/// How the refusal was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    Alert(AlertDescription),
    /// The connection was closed, or reset, without a word: no refusal by itself.
    Closed {
        reset: bool,
        /// Whether the client had finished the handshake.
        finished: bool,
    },
    /// nginx completes the handshake and answers HTTP 400.
    HttpAnswer,
}

impl Sign {
    /// For an evidence line.
    pub fn words(self) -> String {
        match self {
            Self::Alert(alert) => format!("the server sent the TLS alert {}", alert_name(alert)),
            Self::Closed { reset, finished } => {
                let how = if reset { "reset" } else { "closed" };
                match finished {
                    true => format!(
                        "the server {how} the connection without an alert, after the client had finished the TLS handshake and before HTTP/2 SETTINGS (gRPC servers in Python, C++, Ruby and Node refuse a client certificate this way)"
                    ),
                    false => format!(
                        "the server {how} the connection without an alert, before the TLS handshake was finished"
                    ),
                }
            }
            Self::HttpAnswer => {
                "the handshake was completed, and HTTP 400 says it (as nginx does)".to_owned()
            }
        }
    }
}

/// A refusal: by which sign, and what had been asked for.
#[derive(Clone, Copy, Debug)]
pub struct ClientRefusal<'a> {
    pub sign: Sign,
    pub request: &'a CertificateRequest,
}

impl<'a> ClientRefusal<'a> {
    /// The refusal, if the server asked for a certificate and then refused: in TLS, or in the answer to a call.
    pub fn of(connection: &'a ConnectionEvidence, answer: Option<&Answer>) -> Option<Self> {
        let request = connection.tls()?.certificate_request.as_ref()?;
        let sign = answer
            .and_then(|answer| said_over_http(answer, request))
            .or_else(|| said_in_tls(connection))?;
        Some(Self { sign, request })
    }

    /// Whether the server gave a reason; a connection that only ended may have ended for any.
    pub fn is_told(&self) -> bool {
        !matches!(self.sign, Sign::Closed { .. })
    }

    /// Whether all that shows is a close after the client had finished the handshake.
    pub fn is_late_close(&self) -> bool {
        matches!(self.sign, Sign::Closed { finished: true, .. })
    }

    pub fn is_alert(&self, alert: AlertDescription) -> bool {
        self.sign == Sign::Alert(alert)
    }

    /// The names in the request, for an evidence line.
    pub fn listed(&self) -> String {
        listed(self.request)
    }

    pub fn listed_names(&self) -> Vec<String> {
        listed_names(self.request)
    }
}

/// The names in a request, for an evidence line.
pub(crate) fn listed(request: &CertificateRequest) -> String {
    const SHOWN: usize = 4;
    let names = listed_names(request);
    match request.issuers_listed {
        0 => "the server listed no CAs".to_owned(),
        count if count <= SHOWN => {
            format!("CAs listed by the server: {}", names.join("; "))
        }
        count => format!(
            "CAs listed by the server: {}; and {} more",
            names[..SHOWN.min(names.len())].join("; "),
            count - SHOWN
        ),
    }
}

pub(crate) fn listed_names(request: &CertificateRequest) -> Vec<String> {
    let issuers = request.acceptable_issuers.iter();
    issuers.map(|name| distinguished_name(name)).collect()
}

fn said_over_http(answer: &Answer, request: &CertificateRequest) -> Option<Sign> {
    let words = match request.sent {
        true => NGINX_REFUSED,
        false => NGINX_NONE,
    };
    let body = answer.body_excerpt.as_ref()?;
    let says = body
        .octets_for_judging()
        .windows(words.len())
        .any(|window| window == words);
    (answer.http_status == Some(400) && says).then_some(Sign::HttpAnswer)
}

fn said_in_tls(connection: &ConnectionEvidence) -> Option<Sign> {
    let handshake = connection.handshake.as_ref()?;
    if !handshake.ended_before_settings() || handshake.http2.settings.is_some() {
        return None;
    }
    if let Some((alert, _)) = handshake.alert_received() {
        return Some(Sign::Alert(alert));
    }
    match (&handshake.failure, &handshake.ending) {
        // In TLS 1.3 nothing has been said of our certificate before the handshake is over.
        (
            Some(Failure::Closed {
                phase: Phase::Tls,
                reset,
            }),
            _,
        ) => Some(Sign::Closed {
            reset: *reset,
            finished: false,
        }),
        // A stack that misses a certificate, or does not accept it, does not finish the handshake; what
        // closes after that may have any reason.
        (None, Some(Ending::Closed { .. })) if handshake.peer_completed() => None,
        (None, Some(Ending::Closed { reset })) => Some(Sign::Closed {
            reset: *reset,
            finished: true,
        }),
        _ => None,
    }
}

/// An alert's name in RFC 8446 §6, with its number.
pub(crate) fn alert_name(alert: AlertDescription) -> String {
    let number = u8::from(alert);
    let name = match alert {
        AlertDescription::CloseNotify => "close_notify",
        AlertDescription::UnexpectedMessage => "unexpected_message",
        AlertDescription::BadRecordMac => "bad_record_mac",
        AlertDescription::RecordOverflow => "record_overflow",
        AlertDescription::HandshakeFailure => "handshake_failure",
        AlertDescription::BadCertificate => "bad_certificate",
        AlertDescription::UnsupportedCertificate => "unsupported_certificate",
        AlertDescription::CertificateRevoked => "certificate_revoked",
        AlertDescription::CertificateExpired => "certificate_expired",
        AlertDescription::CertificateUnknown => "certificate_unknown",
        AlertDescription::IllegalParameter => "illegal_parameter",
        AlertDescription::UnknownCA => "unknown_ca",
        AlertDescription::AccessDenied => "access_denied",
        AlertDescription::DecodeError => "decode_error",
        AlertDescription::DecryptError => "decrypt_error",
        AlertDescription::ProtocolVersion => "protocol_version",
        AlertDescription::InsufficientSecurity => "insufficient_security",
        AlertDescription::InternalError => "internal_error",
        AlertDescription::InappropriateFallback => "inappropriate_fallback",
        AlertDescription::UserCanceled => "user_canceled",
        AlertDescription::NoRenegotiation => "no_renegotiation",
        AlertDescription::MissingExtension => "missing_extension",
        AlertDescription::UnsupportedExtension => "unsupported_extension",
        AlertDescription::UnrecognisedName => "unrecognized_name",
        AlertDescription::BadCertificateStatusResponse => "bad_certificate_status_response",
        AlertDescription::UnknownPSKIdentity => "unknown_psk_identity",
        AlertDescription::CertificateRequired => "certificate_required",
        AlertDescription::NoApplicationProtocol => "no_application_protocol",
        _ => return format!("number {number}"),
    };
    format!("{name} ({number})")
}

/// Where the issuers of the certificates that we sent lead, by names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The request names no CA at all: any issuer may do.
    NothingListed,
    /// A CA on the list.
    Listed(String),
    /// A self-signed certificate of ours that is not on the list.
    OwnRoot(String),
    /// An issuer that is neither listed nor sent.
    Missing {
        issuer: String,
        authority_key_id: Option<String>,
    },
}

impl Reach {
    /// Follows the issuers from the leaf of `ours`.
    pub(crate) fn of(ours: &[&Facts], listed: &[String]) -> Option<Self> {
        if listed.is_empty() {
            return Some(Self::NothingListed);
        }
        let mut current = *ours.first()?;
        for _ in 0..ours.len() {
            for name in [&current.issuer, &current.subject] {
                if listed.contains(name) {
                    return Some(Self::Listed(name.clone()));
                }
            }
            if current.self_issued {
                return Some(Self::OwnRoot(current.subject.clone()));
            }
            let above = ours.iter().find(|facts| facts.subject == current.issuer);
            match above {
                Some(above) => current = above,
                None => break,
            }
        }
        Some(Self::Missing {
            issuer: current.issuer.clone(),
            authority_key_id: current.authority_key_id.clone(),
        })
    }
}
