//! What one call brought with it, and the reply that tells it back.

use std::sync::Arc;

use prost_reflect::prost_types::Timestamp;
use time::OffsetDateTime;
use tonic::Request;
use tonic::metadata::KeyAndValueRef;
use tonic::metadata::MetadataMap;

use crate::lab::generated::lab_v1;
use crate::lab::generated::lab_v1::MetadataEntry;
use crate::lab::generated::lab_v1::VaultReply;
use crate::lab::interceptors::Called;
use crate::lab::users::Caller;
use crate::lab::world::World;

/// How many entries of metadata are told back.
const LIMIT: usize = 64;
/// A key with one of these in it may hold a credential.
const CREDENTIAL_WORDS: [&str; 8] = [
    "auth",
    "cookie",
    "credential",
    "jwt",
    "key",
    "password",
    "secret",
    "token",
];

/// The caller, the method and the metadata of one call.
pub(super) struct Visit {
    pub caller: Caller,
    method: String,
    metadata: Vec<MetadataEntry>,
    world: Arc<World>,
}

impl Visit {
    /// What the interceptors found out, and what may be told back.
    pub(super) fn of<T>(request: &Request<T>, world: &Arc<World>) -> Self {
        let extensions = request.extensions();
        Self {
            caller: extensions.get().cloned().unwrap_or_else(Caller::anonymous),
            method: extensions
                .get::<Called>()
                .map(|called| called.0.trim_start_matches('/').to_owned())
                .unwrap_or_default(),
            metadata: told_back(request.metadata()),
            world: Arc::clone(world),
        }
    }

    /// The reply with this number, after so many requests.
    pub(super) fn reply(&self, text: String, number: u32, received: u32) -> VaultReply {
        VaultReply {
            method: self.method.clone(),
            text,
            number,
            received,
            caller: Some(lab_v1::Caller {
                subject: self.caller.subject.clone(),
                role: lab_v1::Role::from(self.caller.role).into(),
                authenticated_by: self.caller.authenticated_by.to_owned(),
                expires_at: self.caller.expires_at.map(timestamp),
            }),
            metadata: self.metadata.clone(),
            answered_at: Some(timestamp(self.world.clock.now())),
            cancel_reason: String::new(),
        }
    }
}

fn timestamp(time: OffsetDateTime) -> Timestamp {
    Timestamp {
        seconds: time.unix_timestamp(),
        // Less than 10⁹, so it fits.
        nanos: time.nanosecond().cast_signed(),
    }
}

fn told_back(metadata: &MetadataMap) -> Vec<MetadataEntry> {
    let mut entries: Vec<_> = metadata
        .iter()
        .filter_map(|entry| match entry {
            KeyAndValueRef::Ascii(key, value) => Some((key.as_str(), value.to_str().ok()?)),
            // As on the wire: base64.
            KeyAndValueRef::Binary(key, value) => Some((
                key.as_str(),
                std::str::from_utf8(value.as_encoded_bytes()).ok()?,
            )),
        })
        .filter(|(key, _)| may_be_told(key))
        .map(|(key, value)| MetadataEntry {
            key: key.to_owned(),
            value: value.to_owned(),
        })
        .take(LIMIT)
        .collect();
    entries.sort_by(|one, other| one.key.cmp(&other.key));
    entries
}

fn may_be_told(key: &str) -> bool {
    (key == "user-agent" || key.starts_with("x-"))
        && !CREDENTIAL_WORDS.iter().any(|word| key.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_told_back() {
        for (key, told) in [
            ("x-request-id", true),
            ("x-trace-bin", true),
            ("user-agent", true),
            ("authorization", false),
            ("x-api-key", false),
            ("x-auth-token", false),
            ("x-goog-api-key", false),
            ("cookie", false),
            ("te", false),
        ] {
            assert_eq!(may_be_told(key), told, "{key}");
        }
    }
}
