//! The `lab` document: every door.

use schemars::JsonSchema;
use serde::Serialize;

/// The embedded lab, open.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LabDocument {
    pub schema: String,
    pub command: String,
    /// Where its certificates, keys and tokens are.
    pub directory: String,
    pub doors: Vec<DoorDocument>,
}

/// One door.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DoorDocument {
    pub id: String,
    pub address: String,
    pub summary: String,
    /// The diagnosis that it demonstrates.
    pub demonstrates: Option<String>,
    /// A command line that shows it.
    pub example: String,
}
