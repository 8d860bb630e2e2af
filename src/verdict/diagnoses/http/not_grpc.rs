//! `http.not-grpc`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::http_answer;
use crate::verdict::reading::http_meaning;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http.not-grpc",
    layer: Layer::Http,
    certainty: Certainty::General,
    page: include_str!("not_grpc.md"),
    prove: Prove::Run(prove),
    yields_to: &["gateway", "credential", "mtls.required", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = case.reply_over_http()?;
    if asks_for_a_client_certificate(&reply, status) {
        return None;
    }
    let meaning = http_meaning::of(case, &reply, status);
    let mut facts = http_answer::facts(&reply, status);
    facts.extend(meaning.facts);
    facts.push(match case.sent().first() {
        Some(credential) => caller::in_words(credential),
        None => "no credential was sent".to_owned(),
    });
    Some(Proof {
        side: meaning.side,
        cause: meaning.cause,
        evidence: facts,
        hint: meaning.hint,
    })
}

/// nginx says over HTTP what other servers say with a TLS alert; that is a finding of `mtls`.
fn asks_for_a_client_certificate(reply: &Reply<'_>, status: u16) -> bool {
    let body = reply.body();
    matches!(status, 400 | 495 | 496)
        && (body.contains("No required SSL certificate was sent")
            || body.contains("The SSL certificate error"))
}
