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

use crate::evidence::Evidence;
use crate::invoke::json::Layout;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
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
    fn event(&mut self, event: &Event<'_>, context: &mut Context);
}

/// What every renderer writes with.
#[derive(Debug)]
pub struct Context {
    pub output: Output,
    pub redactor: Redactor,
    pub detail: Detail,
}

/// The sink that stages emit into.
pub struct Reporter {
    format: Box<dyn Format>,
    layout: Layout,
    told_of_echo: bool,
    pub context: Context,
}

impl Reporter {
    pub fn new(format: &formats::Row, context: Context) -> Self {
        Self {
            format: (format.renderer)(),
            layout: format.layout,
            told_of_echo: false,
            context,
        }
    }

    pub fn emit(&mut self, event: &Event<'_>) {
        match event {
            Event::Message(json) => self.message(json),
            event => self.format.event(event, &mut self.context),
        }
    }

    /// Messages are shown as they are, but for a secret of ours that the server echoes.
    fn message(&mut self, json: &str) {
        let cleaned = match self.context.redactor.text(json) {
            Cow::Borrowed(_) => None,
            Cow::Owned(cleaned) => Some(cleaned),
        };
        let shown = cleaned.as_deref().unwrap_or(json);
        self.format.event(&Event::Message(shown), &mut self.context);
        if cleaned.is_some() && !self.told_of_echo {
            self.told_of_echo = true;
            self.notice("the server's answer echoes a secret that was sent; it is masked (--show-secrets shows it)");
        }
    }

    /// How messages are to be laid out.
    pub fn layout(&self) -> Layout {
        self.layout
    }

    pub fn notice(&mut self, text: &str) {
        self.emit(&Event::Notice(text));
    }
}
