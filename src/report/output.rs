//! Standard output and error. Nothing panics on a closed pipe: it ends quietly; a full disk is told.

use std::fmt;
use std::io;
use std::io::BufWriter;
use std::io::Write;

use crate::exit_status::ExitStatus;
use crate::report::style::Style;
use crate::text::escape;

/// Both streams, and what became of writing to them.
pub struct Output {
    stdout: Box<dyn Write + Send>,
    stderr: Box<dyn Write + Send>,
    pub stdout_style: Style,
    pub stderr_style: Style,
    /// Whether something was printed that was not flushed.
    pending: bool,
    closed: bool,
    failure: Option<io::Error>,
    file_failed: bool,
    /// Whether a line that comes and goes may be shown, and whether one is.
    shows_progress: bool,
    progressing: bool,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("closed", &self.closed)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

impl Output {
    /// The process's own streams.
    pub fn standard(stdout_style: Style, stderr_style: Style) -> Self {
        Self::new(
            Box::new(BufWriter::with_capacity(64 << 10, io::stdout())),
            Box::new(io::stderr()),
            stdout_style,
            stderr_style,
        )
    }

    /// Any two streams.
    pub fn new(
        stdout: Box<dyn Write + Send>,
        stderr: Box<dyn Write + Send>,
        stdout_style: Style,
        stderr_style: Style,
    ) -> Self {
        Self {
            stdout,
            stderr,
            stdout_style,
            stderr_style,
            pending: false,
            closed: false,
            failure: None,
            file_failed: false,
            shows_progress: true,
            progressing: false,
        }
    }

    /// Writes to standard output.
    pub fn print(&mut self, text: &str) {
        if !self.closed {
            self.pending = true;
            let outcome = self.stdout.write_all(text.as_bytes());
            self.note(outcome);
        }
    }

    /// Hands what was printed to the reader, if anything was.
    pub fn flush(&mut self) {
        if !self.closed && self.pending {
            self.pending = false;
            let outcome = self.stdout.flush();
            self.note(outcome);
        }
    }

    /// Shows no progress from here on: nobody watches, or nobody wants to.
    pub fn without_progress(&mut self) {
        self.shows_progress = false;
    }

    /// Shows a line on standard error in place of the one before; `None` takes it away.
    pub fn progress(&mut self, line: Option<&str>) {
        /// Back to the line's begin, and the line erased (ECMA-48 §8.3.41, EL).
        const ERASED: &str = "\r\u{1b}[K";
        if self.shows_progress && (self.progressing || line.is_some()) {
            self.progressing = line.is_some();
            let line = escape(line.unwrap_or_default());
            let _ = self.stderr.write_all(format!("{ERASED}{line}").as_bytes());
        }
    }

    /// Writes a line to standard error. That nobody reads it changes nothing.
    pub fn tell(&mut self, line: &str) {
        self.progress(None);
        let _ = self.stderr.write_all(format!("{line}\n").as_bytes());
    }

    /// Whether standard output's reader has gone, so that more messages serve nobody.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Another file that was to be written could not be; `line` says so.
    pub fn fail(&mut self, line: &str) {
        self.tell(line);
        self.file_failed = true;
    }

    /// The exit status that writing leaves of the one earned.
    pub fn exit_status(&mut self, earned: ExitStatus) -> ExitStatus {
        self.progress(None);
        self.flush();
        match &self.failure {
            None if self.file_failed => ExitStatus::Output,
            None => earned,
            Some(error) => {
                let line = format!("error: standard output could not be written: {error}");
                self.tell(&line);
                ExitStatus::Output
            }
        }
    }

    fn note(&mut self, outcome: io::Result<()>) {
        if let Err(error) = outcome {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A stream whose text can be looked at.
    #[derive(Clone, Default)]
    struct Kept(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn progress_comes_and_goes_and_only_where_it_is_watched() {
        for (watched, expected) in [
            (true, "\r\u{1b}[Kone\r\u{1b}[Ktwo\\x1b\r\u{1b}[Kerror\n"),
            (false, "error\n"),
        ] {
            let kept = Kept::default();
            let stderr = Box::new(kept.clone());
            let mut output = Output::new(Box::new(io::sink()), stderr, Style::PLAIN, Style::PLAIN);
            if !watched {
                output.without_progress();
            }
            output.progress(Some("one"));
            output.progress(Some("two\u{1b}"));
            output.tell("error");
            output.exit_status(ExitStatus::Success);
            let text = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
        for (kind, expected) in [
            (io::ErrorKind::BrokenPipe, ExitStatus::Success),
            (io::ErrorKind::StorageFull, ExitStatus::Output),
        ] {
            let mut output = Output::new(
                Box::new(Failing(kind)),
                Box::new(io::sink()),
                Style::PLAIN,
                Style::PLAIN,
            );
            output.print("x");
            output.print("y");
            assert!(output.is_closed());
            assert_eq!(output.exit_status(ExitStatus::Success), expected);
        }
    }
}
