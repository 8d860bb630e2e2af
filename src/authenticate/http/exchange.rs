//! The record of one HTTP exchange: what may be told of it, and no secret.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header;
use time::OffsetDateTime;

use crate::authenticate::http::HttpReply;
use crate::authenticate::http::HttpRequest;
use crate::authenticate::http::HttpSettings;
use crate::clock;
use crate::connect::HandshakeReport;
use crate::peer_text::PeerText;
use crate::x509::Crls;
use crate::x509::TrustAnchors;

/// What a request was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The authorization server's metadata (OpenID Connect Discovery 1.0 §4, RFC 8414 §3).
    Discovery,
    /// A JWK Set.
    Keys,
    /// A token, by a grant or a login.
    Token,
    /// A new token for an old one.
    Refresh,
    /// To make a token void (RFC 7009).
    Revocation,
}

/// One exchange.
#[derive(Debug)]
pub struct Exchange {
    pub purpose: Purpose,
    pub method: String,
    /// Without its query.
    pub url: String,
    pub host: String,
    pub port: u16,
    /// What the endpoint's chain was held against.
    pub anchors: Arc<TrustAnchors>,
    pub crls: Arc<Crls>,
    /// What was sent, in name and value, without secrets.
    pub told: Vec<(&'static str, String)>,
    /// `None`: nothing was dialled.
    pub handshake: Option<HandshakeReport>,
    /// Over the connection of the exchange before.
    pub reused: bool,
    pub began: OffsetDateTime,
    pub ended: OffsetDateTime,
    pub took: Duration,
    pub outcome: HttpOutcome,
}

/// What came of an exchange.
#[derive(Clone, Debug)]
pub enum HttpOutcome {
    Answered(Box<Head>),
    /// It would have crossed the network in the clear.
    Plaintext,
    /// The host can stand in no certificate, so nothing could be verified.
    NoName,
    /// The handshake's record says why.
    NoConnection,
    /// The connection ended before the answer did.
    CutOff,
    NotHttp,
    /// Compressed, although that was not asked for; how.
    Encoded(PeerText),
    /// Longer than [`super::LIMIT`].
    TooLarge,
    /// Not over within the time limit.
    Late,
}

/// The head of an answer, as far as it matters.
#[derive(Clone, Debug, Default)]
pub struct Head {
    pub status: u16,
    pub reason: Option<&'static str>,
    pub content_type: Option<PeerText>,
    /// `Date`, by the peer's clock.
    pub date: Option<OffsetDateTime>,
    /// Where a redirect points, as it stands there.
    pub location: Option<PeerText>,
    pub challenges: Vec<PeerText>,
    pub retry_after: Option<PeerText>,
    pub server: Option<PeerText>,
}

impl Exchange {
    pub(super) fn new(request: &HttpRequest, settings: &HttpSettings) -> Self {
        let began = settings.now();
        Self {
            purpose: request.purpose,
            method: request.method.to_string(),
            url: request.url.to_string(),
            host: request.url.host().to_owned(),
            port: request.url.port(),
            anchors: Arc::clone(&settings.anchors),
            crls: Arc::clone(&settings.crls),
            told: request.told.clone(),
            handshake: None,
            reused: false,
            began,
            ended: began,
            took: Duration::ZERO,
            // Until something better is known.
            outcome: HttpOutcome::CutOff,
        }
    }

    /// The answer's head, if there was an answer.
    pub fn head(&self) -> Option<&Head> {
        match &self.outcome {
            HttpOutcome::Answered(head) => Some(head),
            _ => None,
        }
    }

    /// How far the peer's clock is ahead of ours (behind, if negative): no less than this. Its `Date` has
    /// whole seconds and was written somewhere between our two readings.
    pub fn clock_skew(&self) -> Option<time::Duration> {
        let date = self.head()?.date?;
        let latest = date + time::Duration::seconds(1);
        Some(if date > self.ended {
            date - self.ended
        } else if latest < self.began {
            latest - self.began
        } else {
            time::Duration::ZERO
        })
    }
}

impl Head {
    pub(super) fn of(reply: &HttpReply) -> Self {
        let text = |name| text(&reply.headers, name);
        Self {
            status: reply.status.as_u16(),
            reason: reply.status.canonical_reason(),
            content_type: text(header::CONTENT_TYPE),
            date: text(header::DATE).and_then(|date| clock::of_http_date(&date.for_judging())),
            location: text(header::LOCATION),
            challenges: reply
                .headers
                .get_all(header::WWW_AUTHENTICATE)
                .iter()
                .map(|value| told(value.as_bytes()))
                .collect(),
            retry_after: text(header::RETRY_AFTER),
            server: text(header::SERVER),
        }
    }
}

fn text(headers: &HeaderMap, name: http::HeaderName) -> Option<PeerText> {
    Some(told(headers.get(name)?.as_bytes()))
}

/// An endpoint may put the token anywhere.
pub(super) fn told(value: &[u8]) -> PeerText {
    PeerText::from(value).among_tokens()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(date: i64, began: i64, ended: i64) -> Exchange {
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        Exchange {
            purpose: Purpose::Token,
            method: "POST".into(),
            url: "https://id.test/token".into(),
            host: "id.test".into(),
            port: 443,
            anchors: Arc::default(),
            crls: Arc::default(),
            told: Vec::new(),
            handshake: None,
            reused: false,
            began: at(began),
            ended: at(ended),
            took: Duration::ZERO,
            outcome: HttpOutcome::Answered(Box::new(Head {
                date: Some(at(date)),
                ..Head::default()
            })),
        }
    }

    #[test]
    fn a_skew_is_what_no_delay_can_explain() {
        for (date, began, ended, skew) in [
            (1_000, 1_000, 1_001, 0),
            (1_000, 1_001, 1_002, 0),
            (1_005, 1_000, 1_010, 0),
            (1_100, 1_000, 1_001, 99),
            (900, 1_000, 1_001, -99),
        ] {
            let skew = time::Duration::seconds(skew);
            assert_eq!(answered(date, began, ended).clock_skew(), Some(skew));
        }
    }
}
