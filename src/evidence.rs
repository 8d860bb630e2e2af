//! Everything that was seen of one run, typed, without an opinion. [`crate::verdict`] judges it.
//!
//! A refusal by a peer is evidence, not an `Err`; so is a file of ours that cannot be used.

#[cfg(test)]
pub mod answers;
pub mod certificates;
pub mod error_in_message;
#[cfg(test)]
pub(crate) mod fetches;
#[cfg(test)]
pub(crate) mod handshakes;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::NotHad;
use crate::authenticate::http::Exchange;
use crate::authenticate::secret_reader::Unreadable;
use crate::connect::HandshakeReport;
use crate::describe::NotDescribed;
use crate::describe::schema::Told;
use crate::evidence::certificates::Readings;
use crate::evidence::error_in_message::ErrorInMessage;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::json::BadInput;
use crate::status::AnsweredBy;
use crate::x509::Crls;
use crate::x509::Pin;
use crate::x509::SpiffeId;
use crate::x509::TrustAnchors;
use crate::x509::pem::FileFault;

/// One run's facts, in the order in which the stages add them.
#[derive(Debug)]
pub struct Evidence {
    /// The clock that everything is judged by.
    pub clock: OffsetDateTime,
    pub asked: Asked,
    /// Why nothing was sent: found by the plan.
    pub refusal: Option<Refusal>,
    pub trust: Option<Trust>,
    pub client_certificate: Option<ClientCertificate>,
    /// User and password were there for the proxy.
    pub proxy_credentials: bool,
    pub handshake: Option<HandshakeReport>,
    /// With `--wait-for`: what waiting for that handshake took.
    pub waited: Option<Waited>,
    /// With `--all-addresses`: what the name's other addresses came to.
    pub other_addresses: Vec<HandshakeReport>,
    /// The call credentials that were sent, or would have been.
    pub credentials: Vec<CallCredential>,
    /// The credentials that were not to be had: without them nothing was called.
    pub not_had: Vec<NotHad>,
    /// What became of asking for another credential in place of one that was refused.
    pub renewed: Option<Renewed>,
    /// The handshake was refused under `--insecure`, so the credential stayed at home.
    pub credentials_withheld: bool,
    pub description: Description,
    /// Request messages that had been sent when the next one was found to be bad.
    pub requests_sent: u64,
    /// What reflection said before it was asked again with another credential.
    pub refused_descriptions: Vec<Attempt>,
    /// Each time the call was made.
    pub attempts: Vec<Attempt>,
    /// The metadata sent with the last request, reflection's or the call's; secrets masked.
    pub sent: Vec<(String, String)>,
    /// What of it gave way to a credential under the same key.
    pub overridden: Vec<Overridden>,
    /// A response message that its own descriptor cannot decode: what the decoder said.
    pub undecodable: Option<String>,
    /// A response message that speaks of an error.
    pub error_in_message: Option<ErrorInMessage>,
    /// What became of holding cached descriptors against the server.
    pub cache: Option<CacheCheck>,
    pub follow_ups: FollowUpFacts,
    pub timings: StageTimings,
    pub readings: Readings,
}

/// What a run is to find out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aim {
    /// What a call comes to.
    #[default]
    Call,
    /// Whether the handshake holds.
    Handshake,
    /// Which services there are, or which methods one has.
    List,
    /// What a symbol is.
    Describe,
}

impl Aim {
    /// The command's name, as JSON has it.
    pub fn command(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Handshake => "handshake",
            Self::List => "list",
            Self::Describe => "describe",
        }
    }
}

/// What the user asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub aim: Aim,
    pub target: String,
    /// The host that is connected to and, unless `--servername` says otherwise, verified.
    pub host: String,
    pub port: u16,
    pub authority: String,
    /// `package.Service/Method`, as resolved; as typed before that.
    pub method: Option<String>,
    pub plaintext: bool,
    pub unix_socket: bool,
    /// Every byte stays on this machine.
    pub loopback: bool,
    pub insecure: bool,
    /// `--server-spiffe-id`: asked for in place of a name.
    pub workload: Option<SpiffeId>,
    /// `--pin`, as given.
    pub pins: Vec<Pin>,
    pub max_time: Option<Duration>,
    pub connect_timeout: Duration,
    pub wait_for: Option<Duration>,
    pub warn_days: i64,
}

/// What the server's chain was held against.
#[derive(Clone, Debug)]
pub struct Trust {
    pub anchors: Arc<TrustAnchors>,
    /// The `--cacert` files; empty if only the system's roots were used.
    pub files: Vec<PathBuf>,
    pub system: bool,
    /// `--crl`: what was taken back.
    pub crls: Arc<Crls>,
}

/// The client certificate that we were given.
#[derive(Clone, Debug)]
pub struct ClientCertificate {
    pub chain: Vec<CertificateDer<'static>>,
    pub file: PathBuf,
}

/// The wait for a first good handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Connections tried, the last one included.
    pub attempts: u32,
    pub time: Duration,
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
        certificate: PathBuf,
    },
}

/// A metadata key that was given twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    pub key: String,
    /// Where the value that was sent came from.
    pub kept: String,
    /// The flag whose value was not.
    pub lost: &'static str,
}

/// What became of finding the method's descriptor.
#[derive(Debug, Default)]
pub enum Description {
    #[default]
    NotTried,
    Found {
        source: String,
    },
    Failed(NotDescribed),
    /// What `list` or `describe` asked for.
    Told(Told),
    /// The request does not fit the method's input type.
    BadRequest(BadInput),
    /// More than the one message that the method takes.
    TooManyRequests {
        count: usize,
    },
}

/// Cached descriptors, held against the server beside the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheCheck {
    Current,
    /// The server has others now; whether the cache holds them from here on.
    Stale {
        replaced: bool,
    },
    /// The server did not say, and why not.
    Unchecked {
        why: String,
    },
}

/// What came of asking for another credential.
#[derive(Clone, Debug)]
pub enum Renewed {
    /// There was another one, and the server was asked once more.
    Another,
    /// The same came again.
    Same,
    NotHad(NotHad),
}

/// One time that the call was made, or reflection asked.
#[derive(Debug)]
pub struct Attempt {
    pub answer: Answer,
    /// Of the credential that went with it.
    pub credential_fingerprint: Option<String>,
}

/// What follow-ups found; `None`: not asked.
#[derive(Clone, Debug, Default)]
pub struct FollowUpFacts {
    /// A TLS hello on a port dialled in plaintext was answered with TLS.
    pub answers_tls: Option<bool>,
    /// What the port that was dialled with TLS answers to HTTP/2 in plaintext: its first bytes, at
    /// most 64; empty if it says nothing.
    pub plaintext_answer: Option<Vec<u8>>,
    /// The system's roots accept the chain that `--cacert` refused.
    pub system_roots_accept: Option<bool>,
}

/// Time spent beside the handshake's own phases.
#[derive(Clone, Copy, Debug, Default)]
pub struct StageTimings {
    pub credential: Option<Duration>,
    pub describe: Option<Duration>,
    pub call: Option<Duration>,
    pub total: Duration,
}

impl Evidence {
    /// Evidence of nothing yet.
    pub fn new(clock: OffsetDateTime, asked: Asked) -> Self {
        Self {
            clock,
            asked,
            refusal: None,
            trust: None,
            client_certificate: None,
            proxy_credentials: false,
            handshake: None,
            waited: None,
            other_addresses: Vec::new(),
            credentials: Vec::new(),
            not_had: Vec::new(),
            renewed: None,
            credentials_withheld: false,
            description: Description::NotTried,
            requests_sent: 0,
            refused_descriptions: Vec::new(),
            attempts: Vec::new(),
            sent: Vec::new(),
            overridden: Vec::new(),
            undecodable: None,
            error_in_message: None,
            cache: None,
            follow_ups: FollowUpFacts::default(),
            timings: StageTimings::default(),
            readings: Readings::default(),
        }
    }

    /// The answer that ended the run: the last call's, or the one that refused reflection.
    pub fn last_answer(&self) -> Option<&Answer> {
        match (&self.attempts.last(), &self.description) {
            (Some(attempt), _) => Some(&attempt.answer),
            (None, Description::Failed(NotDescribed::Refused { answer, .. })) => Some(answer),
            // A web server's 404 maps to UNIMPLEMENTED too, but says nothing about reflection.
            (None, Description::Failed(NotDescribed::Absent { v1, .. })) if is_over_http(v1) => {
                Some(v1)
            }
            _ => None,
        }
    }

    /// The credentials that were not had: the first ones, and one that was to come in place of another.
    pub fn all_not_had(&self) -> impl Iterator<Item = &NotHad> {
        let renewed = match &self.renewed {
            Some(Renewed::NotHad(not_had)) => Some(not_had),
            _ => None,
        };
        self.not_had.iter().chain(renewed)
    }

    /// What was seen of every fetch of a credential, whatever came of it.
    pub fn fetches(&self) -> impl Iterator<Item = &FetchRecord> {
        let had = self.credentials.iter();
        had.filter_map(|credential| credential.fetch.as_deref())
            .chain(self.all_not_had().filter_map(NotHad::record))
    }

    /// Each HTTP exchange on the way to a credential.
    pub fn exchanges(&self) -> impl Iterator<Item = &Exchange> {
        self.fetches().flat_map(|record| &record.exchanges)
    }

    /// Whether the run ended while reading reflection.
    pub fn in_reflection(&self) -> bool {
        self.attempts.is_empty() && matches!(self.description, Description::Failed(_))
    }
}

fn is_over_http(answer: &Answer) -> bool {
    matches!(
        answer.outcome,
        Ended::Status {
            answered_by: AnsweredBy::Proxy,
            ..
        }
    )
}
