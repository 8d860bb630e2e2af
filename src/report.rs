//! Turns evidence and verdict into bytes; decides nothing.
//!
//! Stages emit [`Event`]s; every [`Sink`] has its format render them as they come, so that messages
//! stream. To add a format: one file in [`formats`] and its row in [`formats::ALL`].

mod candidates;
pub(crate) mod check;
pub(crate) mod console;
mod event;
pub(crate) mod explanation;
pub(crate) mod formats;
mod json_line;
pub(crate) mod lab;
pub(crate) mod layout;
mod log_commands;
mod opening;
pub(crate) mod output;
pub(crate) mod redactor;
pub(crate) mod schema;
pub(crate) mod sink;
pub(crate) mod style;
pub(crate) mod token;
pub(crate) mod waiting;

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::TryLockError;
use std::time::Duration;

use tokio::time::Instant;

use crate::exit_status::ExitStatus;
use crate::invoke::json::Layout;
use crate::invoke::json::Transcoder;
use crate::invoke::json::Undecodable;
use crate::report::console::Console;
pub use crate::report::event::Event;
pub use crate::report::event::Origin;
pub(crate) use crate::report::event::Page;
pub(crate) use crate::report::event::Product;
pub(crate) use crate::report::event::Run;
pub(crate) use crate::report::event::Step;
use crate::report::layout::Block;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
pub(crate) use crate::report::sink::Context;
pub use crate::report::sink::Sink;
pub(crate) use crate::report::waiting::Stage;
use crate::report::waiting::Waiting;
use crate::secret::Secret;

/// How much is told beside the result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Detail {
    /// `-v`: 1, `-vv`: 2.
    pub verbosity: u8,
    /// `-q`: no notices, no warnings.
    pub quiet: bool,
}

/// A format's renderer. Failures to write are the [`Output`]'s business.
pub trait Format: Send {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context<'_>);

    /// A response message as proto3 JSON, in the layout of the format's row and without secrets. Not
    /// flushed: more may have arrived with it.
    fn message(&mut self, origin: Origin, json: &str, output: &mut Output);

    /// The report ends: what was kept back is written.
    fn end(&mut self, _output: &mut Output) {}
}

/// Where stages emit their events. Cheap to clone: calls that run side by side share what stands behind it.
///
/// Three reports of the same calls, in memory; text, JSON and NDJSON:
///
/// ```
/// use grpcauth::internals::report::Console;
/// use grpcauth::internals::report::Detail;
/// use grpcauth::internals::report::FORMATS;
/// use grpcauth::internals::report::Kept;
/// use grpcauth::internals::report::Origin;
/// use grpcauth::internals::report::Redactor;
/// use grpcauth::internals::report::Reporter;
/// use grpcauth::internals::report::Sink;
/// use grpcauth::internals::report::Style;
///
/// let kept = [Kept::default(), Kept::default(), Kept::default()];
/// let sinks = FORMATS.iter().zip(&kept);
/// let sinks = sinks.map(|(format, kept)| Sink::new(format, kept.output(), Detail::default()));
/// let console = Console::new(Box::new(std::io::sink()), Style::PLAIN);
/// let reporter = Reporter::new(sinks.collect(), console, Redactor::new(false));
///
/// let second_cell = reporter.of(Origin { run: 0, cell: 1 });
/// second_cell.notice("no server was called");
/// assert_eq!(kept[0].text(), "note: no server was called\n");
/// ```
#[derive(Clone, Debug)]
pub struct Reporter {
    shared: Arc<Mutex<Shared>>,
    origin: Origin,
}

#[derive(Debug)]
struct Shared {
    sinks: Vec<Sink>,
    /// Each layout that a sink wants, once; one at least, for a message must be decoded to be judged.
    layouts: Vec<Layout>,
    console: Console,
    redactor: Redactor,
    told_of_echo: bool,
    waiting: Option<Waiting>,
    /// Whether a file that was asked for beside the reports could not be written.
    file_failed: bool,
}

impl Reporter {
    /// All sinks get every event, in the same order and behind one redactor.
    pub fn new(sinks: Vec<Sink>, console: Console, redactor: Redactor) -> Self {
        let mut layouts: Vec<Layout> = Vec::new();
        for layout in sinks.iter().map(|sink| sink.layout) {
            if !layouts.contains(&layout) {
                layouts.push(layout);
            }
        }
        if layouts.is_empty() {
            layouts.push(Layout::Compact);
        }
        let shared = Shared {
            sinks,
            layouts,
            console,
            redactor,
            told_of_echo: false,
            waiting: None,
            file_failed: false,
        };
        Self {
            shared: Arc::new(Mutex::new(shared)),
            origin: Origin::default(),
        }
    }

    /// The same, for the events of another run or cell.
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
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        shared.redactor.catch_up();
        shared
    }

    pub fn emit(&self, event: &Event<'_>) {
        self.shared().emit(self.origin, event);
    }

    pub fn notice(&self, text: &str) {
        self.emit(&Event::Notice(text));
    }

    /// Reports a response message, laid out once for each layout that a sink wants, and gives one of them.
    ///
    /// # Errors
    /// The message is not of its type. No sink has seen it.
    pub fn message<'t>(
        &self,
        encoded: &[u8],
        transcoder: &'t mut Transcoder,
    ) -> Result<&'t str, Undecodable> {
        self.shared().message(self.origin, encoded, transcoder)
    }

    /// See [`Redactor::fingerprint`].
    pub fn fingerprint(&self, secret: &Secret) -> Option<String> {
        self.shared().redactor.fingerprint(secret)
    }

    /// Hands what was printed to the readers.
    pub fn flush(&self) {
        for sink in &mut self.shared().sinks {
            sink.output.flush();
        }
    }

    /// Whether nobody reads any report any more, so that more messages serve nobody.
    pub fn is_closed(&self) -> bool {
        let sinks = &self.shared().sinks;
        !sinks.is_empty() && sinks.iter().all(|sink| sink.output.is_closed())
    }

    /// Says what the run waits for from here on, and for how long at most. [`Self::tick`] names it.
    pub(crate) fn waits_for(&self, stage: Stage, what: &str, limit: Option<Duration>) {
        self.shared().waiting = Some(Waiting {
            stage,
            what: what.to_owned(),
            since: Instant::now(),
            limit,
        });
    }

    /// What it waits for, if it does.
    pub(crate) fn waiting(&self) -> Option<Waiting> {
        self.shared().waiting.clone()
    }

    /// Whether somebody watches who may wonder what takes so long.
    pub(crate) fn is_watched(&self) -> bool {
        self.shared().console.shows_progress()
    }

    /// Names what is waited for, if that takes long; to be called about once a second.
    pub(crate) fn tick(&self) {
        let mut shared = self.shared();
        let waiting = shared.waiting.as_ref();
        let line = waiting.and_then(|waiting| waiting.line(Instant::now()));
        let line = line.map(|line| opening::escaped(&line, &shared.redactor));
        shared.console.progress(line.as_deref());
    }

    /// Whether a report could not be written; a reader that has gone is no such failure.
    pub(crate) fn has_failed(&self) -> bool {
        let sinks = &self.shared().sinks;
        sinks.iter().any(|sink| sink.output.trouble().is_some())
    }

    /// A line on standard error, without secrets. It may have a style.
    pub fn tell(&self, line: &str) {
        let mut shared = self.shared();
        let line = opening::styled(line, &shared.redactor);
        shared.console.tell(&line);
    }

    /// Shows a block on standard error.
    pub(crate) fn show(&self, block: &Block) {
        let mut shared = self.shared();
        let shared = &mut *shared;
        shared
            .console
            .show(block, Detail::default(), &shared.redactor);
    }

    /// Says on standard error why the command line was refused, and what to do.
    pub fn refuse(&self, why: &str, fix: &str) {
        self.show(&Block::error(Some("input.usage"), why).fix(fix));
    }

    /// A file that was asked for beside the reports could not be written; `why` says so.
    pub fn fail(&self, why: &str) {
        self.show(&Block::error(None, why));
        self.shared().file_failed = true;
    }

    /// Ends every report with this event after a panic, which may have come while another was reported: what was
    /// written then is left as it is.
    pub(crate) fn end_after_panic(&self, event: &Event<'_>) {
        let mut shared = match self.shared.try_lock() {
            Ok(shared) => shared,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return,
        };
        shared.redactor.catch_up();
        shared.emit(self.origin, event);
        shared.exit_status(ExitStatus::Bug);
    }

    /// Does something while an event is reported.
    #[cfg(test)]
    pub(crate) fn while_reporting(&self, what: impl FnOnce()) {
        let _reporting = self.shared();
        what();
    }

    /// Ends every report, and gives the exit status that writing leaves of the one earned.
    pub fn exit_status(&self, earned: ExitStatus) -> ExitStatus {
        self.shared().exit_status(earned)
    }
}

impl Shared {
    fn emit(&mut self, origin: Origin, event: &Event<'_>) {
        if matches!(event, Event::Finished(_) | Event::Interrupted(_)) {
            self.waiting = None;
        }
        self.console.progress(None);
        for sink in &mut self.sinks {
            sink.event(origin, event, &mut self.redactor, &mut self.console);
        }
    }

    fn message<'t>(
        &mut self,
        origin: Origin,
        encoded: &[u8],
        transcoder: &'t mut Transcoder,
    ) -> Result<&'t str, Undecodable> {
        // An answer is there, and a stream that goes on is no wait.
        self.waiting = None;
        self.console.progress(None);
        let last = self.layouts.len() - 1;
        let mut echoes = false;
        for index in 0..last {
            let layout = self.layouts[index];
            echoes |= self.deliver(origin, layout, transcoder.decode(encoded, layout)?);
        }
        let layout = self.layouts[last];
        let json = transcoder.decode(encoded, layout)?;
        echoes |= self.deliver(origin, layout, json);
        if echoes && !self.told_of_echo {
            self.told_of_echo = true;
            self.emit(origin, &Event::Notice("the server's answer echoes a secret that was sent; it is masked (--show-secrets shows it)"));
        }
        Ok(json)
    }

    /// Messages are shown as they are, but for a secret of the caller's that the server echoes: whether this one does.
    fn deliver(&mut self, origin: Origin, layout: Layout, json: &str) -> bool {
        let shown = self.redactor.json(json);
        for sink in self.sinks.iter_mut().filter(|sink| sink.layout == layout) {
            sink.message(origin, &shown);
        }
        matches!(shown, Cow::Owned(_))
    }

    fn exit_status(&mut self, earned: ExitStatus) -> ExitStatus {
        self.console.progress(None);
        let mut failed = self.file_failed;
        for sink in &mut self.sinks {
            sink.end();
            if let Some(trouble) = sink.output.trouble() {
                let block = Block::error(None, trouble);
                self.console.show(&block, Detail::default(), &self.redactor);
                failed = true;
            }
        }
        if failed { ExitStatus::Output } else { earned }
    }
}

#[cfg(test)]
mod tests;
