//! A refusal as OAuth words it (RFC 6749 §5.2).

use http::StatusCode;
use http::header;
use http::header::HeaderValue;
use serde_json::json;

use super::answer::Answer;
use super::answer::json;

/// `error` and `error_description`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub error: &'static str,
    pub description: String,
}

impl Refusal {
    /// `error` is one of the registered codes; the description never quotes the request.
    pub fn new(error: &'static str, description: impl Into<String>) -> Self {
        Self {
            error,
            description: description.into(),
        }
    }

    pub fn invalid_request(description: impl Into<String>) -> Self {
        Self::new("invalid_request", description)
    }

    pub fn invalid_client(description: impl Into<String>) -> Self {
        Self::new("invalid_client", description)
    }

    pub fn invalid_grant(description: impl Into<String>) -> Self {
        Self::new("invalid_grant", description)
    }

    pub fn invalid_scope(description: impl Into<String>) -> Self {
        Self::new("invalid_scope", description)
    }
}

/// 400, and for invalid_client 401 with a challenge.
impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let mut answer = json(
            status,
            &json!({"error": refusal.error, "error_description": refusal.description}),
        );
        if status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static(r#"Basic realm="lab", charset="UTF-8""#);
            answer
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        answer
    }
}
