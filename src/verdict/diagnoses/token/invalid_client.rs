//! `token.invalid-client`.

use crate::authenticate::client_authentication;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch;
use crate::verdict::reading::fetch::Failed;

/// What discovery lists the methods under.
const METHODS: &str = "token_endpoint_auth_methods_supported";

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.invalid-client",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("invalid_client.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let mut facts = failed.facts();
    facts.extend(failed.listed_line(METHODS));
    let untimely = untimely_assertion(&failed);
    let other = other_method(&failed);
    let used = failed
        .record
        .request
        .client_authentication
        .unwrap_or("none");
    facts.extend(untimely.clone());
    Some(Proof {
        side: (untimely.is_some() || other.is_some()).then_some(Side::Client),
        cause: failed_with(&failed),
        evidence: facts,
        hint: match (untimely, other) {
            (_, Some(other)) => format!("the server does not list {used}: try {other}"),
            (Some(_), None) => {
                "set the clock of this machine (`timedatectl set-ntp true`), then try again"
                    .to_owned()
            }
            (None, None) => format!(
                "check --client-id and {}; if they are right, ask the operator of {} how this client is registered (method, key, secret)",
                proof_of(used),
                failed.host()
            ),
        },
    })
}

/// What proves the client, by its method.
fn proof_of(used: &str) -> &'static str {
    match used {
        "private_key_jwt" => "--assertion-key and --kid",
        "tls_client_auth" => "--token-cert",
        "none" => "whether the client needs a secret (--client-secret SRC)",
        _ => "--client-secret",
    }
}

/// A method that the server lists, if it does not list ours: as flags.
fn other_method(failed: &Failed<'_>) -> Option<String> {
    let used = failed.record.request.client_authentication?;
    let listed = failed.listed(METHODS)?;
    if listed.contains(&used) {
        return None;
    }
    let known = client_authentication::ALL.iter();
    let other = known
        .copied()
        .find(|method| listed.contains(&method.name))?;
    Some(match other.needs {
        Some(flag) => format!("--client-auth {} --{flag} SRC", other.name),
        None => format!("--client-auth {}", other.name),
    })
}

/// That an assertion was out of its time by the server's clock.
fn untimely_assertion(failed: &Failed<'_>) -> Option<String> {
    let used = failed.record.request.client_authentication?;
    if !matches!(used, "private_key_jwt" | "client_secret_jwt") {
        return None;
    }
    let (_, skew) = fetch::skewed(failed.record)?;
    if skew >= client_authentication::ASSERTION_LIFETIME {
        return Some("by that clock the client's assertion had expired when it came".to_owned());
    }
    skew.is_negative()
        .then(|| "by that clock the client's assertion was issued in the future".to_owned())
}
