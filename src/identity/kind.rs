//! What is known of a kind of credential: its names, its words, its parameters and their flags.

/// A kind of call credential, as it is described. How it is prepared stands beside it in
/// [`crate::authenticate::call_credentials::ALL`].
#[derive(Debug)]
pub struct CredentialKind {
    pub name: &'static str,
    /// One line for help and documentation.
    pub summary: &'static str,
    /// What one is called: `token`.
    pub noun: &'static str,
    /// A user's name and password; the noun is several things.
    pub is_password: bool,
    /// What plaintext would expose: `a user's password`.
    pub exposed: &'static str,
    /// A token, and not a password or a key.
    pub is_token: bool,
    /// It may be sent beside a credential of another kind, without being named.
    pub goes_beside: bool,
    /// What is asked for one, where it is fetched.
    pub request: &'static str,
    /// The flags that give one anew.
    pub flag_hint: &'static str,
    /// The metadata key that it is sent under: the parameter that names it, and the default.
    pub key: (&'static str, &'static str),
    /// The heading of the flags that are its own.
    pub heading: &'static str,
    pub parameters: &'static [CredentialParameter],
}

impl CredentialKind {
    /// The parameter that its flag names.
    pub fn parameter(&self, name: &str) -> Option<&'static CredentialParameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }
}

/// A parameter that a kind takes, and its flag.
#[derive(Debug)]
pub struct CredentialParameter {
    /// As its flag is called, without dashes.
    pub name: &'static str,
    /// As it is called in a profile or a suite.
    pub key: &'static str,
    pub form: Form,
    pub required: bool,
    /// Giving it is enough to mean this kind.
    pub implies: bool,
    /// It says where secrets are sent: a flag that changes it drops the secrets of a profile.
    pub endpoint: bool,
    /// What help calls its value.
    pub value_name: &'static str,
    pub help: &'static str,
    /// The words that it takes, each with its help; `None`: any text.
    pub words: Option<fn() -> Words>,
    /// Help lists it after the others of its heading.
    pub listed_late: bool,
}

/// The words that a flag takes, each with its help.
pub(crate) type Words = Vec<(&'static str, &'static str)>;

/// What a parameter's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    /// Several texts.
    List,
    /// A reference to a secret.
    Secret,
    /// The data of a login: JSON, or a form.
    Body,
    /// A program and its arguments, split as POSIX does and not expanded.
    Words,
}

impl CredentialParameter {
    /// A text, its key in a profile, and what help says of its flag.
    pub const fn text(
        name: &'static str,
        key: &'static str,
        value_name: &'static str,
        help: &'static str,
    ) -> Self {
        Self {
            name,
            key,
            form: Form::Text,
            required: false,
            implies: false,
            endpoint: false,
            value_name,
            help,
            words: None,
            listed_late: false,
        }
    }

    pub const fn secret(name: &'static str, key: &'static str, help: &'static str) -> Self {
        Self::text(name, key, "SRC", help).of(Form::Secret)
    }

    pub const fn body(name: &'static str, key: &'static str, help: &'static str) -> Self {
        Self::text(name, key, "JSON|@FILE", help).of(Form::Body)
    }

    #[must_use]
    pub const fn of(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// The same under another key of a profile.
    #[must_use]
    pub const fn keyed(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[must_use]
    pub const fn implies(mut self) -> Self {
        self.implies = true;
        self
    }

    #[must_use]
    pub const fn endpoint(mut self) -> Self {
        self.endpoint = true;
        self
    }

    #[must_use]
    pub const fn words(mut self, words: fn() -> Words) -> Self {
        self.words = Some(words);
        self
    }

    #[must_use]
    pub const fn listed_late(mut self) -> Self {
        self.listed_late = true;
        self
    }
}
