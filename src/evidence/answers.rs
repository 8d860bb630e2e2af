//! Evidence for tests: a call to `orders.v1.Orders/Get` at noon, and how it may have ended.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use http::header::HeaderMap;
use http::header::HeaderName;
use http::header::HeaderValue;
use prost::Message as _;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::describe::NotDescribed;
use crate::describe::reflection::version::Version;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Attempt;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::invoke::WireFault;
use crate::secret::Secret;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;

/// 2026-11-21T12:00:00Z: the clock of every test.
pub const NOON: i64 = 1_795_262_400;

/// A command line that was read, and nothing more.
pub fn evidence() -> Evidence {
    let to = AskedConnection {
        target: "orders.test:443".into(),
        host: "orders.test".into(),
        port: 443,
        authority: "orders.test:443".into(),
        ..AskedConnection::default()
    };
    let asked = Asked {
        method: Some("orders.v1.Orders/Get".into()),
        ..Asked::default()
    };
    let clock = OffsetDateTime::from_unix_timestamp(NOON).unwrap();
    Evidence::new(clock, asked, to)
}

/// A connection that stood.
pub fn connected() -> Evidence {
    let mut evidence = evidence();
    let mut handshake = HandshakeReport::new(false);
    handshake.reached = Phase::Done;
    handshake.http2.settings = Some(Vec::new());
    evidence.connection_mut().handshake = Some(handshake);
    evidence
}

/// A call, without a credential, that was answered so.
pub fn called(answer: Answer) -> Evidence {
    let mut evidence = connected();
    evidence.call.description = Description::Found {
        source: "reflection v1".into(),
        notes: Vec::new(),
    };
    evidence.call.attempts.push(Attempt {
        answer,
        credential_fingerprint: None,
    });
    evidence
}

/// Reflection, answered so.
pub fn in_reflection(answer: Answer) -> Evidence {
    undescribed(NotDescribed::Refused {
        answer: Box::new(answer),
        version: Version::V1,
    })
}

/// A method that could not be described.
pub fn undescribed(failure: NotDescribed) -> Evidence {
    let mut evidence = connected();
    evidence.call.description = Description::Failed(failure);
    evidence
}

/// The same, with a bearer token sent.
pub fn bearer(evidence: Evidence, token: &str) -> Evidence {
    with_scheme(evidence, "Bearer", token)
}

/// The same, sent under this scheme; `""`: none.
pub fn with_scheme(evidence: Evidence, scheme: &str, secret: &str) -> Evidence {
    let kind = if scheme.eq_ignore_ascii_case("basic") {
        "basic"
    } else {
        "bearer"
    };
    credential(evidence, kind, "authorization", scheme, secret)
}

/// The same, with a credential of any kind sent.
pub fn credential(
    mut evidence: Evidence,
    kind: &'static str,
    key: &'static str,
    scheme: &str,
    secret: &str,
) -> Evidence {
    let value = format!("{scheme} {secret}");
    let entry = (
        HeaderName::from_static(key),
        HeaderValue::from_str(value.trim_start()).unwrap(),
    );
    evidence.caller_mut().credentials.push(CallCredential {
        scheme: (!scheme.is_empty()).then(|| scheme.to_owned()),
        ..CallCredential::given(kind, "env:CREDENTIAL", entry, Secret::new(secret))
    });
    evidence
        .call
        .sent
        .push((key.into(), http::HeaderValue::from_static("secret")));
    evidence
}

/// A JWT with these claims; its signature is nonsense.
pub fn token(claims: &serde_json::Value) -> String {
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let header = serde_json::json!({"alg": "ES256", "typ": "JWT"});
    format!("{}.{}.c2lnbmF0dXJl", part(&header), part(claims))
}

/// An answer with this outcome and nothing else.
pub fn ended(outcome: Ended) -> Answer {
    Answer {
        http_status: None,
        headers: HeaderMap::new(),
        trailers: HeaderMap::new(),
        trailers_only: false,
        outcome,
        faults: Vec::new(),
        messages: 0,
        body_excerpt: None,
        stream_id: Some(1),
        request_sent: true,
        requests_sent: 1,
        first_answer_after: None,
        duration: Duration::from_millis(5),
    }
}

/// A status from the server, trailers only.
pub fn status(code: u32, message: &str) -> Answer {
    made_by(AnsweredBy::Server, code, message)
}

fn made_by(answered_by: AnsweredBy, code: u32, message: &str) -> Answer {
    let status = Status {
        code: StatusCode(code),
        message: message.into(),
        details: Bytes::new(),
        raw: (answered_by == AnsweredBy::Server).then(|| code.to_string()),
    };
    Answer {
        http_status: Some(200),
        trailers_only: true,
        ..ended(Ended::Status {
            status,
            answered_by,
        })
    }
}

/// The same with headers or trailers.
pub fn with_headers(mut answer: Answer, headers: &[(&'static str, &str)]) -> Answer {
    for (name, value) in headers {
        let value = HeaderValue::from_str(value).unwrap();
        answer.headers.append(HeaderName::from_static(name), value);
    }
    answer
}

/// A status with one detail.
pub fn with_details(code: u32, message: &str, kind: &str, value: Vec<u8>) -> Answer {
    let mut answer = status(code, message);
    let any = prost_reflect::prost_types::Any {
        type_url: format!("type.googleapis.com/{kind}"),
        value,
    };
    let details = tonic_types::pb::Status {
        code: code as i32,
        message: message.into(),
        details: vec![any],
    };
    if let Ended::Status { status, .. } = &mut answer.outcome {
        status.details = details.encode_to_vec().into();
    }
    answer
}

/// An HTTP answer that is not gRPC.
pub fn http(http_status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
    let code = StatusCode::from_http(http_status);
    let mut answer = made_by(AnsweredBy::Proxy, code.0, &format!("HTTP {http_status}"));
    answer.http_status = Some(http_status);
    answer.trailers_only = false;
    answer.body_excerpt = Some(body.into());
    with_headers(answer, headers)
}

/// An answer that broke the protocol so, and was determined locally.
pub fn faulty(code: u32, fault: WireFault) -> Answer {
    let mut answer = made_by(AnsweredBy::Local, code, "determined locally");
    answer.faults.push(fault);
    answer
}

/// Our own deadline passed.
pub fn deadline(request_sent: bool) -> Answer {
    if request_sent {
        let mut answer = made_by(
            AnsweredBy::Local,
            StatusCode::DEADLINE_EXCEEDED.0,
            "too late",
        );
        answer.http_status = None;
        return answer;
    }
    let mut answer = ended(Ended::NoStatus(NoStatus {
        cause: Interruption::Deadline,
        after: Progress::BeforeRequest,
    }));
    answer.request_sent = false;
    answer
}
