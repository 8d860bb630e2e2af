//! A refusal as the lab words it: status, google.rpc ErrorInfo, and `www-authenticate`.

use std::collections::HashMap;

use tonic::Code;
use tonic::Status;
use tonic::metadata::MetadataMap;
use tonic_types::ErrorDetails;
use tonic_types::StatusExt as _;

/// `domain` of every ErrorInfo.
const DOMAIN: &str = "lab.grpcauth";

/// Why a call is refused.
#[derive(Debug)]
pub struct Refusal {
    code: Code,
    reason: &'static str,
    message: String,
    challenge: Option<String>,
    facts: HashMap<String, String>,
}

impl Refusal {
    /// `reason` goes into ErrorInfo, `message` into `grpc-message`.
    pub fn new(code: Code, reason: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            reason,
            message: message.into(),
            challenge: None,
            facts: HashMap::new(),
        }
    }

    /// With `www-authenticate` (RFC 6750 §3) beside the status.
    pub fn challenge(mut self, challenge: impl Into<String>) -> Self {
        self.challenge = Some(challenge.into());
        self
    }

    /// With an entry in ErrorInfo's metadata.
    pub fn fact(mut self, key: &str, value: impl Into<String>) -> Self {
        self.facts.insert(key.to_owned(), value.into());
        self
    }
}

impl From<Refusal> for Status {
    fn from(refusal: Refusal) -> Self {
        let mut metadata = MetadataMap::new();
        // A challenge quotes nothing of the caller's, so it is a header value.
        if let Some(Ok(challenge)) = refusal.challenge.map(|text| text.parse()) {
            metadata.insert("www-authenticate", challenge);
        }
        Self::with_error_details_and_metadata(
            refusal.code,
            refusal.message,
            ErrorDetails::with_error_info(refusal.reason, DOMAIN, refusal.facts),
            metadata,
        )
    }
}
