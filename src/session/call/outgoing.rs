//! The metadata of a request: what the user gave, and the credentials; put on record as it goes out.

use crate::authenticate::CallCredential;
use crate::evidence::Evidence;
use crate::evidence::Overridden;
use crate::metadata;
use crate::metadata::Metadata;
use crate::plan::CallPlan;
use crate::plan::credentials::CallerPlan;
use crate::report::redactor::MASK;

/// The metadata of the reflection requests.
pub fn with_reflection(caller: &CallerPlan, evidence: &mut Evidence) -> Metadata {
    let credentials = match caller.authenticate_reflection {
        true => credentials(evidence).to_vec(),
        false => Vec::new(),
    };
    let own = ("--reflect-header", &caller.on_reflection);
    attach(&caller.everywhere, own, &credentials, evidence)
}

/// The metadata of the call.
pub fn with_call(plan: &CallPlan, evidence: &mut Evidence) -> Metadata {
    let caller = &plan.caller;
    let credentials = credentials(evidence).to_vec();
    let own = ("--rpc-header", &caller.on_call);
    attach(&caller.everywhere, own, &credentials, evidence)
}

/// The credentials that may go out.
pub fn credentials(evidence: &Evidence) -> &[CallCredential] {
    if evidence.caller.withheld {
        &[]
    } else {
        &evidence.caller.credentials
    }
}

/// Plain metadata first, credentials in place of whatever stood under their keys.
fn attach(
    everywhere: &Metadata,
    (flag, own): (&'static str, &Metadata),
    credentials: &[CallCredential],
    evidence: &mut Evidence,
) -> Metadata {
    let mut metadata = Metadata::new();
    let withheld = evidence.caller.withheld;
    for entry in everywhere.iter().chain(own.iter()) {
        if withheld && metadata::carries_a_credential(&entry.key) {
            continue;
        }
        metadata.append(entry.key.clone(), entry.value.clone());
    }
    evidence.call.overridden.clear();
    for credential in credentials {
        if credential.replaces() && own.contains(credential.key.as_str()) {
            evidence.call.overridden.push(Overridden {
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
    evidence.call.sent = shown(&metadata);
    metadata
}

/// Metadata as it may be reported: without secrets.
fn shown(metadata: &Metadata) -> Vec<(String, String)> {
    metadata
        .iter()
        .map(|entry| {
            let masked = entry.value.is_sensitive() || metadata::is_sensitive(&entry.key);
            let value = if masked {
                MASK.to_owned()
            } else {
                String::from_utf8_lossy(entry.value.as_bytes()).into_owned()
            };
            (entry.key.as_str().to_owned(), value)
        })
        .collect()
}
