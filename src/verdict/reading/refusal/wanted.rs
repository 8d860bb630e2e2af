//! Which credential a refusal asks for: the key that the server names, or the kind.

use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;
use crate::verdict::reading::challenge;

/// What the server wants to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A value under this metadata key, in lower case.
    Key(String),
    Bearer,
    Basic,
    ApiKey,
}

/// Products that name what they want without its key.
const KNOWN: &[(&str, &str)] = &[
    ("macaroon", "macaroon"),
    ("org id", "x-scope-orgid"),
    ("subscription key", "ocp-apim-subscription-key"),
    ("access jwt", "accessjwt"),
    ("missing client token", "x-vault-token"),
];

/// How a key begins or ends that is one and not a word with a hyphen.
const BEGINNINGS: &[&str] = &["x-"];
const ENDINGS: &[&str] = &[
    "-key",
    "-token",
    "-auth",
    "-authorization",
    "-jwt",
    "-secret",
    "-signature",
    "-assertion",
];

impl Wanted {
    /// What a text that reports a missing credential, or another kind, names; `None`: it names none.
    pub(crate) fn read(reply: &Reply<'_>, words: &Words) -> Option<Self> {
        if let Some((_, key)) = KNOWN.iter().find(|(phrase, _)| words.has_phrase(phrase)) {
            return Some(Self::Key((*key).to_owned()));
        }
        if let Some(key) = named_key(reply) {
            return Some(match key.as_str() {
                "authorization" => Self::Bearer,
                _ => Self::Key(key),
            });
        }
        if words.has_phrase("api key") || words.has("apikey") {
            return Some(Self::ApiKey);
        }
        if words.has("basic") || words.has_any(&["username", "password"]) {
            return Some(Self::Basic);
        }
        let challenges = challenge::of(reply);
        match challenges.first() {
            Some(first) if first.is_of("basic") => return Some(Self::Basic),
            Some(first) if first.is_of("bearer") => return Some(Self::Bearer),
            _ => {}
        }
        words
            .has_any(&["bearer", "jwt", "token", "authorization", "oauth"])
            .then_some(Self::Bearer)
    }

    /// How it is called, for a line.
    pub(crate) fn in_words(&self) -> String {
        match self {
            Self::Key(key) if is_credential(key) => format!("a credential under the key `{key}`"),
            Self::Key(key) => format!("metadata under the key `{key}`"),
            Self::Bearer => "a bearer token (`authorization: Bearer …`)".to_owned(),
            Self::Basic => "user and password (`authorization: Basic …`)".to_owned(),
            Self::ApiKey => "an API key".to_owned(),
        }
    }

    /// The flags that send it.
    pub(crate) fn flags(&self) -> String {
        match self {
            Self::Key(key) if key == "x-api-key" => "--api-key SRC".to_owned(),
            Self::Key(key) if key.ends_with("key") => format!("--api-key SRC --api-key-name {key}"),
            Self::Key(key) if key == "x-scope-orgid" => format!("-H '{key}: TENANT'"),
            Self::Key(key) if !is_credential(key) => {
                format!("-H '{key}: VALUE', beside the credential")
            }
            Self::Key(key) => format!("--token SRC --header-name {key} --scheme="),
            Self::Bearer => "--token SRC".to_owned(),
            Self::Basic => "--user NAME --password SRC".to_owned(),
            Self::ApiKey => {
                "--api-key SRC (its key is x-api-key; --api-key-name sets another)".to_owned()
            }
        }
    }
}

/// Whether what stands under the key is secret by its name, and not a tenant, a region or a number of a request.
fn is_credential(key: &str) -> bool {
    let parts = [
        "api", "assert", "auth", "cred", "jwt", "key", "macaroon", "pass", "secret", "session",
        "sig", "token",
    ];
    parts.iter().any(|part| key.contains(part))
}

/// A metadata key that the text spells out: `x-goog-api-key`, `'Authorization' metadata`.
fn named_key(reply: &Reply<'_>) -> Option<String> {
    let message = reply.status.message.for_judging();
    let body = reply.body();
    let text = match reply.status_over_http() {
        Some(_) => &body,
        None => &message,
    };
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .map(str::to_ascii_lowercase)
        .find(|word| {
            BEGINNINGS
                .iter()
                .any(|start| word.starts_with(start) && word.len() > start.len())
                || (ENDINGS.iter().any(|end| word.ends_with(end)) && word.len() < 40)
        })
}
