//! A run that ended in reflection: the method was never called, and what was called instead.

use crate::describe::NotDescribed;
use crate::describe::reflection::version::Version;
use crate::evidence::Aim;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::invoke::Ended;
use crate::status::AnsweredBy;
use crate::verdict::finding::Finding;
use crate::verdict::finding::Layer;

/// The path of the reflection method whose answer ended the run.
pub(crate) fn path(evidence: &Evidence) -> Option<&'static str> {
    if !evidence.call.in_reflection() {
        return None;
    }
    match &evidence.call.description {
        Description::Failed(NotDescribed::Refused { version, .. }) => Some(version.path()),
        Description::Failed(NotDescribed::Absent { .. }) => Some(Version::V1.path()),
        _ => None,
    }
}

/// Adds to a diagnosis of an answer to reflection what was called, and how to do without.
pub(crate) fn add(evidence: &Evidence, diagnosis: &mut Finding) {
    let Some(path) = path(evidence).filter(|_| is_answered(evidence)) else {
        return;
    };
    if !diagnosis.cause.contains(path) {
        let called = format!("reflection was called, {path}");
        diagnosis
            .evidence
            .push(match (evidence.asked.aim, &evidence.asked.method) {
                (Aim::Call, Some(method)) => format!("{called}; {method} itself was not called"),
                _ => called,
            });
    }
    // Of a gateway's refusal it is not known whether it is of reflection alone.
    if diagnosis.layer == Layer::Http && !diagnosis.hint.contains("--protoset") {
        diagnosis
            .hint
            .push_str("; to do without reflection: --protoset FILE");
    }
}

/// Whether the peer answered with a status, over gRPC or HTTP.
fn is_answered(evidence: &Evidence) -> bool {
    let last = evidence.call.last_answer().map(|answer| &answer.outcome);
    matches!(
        last,
        Some(Ended::Status {
            answered_by: AnsweredBy::Server | AnsweredBy::Proxy,
            ..
        })
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::answers;
    use crate::verdict::Expectation;
    use crate::verdict::judge;

    const V1: &str = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    const METHOD: &str = "orders.v1.Orders/Get";

    fn diagnosis(evidence: &Evidence) -> Finding {
        judge(&Expectation::default(), evidence).diagnosis.unwrap()
    }

    #[test]
    fn what_refused_reflection_names_its_path_and_a_way_around() {
        for http_status in [401, 403, 404, 415, 429, 502, 503] {
            let evidence = answers::in_reflection(answers::http(http_status, &[], "no"));
            let found = diagnosis(&evidence);
            let told = found.evidence.join("\n");
            assert!(
                told.contains(&format!("{V1}; {METHOD} itself was not called")),
                "{http_status} {told}"
            );
            let hint = &found.hint;
            assert!(hint.contains("--protoset FILE"), "{http_status} {hint}");
            assert!(!hint.contains(METHOD), "{http_status} {hint}");
        }
    }

    #[test]
    fn a_grpc_status_of_reflection_names_its_path_once() {
        for code in [16, 7, 13, 14] {
            let found = diagnosis(&answers::in_reflection(answers::status(code, "no")));
            let told = format!("{}\n{}", found.cause, found.evidence.join("\n"));
            assert_eq!(told.matches(V1).count(), 1, "{code} {told}");
            assert_eq!(found.hint.matches("--protoset").count(), 1, "{code}");
        }
    }

    #[test]
    fn neither_a_call_that_was_made_nor_our_own_deadline_is_reflections() {
        for evidence in [
            answers::called(answers::http(404, &[], "no")),
            answers::called(answers::status(16, "no")),
            answers::in_reflection(answers::deadline(true)),
        ] {
            let found = diagnosis(&evidence);
            let told = found.evidence.join("\n");
            assert!(!told.contains("itself was not called"), "{told}");
        }
        let found = diagnosis(&answers::called(answers::http(404, &[], "no")));
        assert!(found.hint.contains(METHOD) && !found.hint.contains("--protoset"));
    }

    #[test]
    fn a_listing_has_no_method_that_was_not_called() {
        let mut evidence = answers::in_reflection(answers::http(403, &[], "no"));
        evidence.asked.aim = Aim::List;
        evidence.asked.method = None;
        let told = diagnosis(&evidence).evidence.join("\n");
        assert!(told.contains(V1) && !told.contains("itself"), "{told}");
    }
}
