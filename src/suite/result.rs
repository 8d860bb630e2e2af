//! What a suite came to, as reports have it; counts, waivers and the exit code.

use std::sync::Arc;
use std::time::Duration;

use time::Date;

use crate::exit_status::ExitStatus;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::suite::judging::Verdict;
use crate::suite::model::Waived;
use crate::suite::model::Waiver;
use crate::verdict::Answerer;
use crate::verdict::Finding;
use crate::verdict::class::Class;

/// A suite that was run.
#[derive(Clone, Debug, Default)]
pub(crate) struct SuiteResult {
    /// As it was named on the command line.
    pub file: String,
    pub name: String,
    /// Names and addresses, in the order of the file.
    pub targets: Vec<(String, String)>,
    /// Names: anonymous, then in the order of the file.
    pub identities: Vec<String>,
    /// TLS and reflection, and methods that nobody matches.
    pub lines: Vec<Line>,
    /// One for each identity and target.
    pub credentials: Vec<Line>,
    /// In the order of the file.
    pub cells: Vec<CellResult>,
    pub coverage: Covered,
    /// What is to be said of the suite: waivers that nothing needs.
    pub notices: Vec<String>,
    /// How many of these are waivers that nothing needs.
    pub unused_waivers: usize,
    pub unobtained: bool,
    /// `--credentials`: no cell was to be called.
    pub checks_credentials_only: bool,
    pub duration: Duration,
}

/// A check that is not a cell.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// `min_version`, `cert_valid_for`, `client_cert`, `plaintext`, `reflection`, `coverage`; an identity's name.
    pub name: String,
    pub target: usize,
    /// In the file; 0: it has none.
    pub line: usize,
    pub expected: String,
    pub found: String,
    pub verdict: Verdict,
    pub waived: Option<String>,
    pub diagnosis: Option<Finding>,
    pub duration: Duration,
}

/// One cell.
#[derive(Clone, Debug)]
pub(crate) struct CellResult {
    /// `METHOD as IDENTITY`, unique in the suite.
    pub name: String,
    /// The row's or case's name; `None`: nobody wrote the cell.
    pub row: Option<Arc<str>>,
    pub line: usize,
    pub target: usize,
    pub identity: usize,
    /// `package.Service/Method`.
    pub method: Arc<str>,
    /// The words of what is expected.
    pub expected: Vec<String>,
    pub verdict: Verdict,
    /// Why it is inconclusive or skipped, or what was found in it.
    pub reason: Option<String>,
    pub waived: Option<String>,
    pub status: Option<(StatusCode, AnsweredBy)>,
    /// Who gave it, and what shows that.
    pub answerer: Option<Answerer>,
    pub message: Option<PeerText>,
    /// `None`: it was not called.
    pub outcome: Option<Class>,
    /// A response message came, or this many.
    pub messages: u64,
    /// The handshake was refused: the proven diagnosis.
    pub tls_refused: Option<&'static str>,
    pub diagnosis: Option<Finding>,
    /// `authorization: Bearer (sub=viewer fp=3f1c)`; empty: nothing was sent.
    pub sent: Vec<String>,
    /// The command that repeats it.
    pub again: String,
    /// How often it was called.
    pub attempts: u32,
    pub duration: Duration,
}

/// What of the schema is checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Covered {
    pub methods: usize,
    pub methods_covered: usize,
    pub cells: usize,
    pub cells_covered: usize,
}

/// `passed + failed + inconclusive = checks`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub inconclusive: usize,
    /// Without those that are waived.
    pub skipped: usize,
    pub waived: usize,
}

impl Counts {
    pub(crate) fn checks(self) -> usize {
        self.passed + self.failed + self.inconclusive
    }

    fn add(&mut self, verdict: Verdict, is_waived: bool) {
        match verdict {
            Verdict::Pass => self.passed += 1,
            Verdict::Fail => self.failed += 1,
            Verdict::Inconclusive => self.inconclusive += 1,
            Verdict::Skipped if is_waived => self.waived += 1,
            Verdict::Skipped => self.skipped += 1,
        }
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            inconclusive: self.inconclusive + other.inconclusive,
            skipped: self.skipped + other.skipped,
            waived: self.waived + other.waived,
        }
    }
}

impl SuiteResult {
    pub(crate) fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for cell in &self.cells {
            counts.add(cell.verdict, cell.waived.is_some());
        }
        for line in self.lines.iter().chain(&self.credentials) {
            counts.add(line.verdict, line.waived.is_some());
        }
        counts
    }

    /// The exit code that the suite earns.
    pub(crate) fn exit_status(&self, strict: bool) -> ExitStatus {
        let counts = self.counts();
        let doubtful =
            counts.inconclusive > 0 || (strict && (counts.skipped > 0 || self.unused_waivers > 0));
        match counts {
            counts if counts.failed > 0 => ExitStatus::NotAsExpected,
            _ if self.unobtained => ExitStatus::Credential,
            _ if doubtful => ExitStatus::NoStatus,
            _ if !self.checks_anything() => ExitStatus::NoDescriptor,
            _ => ExitStatus::Success,
        }
    }

    /// The exit code of `--list`.
    pub(crate) fn listed(&self) -> ExitStatus {
        match (self.counts().inconclusive, self.cells.is_empty()) {
            (0, true) => ExitStatus::NoDescriptor,
            (0, false) => ExitStatus::Success,
            _ => ExitStatus::NoStatus,
        }
    }

    /// Whether anything was selected: that a credential is obtained for nothing is no check.
    fn checks_anything(&self) -> bool {
        let is_checked = |verdict: Verdict, waived: &Option<String>| {
            verdict != Verdict::Skipped || waived.is_some()
        };
        // So it is that there is a connection for nothing.
        let lines = self.lines.iter();
        let lines = lines.filter(|line| self.checks_credentials_only || line.name != "handshake");
        let credentials = self
            .credentials
            .iter()
            .filter(|_| self.checks_credentials_only);
        self.cells
            .iter()
            .any(|cell| is_checked(cell.verdict, &cell.waived))
            || lines
                .chain(credentials)
                .any(|line| is_checked(line.verdict, &line.waived))
    }

    /// Applies the waivers that hold on `today`. What is not needed, or over, is said.
    pub(crate) fn waive(
        &mut self,
        waivers: &[Waiver],
        today: Date,
        line: impl Fn(&Waiver) -> usize,
    ) {
        for waiver in waivers {
            let is_over = today > waiver.until;
            let mut needed = false;
            for waived in self.covered_by(waiver) {
                needed = true;
                if !is_over {
                    *waived.0 = Verdict::Skipped;
                    *waived.1 = Some(waiver.reason.clone());
                }
            }
            let place = format!("{}:{}", self.file, line(waiver));
            if !needed {
                self.unused_waivers += 1;
                let over = if is_over { ", and it has expired" } else { "" };
                self.notices.push(format!(
                    "{place}: nothing needs this waiver ({}){over}",
                    waiver.reason
                ));
            } else if is_over {
                self.notices.push(format!(
                    "{place}: this waiver ({}) expired after {}",
                    waiver.reason, waiver.until
                ));
            }
        }
    }

    /// The failures that a waiver is of.
    fn covered_by<'a>(
        &'a mut self,
        waiver: &'a Waiver,
    ) -> Vec<(&'a mut Verdict, &'a mut Option<String>)> {
        let fits_target = |target: usize| waiver.target.is_none_or(|of| of == target);
        match &waiver.of {
            Waived::Cell { method, identity } => self
                .cells
                .iter_mut()
                .filter(|cell| cell.verdict == Verdict::Fail && cell.identity == *identity)
                .filter(|cell| *cell.method == **method && fits_target(cell.target))
                .map(|cell| (&mut cell.verdict, &mut cell.waived))
                .collect(),
            Waived::Check(name) => self
                .lines
                .iter_mut()
                .filter(|line| line.verdict == Verdict::Fail && line.name == *name)
                .filter(|line| fits_target(line.target))
                .map(|line| (&mut line.verdict, &mut line.waived))
                .collect(),
        }
    }
}

/// The exit code of several suites: the strongest.
pub(crate) fn strongest(earned: impl IntoIterator<Item = ExitStatus>) -> ExitStatus {
    const STRONGEST_FIRST: [u8; 10] = [130, 143, 97, 96, 2, 1, 4, 3, 5, 0];
    let rank = |status: &ExitStatus| {
        let code = status.code();
        STRONGEST_FIRST.iter().position(|own| *own == code)
    };
    earned
        .into_iter()
        .min_by_key(|status| rank(status).unwrap_or(0))
        .unwrap_or(ExitStatus::NoDescriptor)
}

#[cfg(test)]
mod tests;
