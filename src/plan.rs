//! From flags, environment, files and the clock to one request for each stage.
//!
//! Every usage error is raised here, before the first packet. A file that cannot be used is evidence
//! like any refusal: it is judged and rendered the same way.

pub mod body;
pub mod call;
pub mod caller;
pub mod channel;
pub mod credentials;
pub mod descriptors;
pub mod document;
pub mod environment;
pub mod files;
pub mod handshake;
pub mod hosts;
pub mod identities;
pub mod listing;
pub mod metadata;
pub mod names;
pub mod profile;
pub mod proxy;
pub mod request;
pub mod secrets;
pub mod server;
pub mod token;
pub mod trust;
mod user_agent;

pub use call::CallPlan;
pub use handshake::HandshakePlan;
pub use listing::ListingPlan;

use crate::evidence::Refusal;

/// What planning a stage comes to.
pub type Planned<T> = Result<T, Refusal>;

fn usage(what: impl Into<String>, hint: impl Into<String>) -> Refusal {
    Refusal::Usage {
        what: what.into(),
        hint: hint.into(),
    }
}
