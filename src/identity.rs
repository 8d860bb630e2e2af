//! Credentials as they are written down: by flags, in a profile, in a suite.
//!
//! A specification names a kind and gives its parameters by name; what parameters a kind takes
//! stands in its row in [`crate::authenticate::call_credentials`].

use crate::secret::Secret;
use crate::secret::SecretSource;

/// One call credential, specified but not yet obtained.
#[derive(Clone, Debug)]
pub struct CredentialSpec {
    /// A kind's name, such as `bearer`.
    pub kind: String,
    pub parameters: Vec<Parameter>,
}

/// One parameter of a credential.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: &'static str,
    pub value: Value,
}

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    /// Read when the plan was made; where from, for reports.
    Secret {
        secret: Secret,
        source: SecretSource,
    },
}

impl CredentialSpec {
    pub fn text(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find_map(|parameter| match &parameter.value {
                Value::Text(text) if parameter.name == name => Some(text.as_str()),
                _ => None,
            })
    }

    pub fn secret(&self, name: &str) -> Option<(&Secret, &SecretSource)> {
        self.parameters
            .iter()
            .find_map(|parameter| match &parameter.value {
                Value::Secret { secret, source } if parameter.name == name => {
                    Some((secret, source))
                }
                _ => None,
            })
    }
}
