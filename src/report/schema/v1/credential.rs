//! `credential`: what was sent to say who is calling; never the secret itself.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::authenticate::token_fault::TokenFault;
use crate::evidence::Evidence;
use crate::evidence::Renewed;
use crate::jwt::Decoded;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::report::schema::v1::rfc3339;
use crate::verdict::diagnoses::credential;

/// A call credential, had or not.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct CredentialDocument {
    /// The kind: `bearer`, `basic`, `api-key`, `login`, `oauth`.
    pub kind: String,
    /// Where it came from, such as `env:TOKEN`.
    pub source: String,
    pub scheme: Option<String>,
    /// Tells whether two secrets of one run are the same, and nothing else.
    pub fingerprint: Option<String>,
    /// `given`, `cache`, `fetched` or `refreshed`; null: it could not be obtained.
    pub obtained: Option<String>,
    /// By the JWT's own word, else by that of who gave it.
    pub expires_at: Option<String>,
    pub jwt: Option<JwtDocument>,
    /// Null where none was asked in this run.
    pub token_endpoint: Option<TokenEndpointDocument>,
}

/// What a JWT says of itself. Nothing here is verified, and the signature is not shown.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct JwtDocument {
    pub header: Value,
    pub claims: Value,
    /// What is wrong with it by its own word, such as its end.
    pub problems: Vec<FindingDocument>,
}

/// The endpoint that was asked last for the token.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct TokenEndpointDocument {
    /// Of a login RPC: its target and method.
    pub url: String,
    /// Null where there was no HTTP answer.
    pub http_status: Option<u16>,
    /// OAuth's error code, or a word of our own (`no_answer`, `unexpected_status`); null: a token came.
    pub error: Option<String>,
}

/// The first credential of a run; and all of them, if there are several: those that were had, then those that
/// were not.
pub(crate) fn credentials(
    evidence: &Evidence,
    redactor: &mut Redactor,
) -> (Option<CredentialDocument>, Vec<CredentialDocument>) {
    let all = documents(evidence, redactor);
    let first = all.first().cloned();
    match all.len() {
        0 | 1 => (first, Vec::new()),
        _ => (first, all),
    }
}

fn documents(evidence: &Evidence, redactor: &mut Redactor) -> Vec<CredentialDocument> {
    let mut documents: Vec<CredentialDocument> = evidence
        .caller
        .credentials
        .iter()
        .map(|credential| CredentialDocument::new(credential, evidence.called_at(), redactor))
        .collect();
    if let Some(Renewed::Unobtained(unobtained)) = &evidence.caller.renewed {
        let refused = evidence
            .caller
            .credentials
            .iter()
            .position(|had| had.kind == unobtained.kind && had.source == unobtained.source);
        if let Some(document) = refused.and_then(|at| documents.get_mut(at)) {
            document.token_endpoint = TokenEndpointDocument::of_failure(unobtained);
        }
    }
    let unobtained = evidence.caller.unobtained.iter();
    documents.extend(unobtained.map(CredentialDocument::unobtained));
    documents
}

impl CredentialDocument {
    /// A JWT is held against `clock`.
    pub(crate) fn new(
        credential: &CallCredential,
        clock: OffsetDateTime,
        redactor: &mut Redactor,
    ) -> Self {
        let decoded = Decoded::read(credential.secret.expose()).ok();
        let by_its_word = decoded.as_ref().and_then(Decoded::expires_at);
        let record = credential.fetch.as_deref();
        Self {
            kind: credential.kind.to_owned(),
            source: credential.source.clone(),
            scheme: credential.scheme.clone(),
            fingerprint: redactor.fingerprint(&credential.secret),
            obtained: Some(credential.obtained.word().to_owned()),
            expires_at: by_its_word
                .or(credential.expires_at)
                .map(|at: OffsetDateTime| rfc3339(at)),
            jwt: decoded.map(|decoded| JwtDocument {
                header: decoded.header,
                claims: decoded.claims,
                problems: findings(&credential::problems(credential, clock)),
            }),
            token_endpoint: record.and_then(|record| TokenEndpointDocument::new(record, None)),
        }
    }

    fn unobtained(unobtained: &Unobtained) -> Self {
        Self {
            kind: unobtained.kind.to_owned(),
            source: unobtained.source.clone(),
            scheme: None,
            fingerprint: None,
            obtained: None,
            expires_at: None,
            jwt: None,
            token_endpoint: TokenEndpointDocument::of_failure(unobtained),
        }
    }
}

impl TokenEndpointDocument {
    fn new(record: &FetchRecord, fault: Option<&TokenFault>) -> Option<Self> {
        let error = fault.map(|fault| fault.word().to_string());
        if let Some(exchange) = record.exchanges.last() {
            return Some(Self {
                url: exchange.url.clone(),
                http_status: exchange.head().map(|head| head.status),
                error,
            });
        }
        let call = record.calls.last()?;
        let answer = call.answer.as_ref();
        Some(Self {
            url: format!("{}/{}", call.target, call.method),
            http_status: answer.and_then(|answer| answer.http_status),
            error,
        })
    }

    fn of_failure(unobtained: &Unobtained) -> Option<Self> {
        match &unobtained.why {
            Why::Fault(failure) => Self::new(&failure.record, Some(&failure.fault)),
            Why::Busy | Why::Late => None,
        }
    }
}
