//! `credential`: what was sent to say who is calling; never the secret itself.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::jwt::Decoded;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::rfc3339;

/// A call credential.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CredentialDocument {
    /// The kind: `bearer`, `basic`, `api-key`.
    pub kind: String,
    /// Where it came from, such as `env:TOKEN`.
    pub source: String,
    pub scheme: Option<String>,
    /// Tells whether two secrets of one run are the same, and nothing else.
    pub fingerprint: Option<String>,
    /// `given`, `cache`, `fetched` or `refreshed`.
    pub obtained: String,
    pub expires_at: Option<String>,
    pub jwt: Option<JwtDocument>,
    pub token_endpoint: Option<TokenEndpointDocument>,
}

/// What a JWT says of itself. Nothing here is verified, and the signature is not shown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct JwtDocument {
    pub header: Value,
    pub claims: Value,
    pub problems: Vec<FindingDocument>,
}

/// The token endpoint that was asked.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TokenEndpointDocument {
    pub url: String,
    pub http_status: Option<u16>,
    pub error: Option<String>,
}

impl CredentialDocument {
    pub fn new(credential: &CallCredential, redactor: &mut Redactor) -> Self {
        let decoded = Decoded::read(credential.secret.expose()).ok();
        Self {
            kind: credential.kind.to_owned(),
            source: credential.source.clone(),
            scheme: credential.scheme.clone(),
            fingerprint: redactor.fingerprint(&credential.secret),
            obtained: credential.obtained.word().to_owned(),
            expires_at: decoded
                .as_ref()
                .and_then(Decoded::expires_at)
                .map(|at: OffsetDateTime| rfc3339(at)),
            jwt: decoded.map(|decoded| JwtDocument {
                header: decoded.header,
                claims: decoded.claims,
                problems: Vec::new(),
            }),
            token_endpoint: None,
        }
    }
}
