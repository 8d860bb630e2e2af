//! `reflection.absent`.

use crate::describe::NotDescribed;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;
use crate::verdict::reading::answerer::Answerer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.absent",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("absent.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let NotDescribed::Absent { v1, .. } = failure(case)? else {
        return None;
    };
    // A web server's 404 is not a server's word about its services.
    if case.reply_over_http().is_some() {
        return None;
    }
    let answerer = Answerer::of(v1)?;
    let target = &case.connection.asked.target;
    let authority = &case.connection.asked.authority;
    let mut facts =
        vec!["grpc.reflection.v1 and v1alpha were both answered UNIMPLEMENTED".to_owned()];
    if !answerer.may_be_proxy() {
        return Some(Proof {
            side: None,
            cause: format!("the server at {target} does not offer reflection"),
            evidence: facts,
            hint: format!("{WITHOUT}; or ask the server's operator to turn reflection on"),
        });
    }
    facts.push(answerer.to_string());
    facts.push(format!("the :authority sent was {authority}"));
    let routed = format!(
        "send the :authority that the proxy routes (--authority HOST; {authority} was sent)"
    );
    let (cause, hint) = match answerer.is_likely_proxy() {
        true => (
            format!(
                "a proxy at {target} likely has no route for reflection, or for :authority {authority}"
            ),
            format!("{routed}; or {WITHOUT}"),
        ),
        false => (
            format!(
                "the server at {target} does not offer reflection, or a proxy before it has no route for it"
            ),
            format!("{WITHOUT}; or {routed}"),
        ),
    };
    Some(Proof {
        side: None,
        cause,
        evidence: facts,
        hint,
    })
}
