//! `gateway.unauthenticated`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::gateway;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;
use crate::verdict::reading::challenge;
use crate::verdict::reading::http_answer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "gateway.unauthenticated",
    layer: Layer::Http,
    certainty: Certainty::Proven,
    page: include_str!("unauthenticated.md"),
    prove: Prove::Run(prove),
    yields_to: &[
        "mtls.required",
        "mtls.rejected",
        "credential.token-expired",
        "credential.token-not-yet-valid",
        "credential.audience",
        "credential.issuer",
        "credential.scope",
        "credential.revoked",
        "credential.malformed",
        "credential.scheme",
        "credential.certificate-binding",
        "credential.verifier-failed",
    ],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = gateway::answer(case, gateway::Refusal::Unauthenticated)?;
    let name = gateway::name(&reply, status);
    let unasked = gateway::unasked(&reply, status);
    let sent = case.sent();
    let mut facts = http_answer::facts(&reply, status);
    facts.extend(sent.iter().map(|credential| caller::in_words(credential)));
    facts.extend(case.token().map(|token| token.in_words(case.clock)));
    let (cause, hint) = if case.is_anonymous() {
        let flag = match challenge::of(&reply).first() {
            Some(challenge) if challenge.is_of("basic") => "--user NAME --password SRC",
            _ => "--token SRC",
        };
        facts.push("no credential was sent".to_owned());
        (
            format!(
                "{name} requires a credential (HTTP {status}), and none was sent{unasked}"
            ),
            match case.caller.credentials.is_empty() {
                // The warning beside it says why, and how it is sent.
                _ if case.call.withheld => "name the CA with --cacert FILE in place of --insecure: the credential that was given is sent then".to_owned(),
                true => format!(
                    "send the credential that the gateway accepts, such as {flag}; its operator knows which"
                ),
                // It was given, and does not go along with reflection.
                false => "remove --no-auth-on-reflection, or send reflection a credential of its own (--reflect-header 'KEY: VALUE')".to_owned(),
            },
        )
    } else {
        (
            match gateway::reason(case) {
                Some(reason) => format!("{name} did not accept the credential (HTTP {status}): {reason}{unasked}"),
                None => format!("{name} did not accept the credential (HTTP {status}){unasked}"),
            },
            match gateway::reason(case) {
                Some(_) => "ask the gateway's operator about the reason that it gives; a new credential helps only if it differs in that".to_owned(),
                None => "get a new credential that is meant for this gateway; if a fresh one is refused too, ask its operator which one it accepts".to_owned(),
            },
        )
    };
    Some(Proof {
        side: gateway::side(&reply, status),
        cause,
        evidence: facts,
        hint,
    })
}
