//! Standard error: lines for people, and one line that comes and goes.

use std::fmt;
use std::io;
use std::io::Write;

use crate::report::Detail;
use crate::report::layout::Block;
use crate::report::log_commands;
use crate::report::redactor::Redactor;
use crate::report::style::Style;
use crate::text::escape;
use crate::text::shorten;

/// Shared by all sinks. That nobody reads it changes nothing.
pub struct Console {
    stream: Box<dyn Write + Send>,
    pub style: Style,
    /// Whether a line that comes and goes may be shown, and whether one is.
    shows_progress: bool,
    progressing: bool,
}

impl fmt::Debug for Console {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Console").finish_non_exhaustive()
    }
}

impl Console {
    /// The process's standard error.
    pub fn standard(style: Style) -> Self {
        Self::new(Box::new(io::stderr()), style)
    }

    /// Any stream.
    pub fn new(stream: Box<dyn Write + Send>, style: Style) -> Self {
        Self {
            stream,
            style,
            shows_progress: true,
            progressing: false,
        }
    }

    /// Shows no progress from here on: nobody watches, or nobody wants to.
    pub fn without_progress(&mut self) {
        self.shows_progress = false;
    }

    /// Whether it may show any.
    pub(super) fn shows_progress(&self) -> bool {
        self.shows_progress
    }

    /// Shows a line in place of the one before; `None` removes it.
    pub fn progress(&mut self, line: Option<&str>) {
        /// Back to the line's begin, and the line erased (ECMA-48 §8.3.41, EL).
        const ERASED: &str = "\r\u{1b}[K";
        if self.shows_progress && (self.progressing || line.is_some()) {
            self.progressing = line.is_some();
            let line = escape(line.unwrap_or_default());
            // A line that wraps could not be erased.
            let room = self.style.width().unwrap_or(usize::MAX).saturating_sub(2);
            let line = shorten(&line, room);
            let _ = self.stream.write_all(format!("{ERASED}{line}").as_bytes());
        }
    }

    /// Writes a block.
    pub(crate) fn show(&mut self, block: &Block, detail: Detail, redactor: &Redactor) {
        for line in block.lines(self.style, detail, redactor) {
            self.tell(&line);
        }
    }

    /// Writes a line.
    pub fn tell(&mut self, line: &str) {
        self.progress(None);
        let line = log_commands::disarmed(line, true);
        let _ = self.stream.write_all(format!("{line}\n").as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::output::Kept;

    #[test]
    fn progress_comes_and_goes_and_only_where_it_is_watched() {
        for (watched, expected) in [
            (true, "\r\u{1b}[Kone\r\u{1b}[Ktwo\\x1b\r\u{1b}[Kerror\n"),
            (false, "error\n"),
        ] {
            let kept = Kept::default();
            let mut console = Console::new(Box::new(kept.clone()), Style::PLAIN);
            if !watched {
                console.without_progress();
            }
            console.progress(Some("one"));
            console.progress(Some("two\u{1b}"));
            console.tell("error");
            console.progress(None);
            assert_eq!(kept.text(), expected);
        }
    }

    #[test]
    fn a_progress_line_never_wraps() {
        let kept = Kept::default();
        let style = Style::PLAIN.wide(Some(40));
        let mut console = Console::new(Box::new(kept.clone()), style);
        console.progress(Some(&"x".repeat(100)));
        assert_eq!(kept.text().matches('x').count(), 38);
    }
}
