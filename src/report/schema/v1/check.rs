//! The `check` document.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::check::Checked;
use crate::report::schema::VERSION;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::finding;
use crate::report::schema::v1::milliseconds;
use crate::suite::judging;
use crate::suite::result::CellResult;
use crate::suite::result::Line;
use crate::suite::result::SuiteResult;
use crate::suite::source::Complaint;
use crate::verdict::Answerer;
use crate::verdict::class::Class;

/// Suites, one after another.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckDocument {
    pub schema: String,
    pub command: String,
    /// What is wrong with the suites; then nothing was called.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ComplaintDocument>,
    pub suites: Vec<SuiteDocument>,
    pub exit_code: u8,
}

/// A mistake in a suite.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ComplaintDocument {
    /// `FILE:LINE:COLUMN`, or a file.
    pub place: String,
    pub cause: String,
    pub hint: String,
}

/// One suite.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CheckedSuite")]
pub(crate) struct SuiteDocument {
    pub file: String,
    pub name: String,
    /// The only target's address; null where there are several: see `targets`.
    pub target: Option<String>,
    pub targets: Vec<TargetDocument>,
    pub tls: Vec<LineDocument>,
    pub credentials: Vec<LineDocument>,
    pub cases: Vec<CaseDocument>,
    /// None: probes are not run yet.
    pub probes: Vec<LineDocument>,
    pub coverage: CoverageDocument,
    pub counts: CountsDocument,
    /// Waivers that nothing needs, methods that nobody checks.
    pub notices: Vec<String>,
    pub duration_ms: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CheckedTarget")]
pub(crate) struct TargetDocument {
    pub name: String,
    pub address: String,
}

/// A check that is not a cell.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CheckedLine")]
pub(crate) struct LineDocument {
    pub name: String,
    pub target: String,
    /// Null where no file says it.
    pub line: Option<usize>,
    pub expected: String,
    pub found: String,
    pub verdict: Verdict,
    /// Why a failure is waived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
    pub diagnosis: Option<FindingDocument>,
    pub duration_ms: f64,
}

/// One cell: a method and an identity.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CaseDocument {
    /// `METHOD as IDENTITY`, unique in the suite.
    pub name: String,
    /// The row's or case's name; null: no row or case names the cell.
    pub row: Option<String>,
    pub file: String,
    /// Null where no file says it.
    pub line: Option<usize>,
    pub target: String,
    pub method: String,
    pub identity: String,
    pub expected: Vec<String>,
    pub status: Option<CaseStatus>,
    /// As in the attempts of a call; so are the two below.
    pub answered_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by_likely: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answered_by_shown_by: Vec<String>,
    /// Null: it was not called.
    pub outcome: Option<CaseOutcome>,
    pub verdict: Verdict,
    /// Why it is inconclusive or skipped, or what was found in it.
    pub reason: Option<String>,
    /// Why a failure is waived.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waived: Option<String>,
    pub diagnosis: Option<FindingDocument>,
    /// What was sent to say who is calling; never the secret.
    pub sent: Vec<String>,
    /// The command that makes the same call.
    pub again: String,
    pub attempts: u32,
    pub duration_ms: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CaseStatus {
    pub code: u32,
    pub name: String,
    pub message: String,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "CaseVerdict")]
pub(crate) enum Verdict {
    Pass,
    Fail,
    /// Tried and not settled.
    Inconclusive,
    /// Kept back, waived, or not come to.
    Skipped,
}

#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CaseOutcome {
    Allowed,
    Denied,
    Inconclusive,
    /// No gRPC status was obtained.
    NoStatus,
    /// The TLS handshake was refused for the client's certificate, or because there is none.
    TlsRefused,
}

#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "CheckedCoverage")]
pub(crate) struct CoverageDocument {
    pub methods: usize,
    pub methods_covered: usize,
    pub cells: usize,
    pub cells_covered: usize,
}

/// `passed + failed + inconclusive = checks`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CountsDocument {
    pub checks: usize,
    pub passed: usize,
    pub failed: usize,
    pub inconclusive: usize,
    pub skipped: usize,
    pub waived: usize,
}

impl CheckDocument {
    pub(crate) fn new(checked: &Checked<'_>) -> Self {
        let complaint = |own: &Complaint| ComplaintDocument {
            place: own.place.clone(),
            cause: own.what.clone(),
            hint: own.hint.clone(),
        };
        Self {
            schema: VERSION.to_owned(),
            command: "check".to_owned(),
            errors: checked.complaints.iter().map(complaint).collect(),
            suites: checked.suites.iter().map(SuiteDocument::new).collect(),
            exit_code: checked.exit.code(),
        }
    }
}

impl SuiteDocument {
    fn new(result: &SuiteResult) -> Self {
        let targets = result.targets.iter();
        let line = |line: &Line| LineDocument::new(line, result);
        let counts = result.counts();
        Self {
            file: result.file.clone(),
            name: result.name.clone(),
            target: match result.targets.as_slice() {
                [(_, address)] => Some(address.clone()),
                _ => None,
            },
            targets: targets
                .map(|(name, address)| TargetDocument {
                    name: name.clone(),
                    address: address.clone(),
                })
                .collect(),
            tls: result.lines.iter().map(line).collect(),
            credentials: result.credentials.iter().map(line).collect(),
            cases: result
                .cells
                .iter()
                .map(|cell| CaseDocument::new(cell, result))
                .collect(),
            probes: Vec::new(),
            coverage: CoverageDocument {
                methods: result.coverage.methods,
                methods_covered: result.coverage.methods_covered,
                cells: result.coverage.cells,
                cells_covered: result.coverage.cells_covered,
            },
            counts: CountsDocument {
                checks: counts.checks(),
                passed: counts.passed,
                failed: counts.failed,
                inconclusive: counts.inconclusive,
                skipped: counts.skipped,
                waived: counts.waived,
            },
            notices: result.notices.clone(),
            duration_ms: milliseconds(result.duration),
        }
    }
}

impl LineDocument {
    fn new(line: &Line, result: &SuiteResult) -> Self {
        Self {
            name: line.name.clone(),
            target: result.targets[line.target].0.clone(),
            line: (line.line > 0).then_some(line.line),
            expected: line.expected.clone(),
            found: line.found.clone(),
            verdict: line.verdict.into(),
            waived: line.waived.clone(),
            diagnosis: line.diagnosis.as_ref().map(finding),
            duration_ms: milliseconds(line.duration),
        }
    }
}

impl CaseDocument {
    fn new(cell: &CellResult, result: &SuiteResult) -> Self {
        let answerer = cell.status.and(cell.answerer.as_ref());
        Self {
            name: cell.name.clone(),
            row: cell.row.as_deref().map(str::to_owned),
            file: result.file.clone(),
            line: (cell.line > 0).then_some(cell.line),
            target: result.targets[cell.target].0.clone(),
            method: cell.method.to_string(),
            identity: result.identities[cell.identity].clone(),
            expected: cell.expected.clone(),
            status: cell.status.map(|(code, _)| CaseStatus {
                code: code.0,
                name: code.name(),
                message: cell
                    .message
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            }),
            answered_by: answerer.map(|by| by.word().to_owned()),
            answered_by_likely: answerer.and_then(Answerer::likely).map(str::to_owned),
            answered_by_shown_by: answerer.map_or_else(Vec::new, |by| by.shown_by.clone()),
            outcome: CaseOutcome::of(cell),
            verdict: cell.verdict.into(),
            reason: cell.reason.clone(),
            waived: cell.waived.clone(),
            diagnosis: cell.diagnosis.as_ref().map(finding),
            sent: cell.sent.clone(),
            again: cell.again.clone(),
            attempts: cell.attempts,
            duration_ms: milliseconds(cell.duration),
        }
    }
}

impl CaseOutcome {
    fn of(cell: &CellResult) -> Option<Self> {
        let outcome = cell.outcome?;
        Some(match (outcome, cell.status) {
            _ if cell.tls_refused.is_some() => Self::TlsRefused,
            (Class::Allowed, _) => Self::Allowed,
            (Class::Denied, _) => Self::Denied,
            (_, None) => Self::NoStatus,
            (Class::Business | Class::Inconclusive, Some(_)) => Self::Inconclusive,
        })
    }
}

impl From<judging::Verdict> for Verdict {
    fn from(verdict: judging::Verdict) -> Self {
        match verdict {
            judging::Verdict::Pass => Self::Pass,
            judging::Verdict::Fail => Self::Fail,
            judging::Verdict::Inconclusive => Self::Inconclusive,
            judging::Verdict::Skipped => Self::Skipped,
        }
    }
}
