//! `credential.too-large`.

use crate::authenticate::CallCredential;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;
use crate::verdict::reading::metadata_size;

pub(crate) const ROW: Diagnosis = Diagnosis {
    id: "credential.too-large",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("too_large.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let fact = complaint(case)?;
    let credential = largest(case)?;
    Some(Proof {
        side: None,
        cause: format!(
            "the {} is larger than the server takes in a request's headers",
            caller::noun(credential)
        ),
        evidence: vec![
            fact,
            format!(
                "the {} from {} has {} bytes, all metadata together {}",
                caller::noun(credential),
                credential.source,
                credential.value.len(),
                metadata_size::sent(case)
            ),
        ],
        hint: "get a smaller token (fewer scopes, roles or groups in it), or have the operator of the server or gateway raise its limit for headers".to_owned(),
    })
}

/// What the peer said, or did, against the size of the headers.
fn complaint(case: &Case<'_>) -> Option<String> {
    if let Some((reply, status)) = case.reply_over_http() {
        let body = reply.body().to_lowercase();
        let said =
            body.contains("header") && (body.contains("too large") || body.contains("too long"));
        return (matches!(status, 431 | 494) || (status == 400 && said))
            .then(|| format!("the answer is HTTP {status}: headers too large"));
    }
    if let Some(reply) = case.reply_of_server() {
        let message = reply.status.message.for_judging().to_lowercase();
        let said = [
            "metadata size",
            "header list size",
            "header size exceed",
            "headers too large",
            "metadata exceeds",
        ]
        .iter()
        .any(|words| message.contains(words));
        let fits = matches!(
            reply.status.code,
            StatusCode::RESOURCE_EXHAUSTED | StatusCode::INTERNAL | StatusCode::UNKNOWN
        );
        return (said && fits).then(|| reply.quoted()).flatten();
    }
    metadata_size::ended_the_call(case)
}

/// The credential that is more than half of what was sent.
fn largest<'a>(case: &'a Case<'_>) -> Option<&'a CallCredential> {
    let total = metadata_size::sent(case);
    case.sent()
        .iter()
        .copied()
        .find(|credential| credential.value.len() > total / 2)
}
