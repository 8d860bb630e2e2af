//! Turns evidence and verdict into bytes; decides nothing.
//!
//! Stages emit [`Event`]s; a format renders them as they come, so that messages stream. To add a
//! format: one file in [`formats`] and its row in [`formats::ALL`].

pub mod explanation;
pub mod formats;
pub mod lab;
pub mod output;
pub mod redactor;
pub mod schema;
pub mod style;
pub mod token;

use http::HeaderMap;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::invoke::json::Layout;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::secret::Secret;
use crate::verdict::Expectation;
use crate::verdict::Verdict;

/// How much is told beside the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// `-v`: 1, `-vv`: 2.
    pub verbosity: u8,
    /// `-q`: no notices, no warnings.
    pub quiet: bool,
}

/// What happens while a command runs.
#[derive(Debug)]
pub enum Event<'a> {
    /// Something the user should know, on one line.
    Notice(&'a str),
    /// The response's headers; none for an answer that is trailers only.
    Headers(&'a HeaderMap),
    /// A response message, as proto3 JSON. Not flushed: more may have arrived with it.
    Message(&'a str),
    /// The end.
    Finished(&'a Run<'a>),
    /// The end, by a signal: what is known by then.
    Interrupted(&'a Run<'a>),
}

/// A run that is over.
#[derive(Debug)]
pub struct Run<'a> {
    pub evidence: &'a Evidence,
    pub expectation: &'a Expectation,
    pub verdict: &'a Verdict,
}

/// A format's renderer. Failures to write are the [`Output`]'s business.
pub trait Format: Send {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context);
}

/// What every renderer writes with.
#[derive(Debug)]
pub struct Context {
    pub output: Output,
    pub redactor: Redactor,
    pub detail: Detail,
}

/// Which run of a process an event is of, and which cell of that run. A command that makes one call has one of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    pub run: u32,
    pub cell: u32,
}

/// Where stages emit their events. Cheap to clone: calls that run side by side share what stands behind it.
#[derive(Clone)]
pub struct Reporter {
    shared: Arc<Mutex<Shared>>,
    origin: Origin,
}

struct Shared {
    format: Box<dyn Format>,
    layout: Layout,
    told_of_echo: bool,
    context: Context,
}

impl Reporter {
    pub fn new(format: &formats::Row, context: Context) -> Self {
        let shared = Shared {
            format: (format.renderer)(),
            layout: format.layout,
            told_of_echo: false,
            context,
        };
        Self {
            shared: Arc::new(Mutex::new(shared)),
            origin: Origin::default(),
        }
    }

    /// The same, for the events of another run or cell.
    #[expect(dead_code, reason = "one run is all there is until suites")]
    #[must_use]
    pub fn of(&self, origin: Origin) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            origin,
        }
    }

    /// Never held across an await.
    fn shared(&self) -> MutexGuard<'_, Shared> {
        // A panic elsewhere leaves whole lines behind, and there may be more to report.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn emit(&self, event: &Event<'_>) {
        self.shared().emit(self.origin, event);
    }

    pub fn notice(&self, text: &str) {
        self.emit(&Event::Notice(text));
    }

    /// How messages are to be laid out.
    pub fn layout(&self) -> Layout {
        self.shared().layout
    }

    /// Keeps a secret out of every output from here on.
    pub fn learn(&self, secret: &Secret) {
        self.shared().context.redactor.learn(secret);
    }

    /// See [`Redactor::fingerprint`].
    pub fn fingerprint(&self, secret: &Secret) -> Option<String> {
        self.shared().context.redactor.fingerprint(secret)
    }

    /// Hands what was printed to the reader.
    pub fn flush(&self) {
        self.shared().context.output.flush();
    }

    /// Whether nobody reads the results any more, so that more messages serve nobody.
    pub fn is_closed(&self) -> bool {
        self.shared().context.output.is_closed()
    }

    /// See [`Output::progress`].
    pub fn progress(&self, line: Option<&str>) {
        self.shared().context.output.progress(line);
    }

    /// A line on standard error.
    pub fn tell(&self, line: &str) {
        self.shared().context.output.tell(line);
    }

    /// See [`Output::fail`].
    pub fn fail(&self, line: &str) {
        self.shared().context.output.fail(line);
    }

    /// The exit status that writing leaves of the one earned.
    pub fn exit_status(&self, earned: ExitStatus) -> ExitStatus {
        self.shared().context.output.exit_status(earned)
    }

    /// What is printed by a page that is no event.
    pub fn with_context<T>(&self, print: impl FnOnce(&mut Context) -> T) -> T {
        print(&mut self.shared().context)
    }
}

impl Shared {
    fn emit(&mut self, origin: Origin, event: &Event<'_>) {
        match event {
            Event::Message(json) => self.message(origin, json),
            event => self.format.event(origin, event, &mut self.context),
        }
    }

    /// Messages are shown as they are, but for a secret of the caller's that the server echoes.
    fn message(&mut self, origin: Origin, json: &str) {
        let cleaned = match self.context.redactor.text(json) {
            Cow::Borrowed(_) => None,
            Cow::Owned(cleaned) => Some(cleaned),
        };
        let shown = cleaned.as_deref().unwrap_or(json);
        self.format
            .event(origin, &Event::Message(shown), &mut self.context);
        if cleaned.is_some() && !self.told_of_echo {
            self.told_of_echo = true;
            self.emit(origin, &Event::Notice("the server's answer echoes a secret that was sent; it is masked (--show-secrets shows it)"));
        }
    }
}
