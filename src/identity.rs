//! Who is calling and how a server is reached, as it is written down: by flags, in a profile, in a suite.
//!
//! What is more specific is put over what is less so: [`caller::CallerSpec::over`], [`channel::ChannelSpec::over`].
//! Once its secrets are read, a credential's specification names a kind and gives its parameters by name; what parameters a kind takes
//! stands in its row in [`crate::authenticate::call_credentials`].

pub(crate) mod caller;
pub(crate) mod channel;
pub(crate) mod kind;
pub(crate) mod written;

use crate::secret::Secret;
use crate::secret::SecretSource;

/// One call credential, specified but not yet obtained.
#[derive(Clone, Debug)]
pub(crate) struct CredentialSpec {
    /// A kind's name, such as `bearer`.
    pub kind: String,
    pub parameters: Vec<Parameter>,
}

/// One parameter of a credential.
#[derive(Clone, Debug)]
pub(crate) struct Parameter {
    /// As its flag is called: `client-id`.
    pub name: &'static str,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub(crate) enum Value {
    Text(String),
    List(Vec<String>),
    /// Read when the plan was made; where from, for reports.
    Secret {
        secret: Secret,
        source: SecretSource,
    },
    Body(Body),
}

/// The data of a login, as they are written: what stands in `${…}` is filled in when they are sent.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub content: Content,
    /// What `${env:NAME}` and `${file:PATH}` in it refer to, by the words between the braces.
    pub referred: Vec<(String, Secret)>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    Json(serde_json::Value),
    /// Names and values of an `application/x-www-form-urlencoded` form, decoded.
    Form(Vec<(String, String)>),
}

impl CredentialSpec {
    fn value(&self, name: &str) -> impl Iterator<Item = &Value> {
        self.parameters
            .iter()
            .filter(move |parameter| parameter.name == name)
            .map(|parameter| &parameter.value)
    }

    pub(crate) fn is_given(&self, name: &str) -> bool {
        self.value(name).next().is_some()
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name).find_map(|value| match value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
    }

    /// All entries of a list; none if it is not given.
    pub(crate) fn list(&self, name: &str) -> Vec<&str> {
        self.value(name)
            .find_map(|value| match value {
                Value::List(list) => Some(list.iter().map(String::as_str).collect()),
                _ => None,
            })
            .unwrap_or_default()
    }

    pub(crate) fn secret(&self, name: &str) -> Option<(&Secret, &SecretSource)> {
        self.value(name).find_map(|value| match value {
            Value::Secret { secret, source } => Some((secret, source)),
            _ => None,
        })
    }

    pub(crate) fn body(&self, name: &str) -> Option<&Body> {
        self.value(name).find_map(|value| match value {
            Value::Body(body) => Some(body),
            _ => None,
        })
    }

    /// Makes secrets of the texts in the data of a login.
    pub(crate) fn hide_bodies(&self) {
        for parameter in &self.parameters {
            if let Value::Body(body) = &parameter.value {
                body.hide();
            }
        }
    }
}

impl Body {
    fn hide(&self) {
        let mut texts = Vec::new();
        match &self.content {
            Content::Json(value) => leaves(value, &mut texts),
            Content::Form(fields) => texts.extend(fields.iter().map(|(_, value)| value.as_str())),
        }
        for text in texts.into_iter().filter(|text| !text.contains("${")) {
            let _ = Secret::new(text);
        }
    }
}

/// The texts in a JSON value, in their order.
pub(crate) fn leaves<'a>(value: &'a serde_json::Value, texts: &mut Vec<&'a str>) {
    match value {
        serde_json::Value::String(text) => texts.push(text),
        serde_json::Value::Array(values) => values.iter().for_each(|value| leaves(value, texts)),
        serde_json::Value::Object(fields) => {
            fields.values().for_each(|value| leaves(value, texts));
        }
        _ => {}
    }
}
