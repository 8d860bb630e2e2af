//! The `describe` document, and what it shares with `list`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::describe::listing::Contents;
use crate::describe::listing::SymbolText;
use crate::describe::symbol::SymbolKind;
use crate::evidence::Description;
use crate::report::Run;
use crate::report::redactor::Redactor;
use crate::report::schema::VERSION;
use crate::report::schema::v1::call::StatusDocument;
use crate::report::schema::v1::call::TimingsDocument;
use crate::report::schema::v1::credential::CredentialDocument;
use crate::report::schema::v1::credential::credentials;
use crate::report::schema::v1::diagnosis::DiagnosisDocument;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::report::schema::v1::handshake::HandshakeDocument;

/// What is told whatever was asked: who was asked, how that went, and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AskedDocument {
    pub schema: String,
    pub command: String,
    /// Empty where files say all.
    pub target: String,
    pub authority: String,
    pub handshake: Option<HandshakeDocument>,
    pub credential: Option<CredentialDocument>,
    /// Present where several were sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<CredentialDocument>,
    pub warnings: Vec<FindingDocument>,
    /// With what reflection was refused; null if it was not.
    pub status: Option<StatusDocument>,
    /// `reflection v1`, `reflection v1alpha`, or the files; null if nothing was found out.
    pub source: Option<String>,
    pub timings: TimingsDocument,
    pub diagnosis: Option<DiagnosisDocument>,
    pub exit_code: u8,
}

/// `grpcauth describe`: the source of a symbol, or of every service.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DescribeDocument {
    #[serde(flatten)]
    pub asked: AskedDocument,
    /// As typed; null: every service.
    pub symbol: Option<String>,
    pub symbols: Vec<SymbolDocument>,
}

/// A symbol and its source.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SymbolDocument {
    /// The full name.
    pub name: String,
    pub kind: Kind,
    /// The file that declares it.
    pub file: String,
    /// Proto source; what a terminal would act on is escaped.
    pub text: String,
    /// With `--template`: a request to fill in.
    pub template: Option<Value>,
    /// The edition of the file and the features that it sets; absent in proto2 and proto3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Full names of types that it uses and none of the files declares.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undeclared: Vec<String>,
}

/// What a symbol is.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Service,
    Method,
    Message,
    Enum,
    EnumValue,
    Field,
    Oneof,
    Extension,
}

impl From<SymbolKind> for Kind {
    fn from(kind: SymbolKind) -> Self {
        match kind {
            SymbolKind::Service => Self::Service,
            SymbolKind::Method => Self::Method,
            SymbolKind::Message => Self::Message,
            SymbolKind::Enum => Self::Enum,
            SymbolKind::EnumValue => Self::EnumValue,
            SymbolKind::Field => Self::Field,
            SymbolKind::Oneof => Self::Oneof,
            SymbolKind::Extension => Self::Extension,
        }
    }
}

impl AskedDocument {
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        let evidence = run.evidence;
        let (credential, credentials) = credentials(evidence, redactor);
        let source = match &evidence.call.description {
            Description::Listed(listing) => Some(listing.source.to_string()),
            _ => None,
        };
        Self {
            schema: VERSION.to_owned(),
            command: evidence.asked.aim.command().to_owned(),
            target: evidence.connection.asked.target.clone(),
            authority: evidence.connection.asked.authority.clone(),
            handshake: evidence
                .connection
                .handshake
                .as_ref()
                .map(|handshake| HandshakeDocument::new(handshake, evidence)),
            credential,
            credentials,
            warnings: findings(&run.verdict.warnings),
            status: evidence
                .call
                .last_answer()
                .and_then(|answer| StatusDocument::new(answer, redactor)),
            source,
            timings: TimingsDocument::new(evidence),
            diagnosis: DiagnosisDocument::new(run.verdict),
            exit_code: run.verdict.exit.code(),
        }
    }
}

impl DescribeDocument {
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        let asked = AskedDocument::new(run, redactor);
        let symbols = match &run.evidence.call.description {
            Description::Listed(listing) => match &listing.contents {
                Contents::Symbols(symbols) => symbols.as_slice(),
                _ => &[],
            },
            _ => &[],
        };
        Self {
            asked,
            symbol: run.evidence.asked.method.clone(),
            symbols: symbols
                .iter()
                .map(|symbol| SymbolDocument::new(symbol, redactor))
                .collect(),
        }
    }
}

impl SymbolDocument {
    fn new(symbol: &SymbolText, redactor: &Redactor) -> Self {
        let shown = |text: &str| redactor.text(text).into_owned();
        Self {
            name: shown(&symbol.name),
            kind: symbol.kind.into(),
            file: shown(&symbol.file),
            text: shown(&symbol.source),
            template: symbol
                .template
                .as_deref()
                .and_then(|template| serde_json::from_str(&shown(template)).ok()),
            edition: symbol.edition.as_deref().map(shown),
            undeclared: symbol.undeclared.iter().map(|name| shown(name)).collect(),
        }
    }
}
