//! The plan of who calls.

use crate::authenticate::Prepared;
use crate::evidence::Refusal;
use crate::identity::caller::RetryAuth;
use crate::metadata::Metadata;
use crate::metadata::is_secret;

/// Who is calling, and what goes along.
#[derive(Debug, Default)]
pub struct CallerPlan {
    pub credentials: Vec<Prepared>,
    /// Plain metadata for every RPC, for the call alone, for reflection alone.
    pub everywhere: Metadata,
    pub on_call: Metadata,
    pub on_reflection: Metadata,
    pub authenticate_reflection: bool,
    pub retry: RetryAuth,
    /// Credentials go to a server that `--insecure` let in although it was refused, too.
    pub allow_unverified: bool,
    /// Why nothing is sent where a channel in plaintext turns out not to be on loopback.
    pub if_not_loopback: Option<Refusal>,
    pub notices: Vec<String>,
}

impl CallerPlan {
    /// Whether `--rpc-header` or `--reflect-header` says who is calling.
    pub fn has_credential_among_headers(&self) -> bool {
        let mut entries = self.on_call.iter().chain(self.on_reflection.iter());
        entries.any(|entry| is_secret(&entry.key))
    }
}
