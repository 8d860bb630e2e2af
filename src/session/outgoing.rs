//! What goes out with a request, its messages apart: a value, computed from the caller's plan and credentials.

use crate::authenticate::CallCredential;
use crate::evidence::CallEvidence;
use crate::evidence::Overridden;
use crate::metadata;
use crate::metadata::Metadata;
use crate::plan::caller::CallerPlan;
use crate::session;

/// The metadata of a request, and what is to be known of it afterwards.
#[derive(Debug)]
pub(crate) struct Outgoing {
    pub metadata: Metadata,
    /// What of the metadata gave way to a credential under the same key.
    overridden: Vec<Overridden>,
}

impl Outgoing {
    /// Of the reflection requests. `None`: credentials are withheld.
    pub(crate) fn with_reflection(
        plan: &CallerPlan,
        credentials: Option<&[CallCredential]>,
    ) -> Self {
        let credentials = match plan.authenticate_reflection {
            true => credentials,
            false => credentials.map(|_| &[][..]),
        };
        let own = ("--reflect-header", &plan.on_reflection);
        Self::new(&plan.everywhere, own, credentials)
    }

    /// Of the call. `None`: credentials are withheld.
    pub(crate) fn with_call(plan: &CallerPlan, credentials: Option<&[CallCredential]>) -> Self {
        let own = ("--rpc-header", &plan.on_call);
        Self::new(&plan.everywhere, own, credentials)
    }

    /// Plain metadata first, credentials in place of whatever stood under their keys.
    fn new(
        everywhere: &Metadata,
        (flag, own): (&'static str, &Metadata),
        credentials: Option<&[CallCredential]>,
    ) -> Self {
        let mut metadata = Metadata::new();
        for entry in everywhere.iter().chain(own.iter()) {
            if credentials.is_none() && metadata::is_secret(&entry.key) {
                continue;
            }
            metadata.append(entry.key.clone(), entry.value.clone());
        }
        let mut overridden = Vec::new();
        for credential in credentials.unwrap_or_default() {
            if credential.replaces() && own.contains(credential.key.as_str()) {
                overridden.push(Overridden {
                    key: credential.key.to_string(),
                    kept: credential.source.clone(),
                    lost: flag,
                });
            }
            let (key, value) = (credential.key.clone(), credential.value.clone());
            match credential.replaces() {
                true => metadata.replace(key, value),
                false => metadata.append(key, value),
            }
        }
        Self {
            metadata,
            overridden,
        }
    }

    /// Puts it on record as the last that was sent, and gives the metadata to send.
    pub(crate) fn note_in(self, call: &mut CallEvidence) -> Metadata {
        let sent = self.metadata.iter();
        call.sent = sent
            .map(|entry| (entry.key.to_string(), entry.value.clone()))
            .collect();
        call.overridden = self.overridden;
        call.began = Some(session::now());
        self.metadata
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticate::metadata_credential;
    use http::HeaderName;
    use http::HeaderValue;

    fn metadata(entries: &[(&'static str, &'static str)]) -> Metadata {
        let mut metadata = Metadata::new();
        for (key, value) in entries {
            let key = HeaderName::from_static(key);
            metadata.append(key, HeaderValue::from_static(value));
        }
        metadata
    }

    async fn token() -> CallCredential {
        let key = http::header::AUTHORIZATION;
        let value = HeaderValue::from_static("Bearer abc");
        let prepared = metadata_credential::in_metadata(&key, &value, "env:TOKEN").unwrap();
        prepared.obtain().await.unwrap()
    }

    fn keys(outgoing: Outgoing) -> (Vec<(String, String)>, Vec<Overridden>) {
        let mut call = CallEvidence::default();
        outgoing.note_in(&mut call);
        assert!(call.began.is_some());
        let shown = |(key, value): (String, HeaderValue)| match value.is_sensitive() {
            true => (key, "hidden".to_owned()),
            false => (key, value.to_str().unwrap().to_owned()),
        };
        (call.sent.into_iter().map(shown).collect(), call.overridden)
    }

    fn entry(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[tokio::test]
    async fn a_credential_takes_the_place_of_plain_metadata() {
        let plan = CallerPlan {
            everywhere: metadata(&[("x-request-id", "1")]),
            on_call: metadata(&[("authorization", "Bearer old")]),
            authenticate_reflection: false,
            ..CallerPlan::default()
        };
        let credentials = [token().await];
        let (sent, overridden) = keys(Outgoing::with_call(&plan, Some(&credentials)));
        assert_eq!(
            sent,
            [entry("x-request-id", "1"), entry("authorization", "hidden")]
        );
        assert_eq!(
            (&*overridden[0].kept, overridden[0].lost),
            ("env:TOKEN", "--rpc-header")
        );
        let (sent, overridden) = keys(Outgoing::with_reflection(&plan, Some(&credentials)));
        assert_eq!(sent, [entry("x-request-id", "1")]);
        assert_eq!(overridden, []);
        let (sent, _) = keys(Outgoing::with_call(&plan, None));
        assert_eq!(sent, [entry("x-request-id", "1")]);
    }
}
