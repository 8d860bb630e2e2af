//! `gateway.forbidden`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::gateway;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;
use crate::verdict::reading::http_answer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "gateway.forbidden",
    layer: Layer::Http,
    certainty: Certainty::Proven,
    page: include_str!("forbidden.md"),
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
    let (reply, status) = gateway::answer(case, gateway::Refusal::Forbidden)?;
    let unasked = gateway::unasked(&reply, status);
    let mut facts = http_answer::facts(&reply, status);
    let sent = case.sent();
    facts.extend(sent.iter().map(|credential| caller::in_words(credential)));
    facts.extend(case.token().map(|token| token.in_words(case.clock)));
    let anonymous = case.is_anonymous();
    if anonymous {
        facts.push("no credential was sent".to_owned());
    }
    Some(Proof {
        side: gateway::side(&reply, status),
        cause: match gateway::reason(case) {
            Some(reason) => format!(
                "{} refuses this request (HTTP {status}): {reason}{unasked}",
                gateway::name(&reply, status)
            ),
            None => format!(
                "{} refuses this request (HTTP {status}){unasked}",
                gateway::name(&reply, status)
            ),
        },
        evidence: facts,
        hint: format!(
            "{}ask the gateway's operator which rule refuses {}; it may be the caller, its address, the path, or gRPC as such",
            if anonymous {
                "if it requires a credential, send one with --token SRC; else "
            } else {
                ""
            },
            case.called(),
        ),
    })
}
