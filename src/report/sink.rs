//! One report: a format, where it writes, and how much it tells. Any number of them stand side by side.

use std::fmt;

use crate::invoke::json::Layout;
use crate::report::Detail;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::console::Console;
use crate::report::formats::Row;
use crate::report::layout::Block;
use crate::report::opening;
use crate::report::output::Asides;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::report::style::Style;

/// Takes every event of a process and writes it in its own way.
pub struct Sink {
    format: Box<dyn Format>,
    /// How its messages are laid out.
    pub(super) layout: Layout,
    pub(super) output: Output,
    detail: Detail,
}

/// What a format writes with.
#[derive(Debug)]
pub struct Context<'a> {
    pub output: &'a mut Output,
    pub redactor: &'a mut Redactor,
    pub detail: Detail,
    console: &'a mut Console,
}

impl fmt::Debug for Sink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sink")
            .field("output", &self.output)
            .field("detail", &self.detail)
            .finish_non_exhaustive()
    }
}

impl Sink {
    pub fn new(format: &Row, output: Output, detail: Detail) -> Self {
        Self {
            format: (format.renderer)(),
            layout: format.layout,
            output,
            detail,
        }
    }

    pub(super) fn event(
        &mut self,
        origin: Origin,
        event: &Event<'_>,
        redactor: &mut Redactor,
        console: &mut Console,
    ) {
        let mut context = Context {
            output: &mut self.output,
            redactor,
            detail: self.detail,
            console,
        };
        self.format.event(origin, event, &mut context);
    }

    pub(super) fn message(&mut self, origin: Origin, json: &str) {
        self.format.message(origin, json, &mut self.output);
    }

    pub(super) fn end(&mut self) {
        self.format.end(&mut self.output);
        self.output.flush();
    }
}

impl Context<'_> {
    /// Writes a line beside the results, without secrets. It may have a style.
    pub fn tell(&mut self, line: &str) {
        let line = opening::styled(line, self.redactor);
        self.write(&line);
    }

    /// Writes a block beside the results.
    pub(crate) fn show(&mut self, block: &Block) {
        for line in block.lines(self.aside_style(), self.detail, self.redactor) {
            self.write(&line);
        }
    }

    fn write(&mut self, line: &str) {
        match self.output.asides {
            Asides::Console => self.console.tell(line),
            Asides::Among => self.output.print(&format!("{line}\n")),
        }
    }

    /// The style of such lines.
    pub fn aside_style(&self) -> Style {
        match self.output.asides {
            Asides::Console => self.console.style,
            Asides::Among => self.output.style,
        }
    }
}
