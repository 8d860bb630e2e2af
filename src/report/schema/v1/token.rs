//! The documents of `token explain`, `token verify` and `token mint`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use crate::exit_status::ExitStatus;
use crate::jwt::Decoded;
use crate::jwt::claims::Weight;
use crate::jwt::examination::Binding;
use crate::jwt::examination::Form;
use crate::jwt::verify::Refused;
use crate::jwt::verify::Verified;
use crate::report::redactor::Redactor;
use crate::report::schema::VERSION;
use crate::report::schema::v1::credential::CredentialDocument;
use crate::report::schema::v1::diagnosis::DiagnosisDocument;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::report::schema::v1::rfc3339;
use crate::report::token::Failed;
use crate::report::token::Look;
use crate::report::token::Minted;
use crate::report::token::Obtained;
use crate::report::token::words;

/// `grpcauth token explain` and `grpcauth token verify`: what a token is, and what holds of it. The signature
/// itself is not shown.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenDocument {
    pub schema: String,
    pub command: String,
    /// `jwt`, `raw` (a signed payload that was not looked into), `encrypted` (a JWE), `damaged`, `mistaken` (something else in the
    /// place of a token, such as a whole JSON answer) or `opaque`.
    pub form: String,
    /// The form in words, with the reason of a damage.
    pub summary: String,
    pub header: Option<Value>,
    pub claims: Option<Value>,
    /// Whether a signature is there, good or not.
    pub signed: Option<bool>,
    /// The time that everything is judged by.
    pub judged_at: String,
    pub issued_at: Option<String>,
    pub not_before: Option<String>,
    pub expires_at: Option<String>,
    pub checks: Vec<CheckDocument>,
    /// Null without a key to verify with.
    pub signature: Option<SignatureDocument>,
    pub binding: Option<BindingDocument>,
    pub warnings: Vec<String>,
    /// Whether signature and claims hold; null for `token explain`, which does not say.
    pub accepted: Option<bool>,
    pub diagnosis: Option<DiagnosisDocument>,
    pub exit_code: u8,
}

/// `grpcauth token get` and `grpcauth token refresh`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenGetDocument {
    pub schema: String,
    pub command: String,
    /// The token itself: it is what was asked for.
    pub token: String,
    pub credential: CredentialDocument,
    pub warnings: Vec<FindingDocument>,
    pub exit_code: u8,
}

/// `grpcauth token clear`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenClearDocument {
    pub schema: String,
    pub command: String,
    /// How many tokens are no longer kept.
    pub cleared: usize,
    pub exit_code: u8,
}

/// What came of looking at one claim, or at `typ`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CheckDocument {
    pub of: String,
    /// `holds`, `doubtful` (some servers refuse it) or `refused`.
    pub verdict: String,
    pub text: String,
}

/// What came of verifying.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SignatureDocument {
    pub verified: bool,
    pub algorithm: Option<String>,
    /// The key's `kid`.
    pub key_id: Option<String>,
    /// One word for why not, such as `signature`, `unsigned`, `unknown_key_id`, `key_confusion`.
    pub reason: Option<String>,
    pub text: String,
}

/// What the token is bound to (`cnf`, RFC 7800).
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BindingDocument {
    /// `x5t#S256` (a client certificate), `jkt` (a DPoP key), or the members of `cnf`.
    pub to: String,
    /// Whether the client certificate at hand is the one; null: there is none to compare.
    pub matches: Option<bool>,
    pub text: String,
}

/// `grpcauth token mint`.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenMintDocument {
    pub schema: String,
    pub command: String,
    /// The token itself.
    pub token: String,
    pub header: Value,
    pub claims: Value,
    pub warnings: Vec<String>,
    pub exit_code: u8,
}

/// A `token` command that could not read what it was given.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TokenRefusalDocument {
    pub schema: String,
    pub command: String,
    pub diagnosis: Option<DiagnosisDocument>,
    pub exit_code: u8,
}

impl TokenDocument {
    pub(crate) fn new(look: &Look<'_>) -> Self {
        let found = look.examination;
        let decoded = match &found.form {
            Form::Jwt(decoded) => Some(decoded),
            _ => None,
        };
        Self {
            schema: VERSION.to_owned(),
            command: look.command.to_owned(),
            form: name_of(&found.form).to_owned(),
            summary: words::form(&found.form),
            header: header(&found.form),
            claims: decoded.map(|decoded| decoded.claims.clone()),
            signed: decoded.map(|decoded| decoded.signed),
            judged_at: rfc3339(look.clock),
            issued_at: decoded.and_then(Decoded::issued_at).map(rfc3339),
            not_before: decoded.and_then(Decoded::not_before).map(rfc3339),
            expires_at: decoded.and_then(Decoded::expires_at).map(rfc3339),
            checks: found
                .checks
                .iter()
                .map(|check| CheckDocument {
                    of: check.of.to_owned(),
                    verdict: match check.finding.weight() {
                        Weight::Holds => "holds",
                        Weight::Doubtful => "doubtful",
                        Weight::Refused => "refused",
                    }
                    .to_owned(),
                    text: words::check(check),
                })
                .collect(),
            signature: found.signature.as_ref().map(SignatureDocument::new),
            binding: found.binding.as_ref().map(BindingDocument::new),
            warnings: words::warnings(found),
            accepted: look.judged.then(|| found.is_accepted()),
            diagnosis: None,
            exit_code: look.exit.code(),
        }
    }
}

fn name_of(form: &Form) -> &'static str {
    match form {
        Form::Jwt(_) => "jwt",
        Form::Raw { .. } => "raw",
        Form::Encrypted { .. } => "encrypted",
        Form::Damaged { .. } => "damaged",
        Form::Mistaken(_) => "mistaken",
        Form::Opaque { .. } => "opaque",
    }
}

fn header(form: &Form) -> Option<Value> {
    let of = |header: &Map<String, Value>| Value::Object(header.clone());
    match form {
        Form::Jwt(decoded) => Some(decoded.header.clone()),
        Form::Raw { header, .. } | Form::Encrypted { header } => Some(of(header)),
        Form::Damaged { header, .. } => header.as_ref().map(of),
        Form::Mistaken(_) | Form::Opaque { .. } => None,
    }
}

impl SignatureDocument {
    fn new(outcome: &Result<Verified, Refused>) -> Self {
        let good = outcome.as_ref().ok();
        Self {
            verified: good.is_some(),
            algorithm: good.map(|good| good.algorithm.to_owned()),
            key_id: good.and_then(|good| good.key_id.clone()),
            reason: outcome.as_ref().err().map(|why| why.reason().to_owned()),
            text: words::signature(outcome),
        }
    }
}

impl BindingDocument {
    fn new(binding: &Binding) -> Self {
        let (to, matches) = match binding {
            Binding::Certificate { wanted, given } => (
                "x5t#S256".to_owned(),
                given.as_ref().map(|given| given == wanted),
            ),
            Binding::Dpop { .. } => ("jkt".to_owned(), None),
            Binding::Other { members } => (members.join(", "), None),
        };
        Self {
            to,
            matches,
            text: words::binding(binding),
        }
    }
}

impl TokenGetDocument {
    pub(crate) fn new(obtained: &Obtained<'_>, redactor: &mut Redactor) -> Self {
        Self {
            schema: VERSION.to_owned(),
            command: obtained.command.to_owned(),
            token: obtained.credential.secret.expose().to_owned(),
            credential: CredentialDocument::new(obtained.credential, obtained.clock, redactor),
            warnings: findings(obtained.warnings),
            exit_code: ExitStatus::Success.code(),
        }
    }
}

impl TokenClearDocument {
    pub(crate) fn new(cleared: usize) -> Self {
        Self {
            schema: VERSION.to_owned(),
            command: "token clear".to_owned(),
            cleared,
            exit_code: ExitStatus::Success.code(),
        }
    }
}

impl TokenMintDocument {
    pub(crate) fn new(minted: &Minted) -> Self {
        Self {
            schema: VERSION.to_owned(),
            command: "token mint".to_owned(),
            token: minted.token.clone(),
            header: minted.header.clone().into(),
            claims: minted.claims.clone().into(),
            warnings: minted.warnings.clone(),
            exit_code: ExitStatus::Success.code(),
        }
    }
}

impl TokenRefusalDocument {
    pub(crate) fn new(failed: &Failed<'_>) -> Self {
        Self {
            schema: VERSION.to_owned(),
            command: failed.command.to_owned(),
            diagnosis: DiagnosisDocument::new(failed.verdict),
            exit_code: failed.exit.code(),
        }
    }
}
