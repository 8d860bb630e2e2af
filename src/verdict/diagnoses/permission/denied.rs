//! `permission.denied`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::words::Subjects;
use crate::x509::Facts;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "permission.denied",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("denied.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential", "mtls.required", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, Denial::Forbidden) = case.denial()? else {
        return None;
    };
    let forbidden_by_server = case.reply_of_server().is_some();
    let certificate = case.connection.certificate_sent();
    let known = !case.is_anonymous() || certificate.is_some();
    if !forbidden_by_server
        || !known
        || case.call.in_reflection()
        || case.words().reports_invalid_credential(Subjects::Any)
    {
        return None;
    }
    let mut facts: Vec<String> = case
        .sent()
        .iter()
        .map(|credential| caller::in_words(credential))
        .collect();
    if facts.is_empty() && !case.is_anonymous() {
        let keys = case.other_secrets().join(", ");
        facts.push(format!(
            "metadata was sent that may be a credential by its name: {keys}"
        ));
    }
    let token = case.token();
    facts.extend(token.map(|token| token.in_words(case.clock)));
    facts.extend(certificate.map(|certificate| {
        let subject = certificate
            .chain
            .first()
            .and_then(|end_entity| Facts::read(end_entity).ok())
            .map_or("unreadable".to_owned(), |facts| facts.subject.to_string());
        format!("the client certificate sent is {subject}")
    }));
    facts.extend(names(&reply));
    facts.extend(reply.header_line("www-authenticate"));
    let method = case.asked.method.as_deref().unwrap_or("this method");
    let caller_name = token
        .as_ref()
        .and_then(|token| token.decoded.subject())
        .map_or("this caller".to_owned(), |subject| {
            format!("this caller ({subject})")
        });
    Some(Proof {
        side: None,
        cause: format!("{caller_name}, or its credential, may not call {method}"),
        evidence: facts,
        hint: format!(
            "call with a credential that may, or ask the server's operator for the role or scope that {method} wants; if this one should do, the operator's authorization log says why it did not"
        ),
    })
}

/// What ErrorInfo names: the reason, and the permission or role in its metadata.
fn names(reply: &Reply<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for info in reply.details("ErrorInfo") {
        let reason = info["reason"].as_str().unwrap_or_default();
        let metadata = info["metadata"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| format!("{key}={}", value.as_str().unwrap_or_default()));
        let told: Vec<String> = std::iter::once(reason.to_owned())
            .filter(|reason| !reason.is_empty())
            .chain(metadata)
            .collect();
        if !told.is_empty() {
            lines.push(format!("the server's reason: {}", told.join(", ")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::evidence::answers::bearer;
    use crate::evidence::answers::called;
    use crate::evidence::answers::http;
    use crate::evidence::answers::status;
    use crate::evidence::answers::token;
    use crate::verdict::diagnoses::first;
    use serde_json::json;

    #[test]
    fn a_caller_who_may_not() {
        let secret = token(&json!({"sub": "alice", "roles": ["viewer"], "exp": 4_000_000_000_u64}));
        let evidence = bearer(called(status(7, "role admin required")), &secret);
        let finding = first(&evidence).unwrap();
        assert_eq!((finding.id, finding.side), ("permission.denied", None));
        assert!(
            finding
                .cause
                .contains("this caller (alice), or its credential"),
            "{}",
            finding.cause
        );
        let told = finding.evidence.join("\n");
        assert!(
            told.contains("sub alice") && told.contains("roles viewer"),
            "{told}"
        );
        assert!(!told.contains(&secret));
    }

    #[test]
    fn what_is_not_about_this_caller() {
        let good = token(&json!({"sub": "alice", "exp": 4_000_000_000_u64}));
        let expired = token(&json!({"sub": "alice", "exp": 1_000_000_000}));
        for (evidence, expected) in [
            (called(status(7, "denied")), "credential.none-sent"),
            (
                bearer(called(status(7, "denied")), &expired),
                "credential.token-expired",
            ),
            (
                bearer(called(status(7, "invalid token")), &good),
                "credential.rejected",
            ),
            (
                bearer(called(status(7, "Audiences in Jwt are not allowed")), &good),
                "credential.audience",
            ),
            (
                bearer(called(http(403, &[], "no")), &good),
                "gateway.forbidden",
            ),
            (
                bearer(called(status(16, "no")), &good),
                "credential.rejected",
            ),
        ] {
            assert_eq!(first(&evidence).unwrap().id, expected);
        }
    }
}
