//! The tables and keys of a suite, as a file has them. The JSON Schema is generated from these types.
//!
//! `auth` and `tls` of an identity are those of a profile, and read as those are.

pub(crate) mod credential;
pub(crate) mod expectation;
pub(crate) mod located;
pub(crate) mod quantity;
pub(crate) mod schema_source;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;

use crate::suite::document::credential::AuthTables;
use crate::suite::document::credential::TlsTable;
use crate::suite::document::expectation::Expect;
use crate::suite::document::located::Located;
use crate::suite::document::located::Several;
use crate::suite::document::quantity::Day;
use crate::suite::document::quantity::Share;
use crate::suite::document::quantity::Time;
use crate::suite::document::schema_source::SchemaSource;

/// Tests of who may call what: `*.auth.toml`, or the same as JSON.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "grpcauth suite")]
pub(crate) struct SuiteDocument {
    /// Where this schema is, for editors.
    #[expect(dead_code, reason = "read by editors")]
    #[serde(rename = "$schema")]
    pub schema_url: Option<String>,
    /// 1.
    pub version: Located<u32>,
    /// What reports call the suite; its file's name otherwise.
    pub name: Option<String>,
    /// What `${name}` stands for; `--var NAME=VALUE` replaces it.
    #[expect(dead_code, reason = "read before the texts that it fills in")]
    #[serde(default)]
    pub vars: BTreeMap<String, String>,
    /// The servers: `[target.NAME]`; or the address of the only one, whose other keys may then stand beside it.
    pub target: Located<Targets>,
    #[serde(default)]
    pub ca: Option<Located<Several<String>>>,
    #[serde(default)]
    pub server_name: Option<Located<String>>,
    #[serde(default)]
    pub authority: Option<Located<String>>,
    #[serde(default)]
    pub schema: Option<Located<SchemaSource>>,
    #[serde(default)]
    pub reflect_as: Option<Located<String>>,
    #[serde(default)]
    pub reflection: Option<Located<Reflection>>,
    #[serde(default)]
    pub denied_also: Option<Located<Several<StatusWord>>>,
    #[serde(default)]
    pub tls: Option<Located<TlsExpectations>>,
    /// What holds where a row or case says nothing.
    #[serde(default)]
    pub defaults: Defaults,
    /// Who calls. `anonymous`, who sends nothing, is built in.
    #[serde(default)]
    pub identity: BTreeMap<Located<String>, IdentityTable>,
    /// Methods, and what is expected of each identity that calls them.
    #[serde(default)]
    pub matrix: Vec<Located<Row>>,
    /// Single calls, with assertions.
    #[serde(default)]
    pub case: Vec<Located<CaseTable>>,
    /// What is expected of methods and identities that no row or case names.
    pub coverage: Option<Located<CoverageTable>>,
    /// Known failures, until a day.
    #[serde(default)]
    pub waiver: Vec<Located<WaiverTable>>,
    /// Damaged credentials that must be refused.
    #[serde(default)]
    pub probe: Vec<Located<ProbeTable>>,
}

/// A status by its name or number.
pub(crate) type StatusWord = expectation::StatusWord;

/// One address, or tables by their names.
#[derive(Debug)]
pub(crate) enum Targets {
    Address(String),
    Tables(BTreeMap<Located<String>, Located<TargetTable>>),
}

/// A server.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TargetTable {
    /// `host[:port]`, `[v6]:port`, `unix:PATH`, `dns:///host:port`, `https://host`, or `http://host` for plaintext.
    pub address: Located<String>,
    /// The only certificates that the server's is verified with; the system's otherwise.
    pub ca: Option<Located<Several<String>>>,
    /// The name in the server's certificate, where it is not the host's.
    pub server_name: Option<Located<String>>,
    /// `:authority`, where it is not the address.
    pub authority: Option<Located<String>>,
    /// Where the methods are described.
    pub schema: Option<Located<SchemaSource>>,
    /// The identity that asks for the schema, where reflection is guarded.
    pub reflect_as: Option<Located<String>>,
    /// Whether anonymous may list the services: a check of its own.
    pub reflection: Option<Located<Reflection>>,
    /// Statuses that are denials here, besides UNAUTHENTICATED and PERMISSION_DENIED.
    pub denied_also: Option<Located<Several<StatusWord>>>,
    /// Each line is a check.
    pub tls: Option<Located<TlsExpectations>>,
}

/// Whether anonymous may list services.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reflection {
    Denied,
    Open,
}

/// What is expected of a server's TLS.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TlsExpectations {
    /// The oldest version that the server accepts: with the one before, the connection must be refused.
    pub min_version: Option<Located<MinVersion>>,
    /// How long the server's certificate is still valid: `14d`, or a share of its lifetime, `33%`.
    pub cert_valid_for: Option<Located<Share>>,
    /// Without a client certificate the connection must be refused.
    pub client_cert: Option<Located<Required>>,
    /// A connection without TLS must be refused.
    pub plaintext: Option<Located<Refused>>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
pub(crate) enum MinVersion {
    #[serde(rename = "1.2")]
    Tls12,
    #[serde(rename = "1.3")]
    Tls13,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Required {
    Required,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Refused {
    Refused,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Defaults {
    /// How long a call may take to its first message or status.
    pub deadline: Option<Time>,
    /// When an inconclusive call is made again. A verdict is never retried.
    pub retry: Option<Retry>,
}

#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retry {
    /// The statuses after which a call is made again.
    pub on: Located<Several<StatusWord>>,
    /// How often, after the first time.
    pub times: Located<u8>,
    /// The pause before it; it doubles.
    pub backoff: Option<Time>,
}

/// Somebody who calls.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct IdentityTable {
    /// The identity whose `auth`, `tls`, `owns` and `control` this one's are put over, key by key.
    pub extends: Option<Located<String>>,
    /// What is sent with each call, as in a profile.
    pub auth: Option<Located<AuthTables>>,
    /// The client certificate, as in a profile.
    pub tls: Option<Located<TlsTable>>,
    /// A method that must be allowed, called first.
    pub control: Option<Located<String>>,
    /// What belongs to it: `${own.NAME}` and `${other.NAME}` in requests.
    #[serde(default)]
    pub owns: BTreeMap<String, String>,
    /// For a credential that must not work: expected everywhere but on public methods.
    pub expect: Option<Located<Expect>>,
}

/// Methods, and what is expected of each identity.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub name: Option<String>,
    /// The target's name, where there are several.
    pub target: Option<Located<String>>,
    /// Patterns such as `shop.v1.Orders/{Create,Delete}*`; each must match a method.
    pub methods: Located<Vec<Located<String>>>,
    /// The message to send; empty otherwise. Checked against the schema before the first call.
    pub request: Option<Located<serde_json::Map<String, serde_json::Value>>>,
    /// Whether a call changes something; read where the method is marked NO_SIDE_EFFECTS, else write.
    pub effect: Option<EffectWord>,
    /// By identity; `*` is everybody whom the row does not name and who has no `expect` of its own.
    pub expect: BTreeMap<Located<String>, Located<Expect>>,
    /// How long a call may take until it is settled.
    pub within: Option<Time>,
    /// Statuses that are denials in this row, too.
    pub denied_also: Option<Located<Several<StatusWord>>>,
    /// Texts that must not be in what the server sends.
    pub never_contains: Option<Located<Several<String>>>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum EffectWord {
    Read,
    Write,
}

/// One call.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CaseTable {
    pub name: Option<String>,
    pub target: Option<Located<String>>,
    pub method: Located<String>,
    /// The identity that calls.
    #[serde(rename = "as")]
    pub identity: Located<String>,
    pub request: Option<Located<serde_json::Map<String, serde_json::Value>>>,
    pub effect: Option<EffectWord>,
    pub expect: Located<Expect>,
    /// By place: `message`, `details.TYPE.FIELD`, `header.KEY`, `trailer.KEY`, `response.FIELD`. A value, `exists`, or `/regex/`.
    #[serde(default)]
    pub assert: BTreeMap<Located<String>, Located<serde_json::Value>>,
    pub within: Option<Time>,
    pub denied_also: Option<Located<Several<StatusWord>>>,
    pub never_contains: Option<Located<Several<String>>>,
}

/// What holds for methods and identities that no row or case names.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverageTable {
    /// `all`: every method of the schema must be matched by a row or case.
    pub methods: Option<Located<AllMethods>>,
    /// What is expected of a method and an identity that no row or case names.
    pub unlisted: Option<Located<Expect>>,
    /// Which of those are called: `safe` is on loopback, or where the method is marked NO_SIDE_EFFECTS.
    #[serde(default)]
    pub call: CallPolicyWord,
    /// Patterns of methods that anonymous may reach.
    #[serde(default)]
    pub public: Vec<Located<String>>,
    /// Patterns of methods that are left out.
    #[serde(default)]
    pub ignore: Vec<Located<String>>,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AllMethods {
    All,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum CallPolicyWord {
    #[default]
    Safe,
    All,
}

/// A known failure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WaiverTable {
    /// `METHOD as IDENTITY`.
    pub cell: Option<Located<String>>,
    /// A line of `[target.NAME.tls]`, or `reflection`.
    pub check: Option<Located<String>>,
    /// The target's name, where there are several.
    pub target: Option<Located<String>>,
    pub reason: String,
    /// The last day.
    pub until: Located<Day>,
}

/// Damaged credentials that must be refused.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProbeTable {
    pub target: Option<Located<String>>,
    /// An identity whose credential works.
    #[serde(rename = "as")]
    pub identity: Located<String>,
    pub methods: Located<Vec<Located<String>>>,
    /// Mutations by id or family; one with `-` in front is left out.
    #[serde(default)]
    pub mutations: Several<String>,
    /// What signs tokens that are wrong in one claim alone.
    pub mint: Option<Mint>,
    /// The operator allows it where the target is not on loopback.
    #[expect(dead_code, reason = "no probe runs yet")]
    #[serde(default)]
    pub authorized: bool,
}

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mint {
    /// `env:NAME`, `file:PATH` or `cmd:PROGRAM`.
    pub key: Located<String>,
    pub alg: Located<String>,
}

/// The JSON Schema of a suite, as it is checked in.
pub fn schema() -> String {
    let schema = SchemaSettings::default()
        .into_generator()
        .into_root_schema_for::<SuiteDocument>();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
