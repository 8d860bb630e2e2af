//! A suite whose names are resolved: targets, identities and rows refer to each other by number.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Map;
use serde_json::Value;

use crate::status::StatusCode;
use crate::suite::assertion::Assertion;
use crate::suite::document::CallPolicyWord;
use crate::suite::document::Reflection;
use crate::suite::document::TlsExpectations;
use crate::suite::document::located::Located;
use crate::suite::document::schema_source::SchemaSource;
use crate::suite::objects::Mentioned;
use crate::suite::pattern::Pattern;
use crate::suite::source::Place;
use crate::verdict::Expectation;

/// The identity that sends nothing stands first.
pub(crate) const ANONYMOUS: usize = 0;

#[derive(Clone, Debug)]
pub(crate) struct Suite {
    pub name: String,
    /// In the order of the file.
    pub targets: Vec<Target>,
    /// Anonymous, then in the order of the file.
    pub identities: Vec<Identity>,
    /// Rows and cases, in the order of the file.
    pub rows: Vec<Row>,
    pub deadline: Option<Duration>,
    pub retry: Option<RetryPolicy>,
    pub coverage: Option<Coverage>,
    pub waivers: Vec<Waiver>,
    pub probes: Vec<Probe>,
}

#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub name: String,
    pub at: Place,
    /// As it was written.
    pub address: Located<String>,
    /// Paths relative to the suite.
    pub ca: Vec<String>,
    pub server_name: Option<String>,
    pub authority: Option<String>,
    pub schema: SchemaSource,
    /// The identity that asks for the schema.
    pub reflect_as: Option<usize>,
    pub reflection: Option<Located<Reflection>>,
    pub denied_also: Vec<StatusCode>,
    pub tls: TlsExpectations,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    pub name: String,
    pub at: Place,
    /// What belongs to it.
    pub owns: BTreeMap<String, String>,
    pub control: Option<Located<String>>,
    pub expect: Option<Located<Expectation>>,
    pub sends: Sends,
}

/// What an identity shows of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sends {
    pub call_credential: bool,
    pub certificate: bool,
}

impl Sends {
    pub(crate) fn any(self) -> bool {
        self.call_credential || self.certificate
    }
}

/// A row of the matrix, or a case.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    /// Unique in the suite.
    pub name: String,
    pub at: Place,
    pub target: usize,
    pub methods: Methods,
    pub request: Option<Located<Map<String, Value>>>,
    pub mentioned: Mentioned,
    pub effect: Option<Effect>,
    /// In the order of the file.
    pub expect: Vec<Expects>,
    pub within: Option<Duration>,
    /// The target's included.
    pub denied_also: Vec<StatusCode>,
    pub never_contains: Vec<String>,
    pub assertions: Vec<Assertion>,
}

#[derive(Clone, Debug)]
pub(crate) enum Methods {
    Matching(Vec<Pattern>),
    /// A case's.
    One(Located<String>),
}

/// What a row expects, and of whom.
#[derive(Clone, Debug)]
pub(crate) struct Expects {
    pub who: Who,
    pub at: Place,
    pub expectation: Expectation,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    Identity(usize),
    /// `*`
    Rest,
}

/// Whether a call changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Effect {
    Read,
    Write,
}

/// When an inconclusive call is made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RetryPolicy {
    pub on: Vec<StatusCode>,
    pub times: u8,
    /// Before the first repetition; it doubles.
    pub backoff: Duration,
}

#[derive(Clone, Debug)]
pub(crate) struct Coverage {
    /// Where it says that every method must be matched.
    pub all_methods: Option<Place>,
    pub unlisted: Located<Expectation>,
    pub call: CallPolicyWord,
    pub public: Vec<Pattern>,
    pub ignore: Vec<Pattern>,
}

#[derive(Clone, Debug)]
pub(crate) struct Waiver {
    pub at: Place,
    pub of: Waived,
    pub target: Option<usize>,
    pub reason: String,
    /// The last day, in UTC.
    pub until: time::Date,
}

/// What a waiver covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Waived {
    Cell { method: String, identity: usize },
    Check(String),
}

/// Read and checked; nothing runs it yet.
#[derive(Clone, Debug)]
pub(crate) struct Probe {
    pub target: usize,
    pub methods: Vec<Pattern>,
}
