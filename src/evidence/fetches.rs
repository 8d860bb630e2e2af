//! Evidence for tests: credentials that were fetched at `id.test`, or were to be.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::authenticate::discovery::Metadata;
use crate::authenticate::fetching::Failure;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::TokenRequest;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::Head;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::Purpose;
use crate::authenticate::login_call::LoginCall;
use crate::authenticate::token_fault::TokenFault;
use crate::connect::HandshakeReport;
use crate::evidence::Evidence;
use crate::invoke::Answer;
use crate::secret::Secret;

pub(crate) const TOKEN_URL: &str = "https://id.test/token";
pub(crate) const SOURCE: &str = "client_credentials at https://id.test";

/// An exchange that ended so, at the time of `evidence`.
pub(crate) fn exchange(evidence: &Evidence, purpose: Purpose, outcome: HttpOutcome) -> Exchange {
    Exchange {
        purpose,
        method: "POST".into(),
        url: TOKEN_URL.into(),
        host: "id.test".into(),
        port: 443,
        anchors: Arc::default(),
        crls: Arc::default(),
        told: vec![("grant_type", "client_credentials".into())],
        handshake: None,
        reused: false,
        began: evidence.clock,
        ended: evidence.clock,
        took: Duration::from_millis(12),
        outcome,
    }
}

/// An answer of this status, and nothing else in its head.
pub(crate) fn answered(status: u16) -> HttpOutcome {
    HttpOutcome::Answered(Box::new(head(status)))
}

pub(crate) fn head(status: u16) -> Head {
    let known = http::StatusCode::from_u16(status).unwrap();
    Head {
        status,
        reason: known.canonical_reason(),
        content_type: Some("application/json".into()),
        ..Head::default()
    }
}

/// A record of `client_credentials` with these exchanges.
pub(crate) fn oauth(exchanges: Vec<Exchange>) -> FetchRecord {
    FetchRecord {
        exchanges,
        request: TokenRequest {
            grant: Some("client_credentials"),
            client_authentication: Some("client_secret_basic"),
            client_id: Some("ci".into()),
            ..TokenRequest::default()
        },
        ..FetchRecord::default()
    }
}

/// The same, where the server's metadata say this.
pub(crate) fn listing(mut record: FetchRecord, document: Value) -> FetchRecord {
    record.lists = Some(Metadata::saying(document));
    record
}

/// A credential that could not be obtained.
pub(crate) fn unobtained(kind: &'static str, fault: TokenFault, record: FetchRecord) -> Unobtained {
    Unobtained {
        kind,
        source: SOURCE.into(),
        why: Why::Fault(Arc::new(Failure { fault, record })),
    }
}

/// An error of OAuth's.
pub(crate) fn error(code: &str, description: &str) -> TokenFault {
    TokenFault::Error {
        code: code.into(),
        description: (!description.is_empty()).then(|| description.into()),
    }
}

/// A token endpoint's connection: the handshake of `evidence`, and what it was verified against.
pub(crate) fn over(evidence: &mut Evidence, outcome: HttpOutcome) -> Exchange {
    let handshake: HandshakeReport = evidence.connection_mut().handshake.take().unwrap();
    let anchors = evidence
        .connection_mut()
        .trust
        .take()
        .map(|trust| trust.anchors);
    Exchange {
        handshake: Some(handshake),
        anchors: anchors.unwrap_or_default(),
        host: evidence.connection.asked.host.clone(),
        ..exchange(evidence, Purpose::Token, outcome)
    }
}

/// The credential that was sent, as one that was fetched with this record.
pub(crate) fn fetched(mut evidence: Evidence, record: FetchRecord) -> Evidence {
    let credential = evidence.caller_mut().credentials.pop().unwrap();
    evidence.caller_mut().credentials.push(CallCredential {
        kind: "oauth",
        source: SOURCE.into(),
        obtained: Obtained::Fetched,
        refresh_token: Some(Secret::new("r1")),
        fetch: Some(Arc::new(record)),
        ..credential
    });
    evidence
}

/// A record of one login RPC, over the connection of `evidence`, answered so.
pub(crate) fn by_rpc(evidence: &mut Evidence, answer: Option<Answer>) -> FetchRecord {
    let trust = evidence.connection_mut().trust.take();
    FetchRecord {
        calls: vec![LoginCall {
            method: "auth.v1.AuthService/Login".into(),
            target: "auth.test:443".into(),
            host: "auth.test".into(),
            port: 443,
            anchors: trust.map(|trust| trust.anchors).unwrap_or_default(),
            crls: Arc::default(),
            handshake: evidence.connection_mut().handshake.take().unwrap(),
            answer,
            took: Duration::from_millis(3),
        }],
        ..FetchRecord::default()
    }
}
