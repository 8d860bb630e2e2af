//! `diagnosis`, and the findings in `warnings[]` and `also[]`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::redactor::Redactor;
use crate::verdict::Finding;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::Verdict;

/// The one thing to mend first.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DiagnosisDocument {
    pub id: String,
    pub layer: Layer,
    /// Null where it could not be determined.
    pub side: Option<Side>,
    pub cause: String,
    pub evidence: Vec<String>,
    pub hint: String,
    /// What else is wrong.
    pub also: Vec<FindingDocument>,
}

/// A further finding, or a warning.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FindingDocument {
    pub id: String,
    pub side: Option<Side>,
    pub cause: String,
    pub evidence: Vec<String>,
    pub hint: String,
}

impl DiagnosisDocument {
    pub fn new(verdict: &Verdict, redactor: &Redactor) -> Option<Self> {
        let first = FindingDocument::new(verdict.diagnosis.as_ref()?, redactor);
        Some(Self {
            id: first.id,
            layer: verdict.diagnosis.as_ref()?.layer,
            side: first.side,
            cause: first.cause,
            evidence: first.evidence,
            hint: first.hint,
            also: findings(&verdict.also, redactor),
        })
    }
}

impl FindingDocument {
    fn new(finding: &Finding, redactor: &Redactor) -> Self {
        Self {
            id: finding.id.to_owned(),
            side: finding.side,
            cause: redactor.text(&finding.cause).into_owned(),
            evidence: finding
                .evidence
                .iter()
                .map(|line| redactor.text(line).into_owned())
                .collect(),
            hint: redactor.text(&finding.hint).into_owned(),
        }
    }
}

pub fn findings(findings: &[Finding], redactor: &Redactor) -> Vec<FindingDocument> {
    findings
        .iter()
        .map(|finding| FindingDocument::new(finding, redactor))
        .collect()
}
