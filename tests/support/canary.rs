//! Whether a secret sings: it is looked for as it is, and in the forms that it takes on its way.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use regex::Regex;
use serde_json::Value;

/// Header, payload and signature of a JWT, or of one that is cut off.
static JWT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}").unwrap());

/// Secrets in all their forms.
pub struct Canaries(Vec<String>);

impl Canaries {
    pub fn new(secrets: &[&str]) -> Self {
        let mut forms = Vec::new();
        for secret in secrets {
            let form: String = form_urlencoded::byte_serialize(secret.as_bytes()).collect();
            let quoted = Value::from(*secret).to_string();
            forms.extend([
                (*secret).to_owned(),
                STANDARD.encode(secret),
                URL_SAFE_NO_PAD.encode(secret),
                utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string(),
                STANDARD.encode(&form),
                form,
                quoted.trim_matches('"').to_owned(),
            ]);
        }
        forms.sort();
        forms.dedup();
        Self(forms)
    }

    /// The form in which one of the secrets stands in `text`, if one does.
    pub fn heard(&self, text: &[u8]) -> Option<&str> {
        let text = String::from_utf8_lossy(text);
        self.0
            .iter()
            .map(String::as_str)
            .find(|form| text.contains(form))
    }
}

/// Whether there is a JWT in `text`.
pub fn has_jwt(text: &[u8]) -> bool {
    JWT.is_match(&String::from_utf8_lossy(text))
}
