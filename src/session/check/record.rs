//! What a suite's run has come to so far; whole at every moment, so that an interrupt leaves a report.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use time::OffsetDateTime;

use crate::cli::check::Check;
use crate::exit_status::ExitStatus;
use crate::plan::suite::Loaded;
use crate::session::check::naming;
use crate::session::check::schema::TargetSchema;
use crate::suite::expand::Expansion;
use crate::suite::expand::KeptBack;
use crate::suite::judging::Judged;
use crate::suite::judging::Verdict;
use crate::suite::life::Life;
use crate::suite::result::CellResult;
use crate::suite::result::Covered;
use crate::suite::result::Line;
use crate::suite::result::SuiteResult;
use crate::text::escape;

/// What is known of a run.
pub(super) struct Record {
    result: SuiteResult,
    expansion: Option<Expansion>,
    /// By cell: before signs of life are weighed.
    judged: Vec<Option<Judged>>,
    /// By target and identity: what a credential that was never allowed says of itself.
    about: Vec<((usize, usize), String)>,
    pub life: Life,
}

impl Record {
    pub(super) fn new(loaded: &Loaded, arguments: &Check) -> Self {
        let suite = &loaded.suite;
        let result = SuiteResult {
            file: loaded.file.clone(),
            name: suite.name.clone(),
            targets: suite
                .targets
                .iter()
                .map(|target| (target.name.clone(), target.address.value.clone()))
                .collect(),
            identities: suite
                .identities
                .iter()
                .map(|own| own.name.clone())
                .collect(),
            checks_credentials_only: arguments.credentials,
            ..SuiteResult::default()
        };
        Self {
            result,
            expansion: None,
            judged: Vec::new(),
            about: Vec::new(),
            life: Life::default(),
        }
    }

    pub(super) fn line(&mut self, line: Line) {
        self.result.lines.push(line);
    }

    pub(super) fn credential(&mut self, line: Line) {
        self.result.credentials.push(line);
    }

    pub(super) fn unobtained(&mut self) {
        self.result.unobtained = true;
    }

    pub(super) fn took(&mut self, time: Duration) {
        self.result.duration = time;
    }

    pub(super) fn about(&mut self, target: usize, identity: usize, text: String) {
        self.about.push(((target, identity), text));
    }

    pub(super) fn about_of(&self, target: usize, identity: usize) -> Option<&str> {
        let found = self
            .about
            .iter()
            .find(|(own, _)| *own == (target, identity));
        found.map(|(_, text)| text.as_str())
    }

    /// The cells, none of them called yet.
    pub(super) fn expand(
        &mut self,
        loaded: &Loaded,
        schemas: &[TargetSchema],
        expansion: &Expansion,
    ) {
        let suite = &loaded.suite;
        let rows: Vec<Arc<str>> = suite
            .rows
            .iter()
            .map(|row| row.name.as_str().into())
            .collect();
        let methods: Vec<Vec<Arc<str>>> = schemas
            .iter()
            .map(|schema| {
                schema
                    .methods
                    .methods()
                    .iter()
                    .map(|own| own.name.as_str().into())
                    .collect()
            })
            .collect();
        let cells = expansion.cells.iter().map(|cell| {
            let method = Arc::clone(&methods[cell.target][cell.method]);
            CellResult {
                name: cell.name.clone(),
                row: cell.row.map(|row| Arc::clone(&rows[row])),
                line: line(loaded, &cell.at),
                target: cell.target,
                identity: cell.identity,
                expected: cell.expected.words(),
                verdict: Verdict::Skipped,
                reason: Some(
                    cell.kept_back
                        .map_or("interrupted", KeptBack::words)
                        .to_owned(),
                ),
                waived: None,
                status: None,
                answerer: None,
                message: None,
                outcome: None,
                messages: 0,
                tls_refused: None,
                diagnosis: None,
                sent: Vec::new(),
                again: naming::again(loaded, cell, &method),
                attempts: 0,
                duration: Duration::ZERO,
                method,
            }
        });
        self.result.cells = cells.collect();
        self.judged = vec![None; self.result.cells.len()];
        self.uncovered(loaded, schemas, expansion);
        self.expansion = Some(expansion.clone());
    }

    /// Methods that nobody matches are failures where the suite says so, else they are told.
    fn uncovered(&mut self, loaded: &Loaded, schemas: &[TargetSchema], expansion: &Expansion) {
        let all = loaded
            .suite
            .coverage
            .as_ref()
            .and_then(|own| own.all_methods.as_ref());
        let count: usize = schemas
            .iter()
            .map(|schema| schema.methods.methods().len())
            .sum();
        self.result.coverage.methods = count;
        let matched: BTreeSet<_> = expansion
            .cells
            .iter()
            .filter(|cell| cell.row.is_some())
            .map(|cell| (cell.target, cell.method))
            .collect();
        self.result.coverage.methods_covered = matched.len();
        if loaded.is_without_file() {
            return;
        }
        match all {
            Some(at) => {
                for unmatched in &expansion.unmatched {
                    let name =
                        escape(schemas[unmatched.target].name(unmatched.method)).into_owned();
                    self.result.lines.push(Line {
                        name: "coverage".to_owned(),
                        target: unmatched.target,
                        line: line(loaded, at),
                        expected: "a row or case for each method".to_owned(),
                        found: format!("no row or case matches {name}"),
                        verdict: Verdict::Fail,
                        waived: None,
                        diagnosis: None,
                        duration: Duration::ZERO,
                    });
                }
            }
            None if !expansion.unmatched.is_empty() && loaded.suite.coverage.is_none() => {
                self.result.notices.push(format!(
                    "no row or case matches {} of {count} methods, and there is no [coverage]: nobody checks them",
                    expansion.unmatched.len()
                ));
            }
            None => {}
        }
    }

    /// Changes a cell's result.
    pub(super) fn settle(
        &mut self,
        cell: usize,
        judged: Judged,
        change: impl FnOnce(&mut CellResult),
    ) {
        change(&mut self.result.cells[cell]);
        self.judged[cell] = Some(judged);
    }

    pub(super) fn is_settled(&self, cell: usize) -> bool {
        self.judged[cell].is_some()
    }

    /// Every cell that is not called, for a reason of the run.
    pub(super) fn stop(&mut self, why: &str) {
        let cells = self.result.cells.iter_mut().zip(&self.judged);
        let open = cells.filter(|(_, judged)| judged.is_none());
        for (cell, _) in open.filter(|(cell, _)| cell.reason.as_deref() == Some("interrupted")) {
            cell.reason = Some(why.to_owned());
        }
    }

    /// The result, with signs of life weighed and waivers applied.
    pub(super) fn finish(
        &mut self,
        loaded: &Loaded,
        clock: OffsetDateTime,
        interruption: Option<ExitStatus>,
    ) -> SuiteResult {
        let expansion = self.expansion.take().unwrap_or_default();
        for (number, cell) in expansion.cells.iter().enumerate() {
            let Some(judged) = self.judged[number].take() else {
                continue;
            };
            let about = self.about_of(cell.target, cell.identity);
            let judged = self.life.weigh(&loaded.suite, cell, judged, about);
            let result = &mut self.result.cells[number];
            result.verdict = judged.verdict;
            result.outcome = Some(judged.outcome);
            result.reason = judged.reason;
        }
        // What the schema shows is known first, and is told last.
        self.result
            .lines
            .sort_by_key(|line| (line.name == "coverage", line.target));
        let is_settled = |verdict: Verdict| matches!(verdict, Verdict::Pass | Verdict::Fail);
        let settled = self
            .result
            .cells
            .iter()
            .filter(|cell| is_settled(cell.verdict));
        self.result.coverage = Covered {
            cells: self.result.cells.len(),
            cells_covered: settled.count(),
            ..self.result.coverage
        };
        // Of a run that was cut short it is not known what nobody needs.
        if interruption.is_none() && !self.result.cells.is_empty() {
            let line = |waiver: &crate::suite::model::Waiver| line(loaded, &waiver.at);
            self.result.waive(
                &loaded.suite.waivers,
                clock.to_offset(time::UtcOffset::UTC).date(),
                line,
            );
        }
        std::mem::take(&mut self.result)
    }
}

/// The line of a place; 0 where there is no file.
pub(super) fn line(loaded: &Loaded, at: &crate::suite::source::Place) -> usize {
    match loaded.is_without_file() {
        true => 0,
        false => loaded.source.line(at),
    }
}
