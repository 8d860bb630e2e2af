//! `diagnosis`, and the findings in `warnings[]` and `also[]`.

use schemars::JsonSchema;
use serde::Serialize;

use crate::verdict;
use crate::verdict::Finding;
use crate::verdict::Verdict;

/// The one thing to fix first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiagnosisDocument {
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
pub(crate) struct FindingDocument {
    pub id: String,
    pub side: Option<Side>,
    pub cause: String,
    pub evidence: Vec<String>,
    pub hint: String,
}

/// The layer that said no.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Layer {
    /// The command line, a file or the environment: nothing was sent.
    Input,
    Network,
    Tls,
    Http2,
    /// An HTTP answer that is not gRPC.
    Http,
    Grpc,
    Reflection,
    Credential,
}

/// Whose side has to be fixed.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    Client,
    Server,
    Network,
    Proxy,
    AuthorizationServer,
}

impl From<verdict::Layer> for Layer {
    fn from(layer: verdict::Layer) -> Self {
        match layer {
            verdict::Layer::Input => Self::Input,
            verdict::Layer::Network => Self::Network,
            verdict::Layer::Tls => Self::Tls,
            verdict::Layer::Http2 => Self::Http2,
            verdict::Layer::Http => Self::Http,
            verdict::Layer::Grpc => Self::Grpc,
            verdict::Layer::Reflection => Self::Reflection,
            verdict::Layer::Credential => Self::Credential,
        }
    }
}

impl From<verdict::Side> for Side {
    fn from(side: verdict::Side) -> Self {
        match side {
            verdict::Side::Client => Self::Client,
            verdict::Side::Server => Self::Server,
            verdict::Side::Network => Self::Network,
            verdict::Side::Proxy => Self::Proxy,
            verdict::Side::AuthorizationServer => Self::AuthorizationServer,
        }
    }
}

impl DiagnosisDocument {
    pub(crate) fn new(verdict: &Verdict) -> Option<Self> {
        let first = FindingDocument::new(verdict.diagnosis.as_ref()?);
        Some(Self {
            id: first.id,
            layer: verdict.diagnosis.as_ref()?.layer.into(),
            side: first.side,
            cause: first.cause,
            evidence: first.evidence,
            hint: first.hint,
            also: findings(&verdict.also),
        })
    }
}

impl FindingDocument {
    fn new(finding: &Finding) -> Self {
        Self {
            id: finding.id.to_owned(),
            side: finding.side.map(Side::from),
            cause: finding.cause.clone(),
            evidence: finding.evidence.clone(),
            hint: finding.hint.clone(),
        }
    }
}

pub(crate) fn findings(findings: &[Finding]) -> Vec<FindingDocument> {
    findings.iter().map(FindingDocument::new).collect()
}

pub(crate) fn finding(finding: &Finding) -> FindingDocument {
    FindingDocument::new(finding)
}
