//! JSON, version 1. Field names are snake_case, durations `*_ms` numbers, times RFC 3339.
//!
//! `docs/schema/grpcauth-1.schema.json` is generated from these types.

pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod credential;
pub(crate) mod describe;
pub(crate) mod diagnosis;
pub(crate) mod event;
pub(crate) mod handshake;
pub(crate) mod health;
pub(crate) mod lab;
pub(crate) mod list;
mod outcome;
pub(crate) mod token;

use std::time::Duration;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::evidence::Aim;
use crate::report::Product;
use crate::report::Run;
use crate::report::opening;
use crate::report::redactor::Redactor;

pub(crate) use call::CallDocument;
pub(crate) use check::CheckDocument;
pub(crate) use describe::DescribeDocument;
pub(crate) use event::EventDocument;
pub(crate) use handshake::HandshakeRunDocument;
pub(crate) use health::HealthDocument;
pub(crate) use lab::LabDocument;
pub(crate) use list::ListDocument;
pub(crate) use token::TokenClearDocument;
pub(crate) use token::TokenDocument;
pub(crate) use token::TokenGetDocument;
pub(crate) use token::TokenMintDocument;
pub(crate) use token::TokenRefusalDocument;

/// A metadata entry: key and value.
pub(crate) type Pair = (String, String);

/// Milliseconds, to the microsecond.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1e6).round() / 1e3
}

/// A time as RFC 3339, to the second.
pub(crate) fn rfc3339(at: OffsetDateTime) -> String {
    at.replace_nanosecond(0)
        .unwrap_or(at)
        .format(&Rfc3339)
        // A year of five digits cannot be written so; certificates cannot hold one.
        .unwrap_or_else(|_| at.to_string())
}

impl Document {
    /// The document of a run, by what the run was to find out.
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        match run.evidence.asked.aim {
            Aim::Call => Self::Call(CallDocument::new(run, redactor)),
            Aim::Handshake => Self::Handshake(HandshakeRunDocument::new(run)),
            Aim::Health => Self::Health(HealthDocument::new(run, redactor)),
            Aim::List => Self::List(ListDocument::new(run, redactor)),
            Aim::Describe => Self::Describe(DescribeDocument::new(run, redactor)),
        }
    }

    /// The document of a command that makes no call.
    pub(crate) fn produced(product: &Product<'_>, redactor: &mut Redactor) -> Self {
        match product {
            Product::Examined(look) => Self::Token(TokenDocument::new(look)),
            Product::Obtained(token) => Self::TokenGet(TokenGetDocument::new(token, redactor)),
            Product::Cleared { tokens } => Self::TokenClear(TokenClearDocument::new(*tokens)),
            Product::Minted(token) => Self::TokenMint(TokenMintDocument::new(token)),
            Product::Failed(why) => Self::TokenRefusal(TokenRefusalDocument::new(why)),
            Product::Lab(lab) => Self::Lab(LabDocument::new(lab)),
            Product::Checked(checked) => Self::Check(CheckDocument::new(checked)),
        }
    }
}

impl Document {
    /// The document as it is printed: what peers wrote is opened, and there is no secret but the token that a
    /// command was to give.
    pub(crate) fn shown(&self, redactor: &Redactor) -> Map<String, Value> {
        let gives_token = matches!(self, Self::TokenGet(_) | Self::TokenMint(_));
        let mut fields = opening::fields(self);
        for (name, value) in &mut fields {
            if !(gives_token && name == "token") {
                opening::open(value, redactor);
            }
        }
        fields
    }
}

/// Any document of version 1.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Document {
    Call(CallDocument),
    Handshake(HandshakeRunDocument),
    Health(HealthDocument),
    List(ListDocument),
    Describe(DescribeDocument),
    Lab(LabDocument),
    Check(CheckDocument),
    Token(TokenDocument),
    TokenGet(TokenGetDocument),
    TokenClear(TokenClearDocument),
    TokenMint(TokenMintDocument),
    TokenRefusal(TokenRefusalDocument),
}

/// What is printed as JSON: one document with `--format json`, events with `--format ndjson`.
#[expect(dead_code, reason = "read by the schema")]
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum Printed {
    Document(Box<Document>),
    Event(EventDocument),
}

/// The JSON schema, as it is checked in.
pub fn schema() -> String {
    let schema = SchemaSettings::default()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<Printed>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
