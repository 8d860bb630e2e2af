//! The `health` document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::Run;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::CallDocument;

/// One call of the health service. `messages` has every response, `serving_status` the latest.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct HealthDocument {
    #[serde(flatten)]
    pub call: CallDocument,
    /// As it was asked for; empty: the server as a whole.
    pub service: String,
    /// `SERVING`, `NOT_SERVING`, `SERVICE_UNKNOWN`, `UNKNOWN`; `UNDEFINED_n` for a number that the protocol does not
    /// define; null if no response was received.
    pub serving_status: Option<String>,
}

impl HealthDocument {
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        Self {
            call: CallDocument::new(run, redactor),
            service: run.evidence.asked.service.clone().unwrap_or_default(),
            serving_status: run.evidence.call.serving.map(|status| status.to_string()),
        }
    }
}
