//! Everything that was seen of one run, typed, without an opinion. [`crate::verdict`] judges it.
//!
//! A refusal by a peer is evidence, not an `Err`; so is a file of the user's that cannot be used.

#[cfg(test)]
pub mod answers;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod connection;
pub(crate) mod error_in_message;
#[cfg(test)]
pub(crate) mod fetches;
#[cfg(test)]
pub(crate) mod handshakes;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::authenticate::NotObtained;
use crate::authenticate::secret_reader::Unreadable;
use crate::x509::pem::FileFault;

pub use crate::evidence::call::Attempt;
pub(crate) use crate::evidence::call::CacheCheck;
pub(crate) use crate::evidence::call::CallEvidence;
pub(crate) use crate::evidence::call::Description;
pub(crate) use crate::evidence::call::Overridden;
pub(crate) use crate::evidence::caller::CallerEvidence;
pub use crate::evidence::caller::Renewed;
pub(crate) use crate::evidence::connection::AskedConnection;
pub(crate) use crate::evidence::connection::ClientCertificate;
pub(crate) use crate::evidence::connection::ConnectionEvidence;
pub(crate) use crate::evidence::connection::Trust;
pub(crate) use crate::evidence::connection::Waited;

/// One run's facts, or one cell's: what was asked, and what each stage adds. The parts have lifetimes of their own: a
/// connection outlives a call, and so does a caller's credential; both are shared by the calls over them.
#[derive(Debug)]
pub struct Evidence {
    /// The local clock when the run began.
    pub clock: OffsetDateTime,
    pub asked: Asked,
    /// Why nothing was sent: found by the plan.
    pub refusal: Option<Refusal>,
    pub connection: Arc<ConnectionEvidence>,
    pub caller: Arc<CallerEvidence>,
    pub call: CallEvidence,
}

/// What a run is to find out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// What a call comes to.
    #[default]
    Call,
    /// Whether the handshake succeeded.
    Handshake,
    /// Which services there are, or which methods one has.
    List,
    /// What a symbol is.
    Describe,
    /// Whether a service is ready to serve.
    Health,
}

impl Aim {
    /// The command's name, as JSON has it.
    pub fn command(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Handshake => "handshake",
            Self::List => "list",
            Self::Describe => "describe",
            Self::Health => "health",
        }
    }
}

/// What the user asked for, the connection apart.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub aim: Aim,
    /// `package.Service/Method`, as resolved; as typed before that.
    pub method: Option<String>,
    /// The service whose health is asked for; empty: the server as a whole.
    pub service: Option<String>,
    pub max_time: Option<Duration>,
    pub wait_for: Option<Duration>,
}

/// A refusal of our own, before the first packet.
#[derive(Clone, Debug)]
pub enum Refusal {
    /// A call credential would have crossed the network in the clear.
    PlaintextCredential { kind: &'static str, source: String },
    /// What a profile has would have gone to a host that it is not bound to.
    WrongHost {
        /// `a credential of kind oauth`, `a client certificate`.
        what: String,
        profile: String,
        /// `FILE:LINE` of the profile.
        place: String,
        target: String,
        /// The patterns as they were written.
        hosts: Vec<String>,
    },
    /// A file that cannot be what its flag takes.
    File {
        flag: &'static str,
        path: PathBuf,
        fault: FileProblem,
    },
    /// A secret's reference leads nowhere.
    Secret {
        flag: &'static str,
        problem: Unreadable,
    },
    /// The text cannot be a credential.
    Credential(NotObtained),
    /// Anything else about the input: what, and what to do.
    Usage { what: String, hint: String },
}

/// What is wrong with a file.
#[derive(Clone, Debug)]
pub enum FileProblem {
    NotFound,
    Unreadable(String),
    Content(FileFault),
    /// The private key does not belong to the certificate in this file.
    KeyMismatch {
        /// The place in the file of the certificate that the key does belong to, if one does.
        fits: Option<usize>,
        certificate: PathBuf,
    },
}

impl Evidence {
    /// Evidence of nothing yet.
    pub fn new(clock: OffsetDateTime, asked: Asked, to: AskedConnection) -> Self {
        Self {
            clock,
            asked,
            refusal: None,
            connection: Arc::new(ConnectionEvidence::new(clock, to)),
            caller: Arc::default(),
            call: CallEvidence::default(),
        }
    }

    /// Evidence of a run that connects to no target.
    pub fn of_nothing(clock: OffsetDateTime) -> Self {
        Self::new(clock, Asked::default(), AskedConnection::default())
    }

    /// The local clock when the last request went out; when the run began, if none did.
    pub fn called_at(&self) -> OffsetDateTime {
        self.call.began.unwrap_or(self.clock)
    }

    /// What is known of the connection, to add to; shared facts are copied first.
    pub fn connection_mut(&mut self) -> &mut ConnectionEvidence {
        Arc::make_mut(&mut self.connection)
    }

    /// The same of the caller.
    pub fn caller_mut(&mut self) -> &mut CallerEvidence {
        Arc::make_mut(&mut self.caller)
    }
}
