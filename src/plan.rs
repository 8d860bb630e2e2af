//! From flags, environment, files and the clock to one request for each stage.
//!
//! Every usage error is raised here, before the first packet. A file that cannot be used is evidence
//! like any refusal: it is judged and rendered the same way.

pub(crate) mod body;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod channel;
pub(crate) mod check;
pub(crate) mod credentials;
pub(crate) mod descriptors;
pub(crate) mod document;
pub(crate) mod environment;
pub(crate) mod files;
pub(crate) mod handshake;
pub(crate) mod health;
pub(crate) mod hosts;
pub(crate) mod identities;
pub(crate) mod key_log;
pub(crate) mod listing;
pub(crate) mod metadata;
pub(crate) mod names;
pub(crate) mod profile;
pub(crate) mod proxy;
pub(crate) mod request;
pub(crate) mod secrets;
pub(crate) mod server;
pub(crate) mod suite;
pub(crate) mod token;
pub(crate) mod trust;
mod user_agent;

pub use call::CallPlan;
pub(crate) use handshake::HandshakePlan;
pub(crate) use listing::ListingPlan;

use crate::evidence::Refusal;

/// What planning a stage comes to.
pub(crate) type Planned<T> = Result<T, Refusal>;

fn usage(what: impl Into<String>, hint: impl Into<String>) -> Refusal {
    Refusal::Usage {
        what: what.into(),
        hint: hint.into(),
    }
}
