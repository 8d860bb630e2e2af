//! What several diagnoses read off the evidence: each reading stands here once.
//!
//! A reading is a fact in another form (what was said, what was sent, how long ago); the opinion on
//! it is the row's.

pub(super) mod answerer;
pub(super) mod caller;
pub(super) mod certificates;
pub(super) mod challenge;
pub(super) mod client_refusal;
pub(super) mod deadline;
pub(super) mod describing;
pub(super) mod fetch;
pub(super) mod http_answer;
pub(super) mod http_meaning;
pub(super) mod known_certificates;
pub(super) mod metadata_size;
pub(super) mod names;
pub(super) mod opening;
pub(super) mod protocol;
pub(super) mod refusal;
pub(super) mod reply;
pub(super) mod revocation;
pub(super) mod sent_certificate;
pub(super) mod signature;
pub(super) mod stages;
pub(super) mod standing;
pub(super) mod token;
pub(super) mod waiting;
pub(super) mod words;

pub(super) use crate::text::moment;
pub(super) use refusal::About;
pub(super) use reply::Denial;
pub(super) use reply::Reply;
pub(super) use words::Words;
