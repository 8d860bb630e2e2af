//! What there is to report.

use http::HeaderMap;

use crate::describe::health::ServingStatus;
use crate::evidence::Evidence;
use crate::report::check::Checked;
use crate::report::lab::Shown;
use crate::report::token::Failed;
use crate::report::token::Look;
use crate::report::token::Minted;
use crate::report::token::Obtained;
use crate::verdict::Expectation;
use crate::verdict::Verdict;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::messages::Candidate;

/// Which run of a process an event is of, and which cell of that run. A command that makes one call has one of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    pub run: u32,
    pub cell: u32,
}

/// What happens while a command runs, but for response messages: see [`Reporter::message`](crate::report::Reporter::message).
#[derive(Debug)]
pub enum Event<'a> {
    /// Something the user should know, on one line.
    Notice(&'a str),
    /// A stage of the run was reached: what is known by then.
    Reached(Step, &'a Run<'a>),
    /// The response's headers; none for an answer that is trailers only.
    Headers(&'a HeaderMap),
    /// What the health service answers, each time it does.
    Serving(ServingStatus),
    /// The end.
    Finished(&'a Run<'a>),
    /// The end, by a signal: what is known by then.
    Interrupted(&'a Run<'a>),
    /// The end of a command that makes no call.
    Produced(&'a Product<'a>),
    /// A page for people, from a command that takes no format.
    Page(&'a Page<'a>),
}

/// A stage that a run has behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The handshake is over.
    Connected,
    /// The credentials were obtained, or could not be.
    Authenticated,
    /// The method's descriptors were found.
    Described,
    /// The request's metadata stands, and goes out.
    Requested,
}

/// What a command gives that makes no call.
#[derive(Debug)]
pub enum Product<'a> {
    Examined(Look<'a>),
    Obtained(Obtained<'a>),
    /// Tokens are no longer kept.
    Cleared {
        tokens: usize,
    },
    Minted(Minted),
    Failed(Failed<'a>),
    Lab(Shown<'a>),
    Checked(Checked<'a>),
}

/// What people read.
#[derive(Debug)]
pub enum Page<'a> {
    /// Whole lines, printed as they are.
    Text(&'a str),
    /// A line for each diagnosis, or for each of one family.
    Diagnoses {
        family: Option<&'a str>,
    },
    Diagnosis(&'static Diagnosis),
    /// What a status, an exit code or a message of another program can stand for.
    Candidates {
        title: &'a str,
        found: &'a [Candidate],
    },
    /// A command line of the demo, before it is run.
    Scene {
        title: &'a str,
        situation: &'a str,
        line: &'a str,
    },
    SceneEnd {
        exit_code: u8,
        diagnosis: Option<&'a str>,
    },
}

/// A run that is over.
#[derive(Debug)]
pub struct Run<'a> {
    pub evidence: &'a Evidence,
    pub expectation: &'a Expectation,
    pub verdict: &'a Verdict,
}
