//! Credentials as they are written, by flags or in a file: nothing is read yet.

use crate::identity::kind::CredentialKind;
use crate::secret::SecretSource;

/// One parameter's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    Text(String),
    List(Vec<String>),
    Secret(SecretSource),
    /// JSON, a form, or `@FILE`.
    Body(String),
    /// A program and its arguments, not yet split.
    Words(String),
    /// A body that a file has, which is no list of processes.
    FileBody(String),
}

/// A parameter by its name, and its value.
pub(crate) type Given = (&'static str, Written);

/// A credential: its kind, and what shapes it.
#[derive(Clone, Debug)]
pub struct WrittenCredential {
    pub kind: &'static CredentialKind,
    pub parameters: Vec<Given>,
}

impl WrittenCredential {
    pub fn get(&self, name: &str) -> Option<&Written> {
        self.parameters
            .iter()
            .find(|(own, _)| *own == name)
            .map(|(_, written)| written)
    }

    /// Whether it goes under this metadata key.
    pub fn is_sent_as(&self, key: &str) -> bool {
        let (parameter, default) = self.kind.key;
        match self.get(parameter) {
            Some(Written::Text(own)) => own.eq_ignore_ascii_case(key),
            _ => default == key,
        }
    }

    /// Puts a parameter in the place of what there was.
    pub fn set(&mut self, name: &'static str, written: Written) {
        self.parameters.retain(|(own, _)| *own != name);
        self.parameters.push((name, written));
    }
}
