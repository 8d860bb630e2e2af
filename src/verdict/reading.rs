//! What several diagnoses read off the evidence: each reading stands here once.
//!
//! A reading is a fact in another form (what was said, what was sent, how long ago); the opinion on
//! it is the row's.

pub mod caller;
pub mod certificates;
pub mod challenge;
pub mod client_refusal;
pub mod deadline;
pub mod fetch;
pub mod http_answer;
pub mod names;
pub mod opening;
pub mod protocol;
pub mod reply;
pub mod revocation;
pub mod signature;
pub mod stages;
pub mod standing;
pub mod token;
pub mod waiting;
pub mod words;

pub use crate::text::moment;
pub use reply::Denial;
pub use reply::Reply;
pub use words::Words;
