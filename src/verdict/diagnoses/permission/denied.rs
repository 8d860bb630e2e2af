//! `permission.denied`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
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
    let (reply, denial) = case.denial()?;
    let certificate = case.connection.certificate_sent();
    let is_known = !case.is_anonymous() || certificate.is_some();
    let about = case.about();
    let is_of_permission = match denial {
        Denial::Forbidden => {
            // Whom a certificate or a proxy names and the service does not know may not call it either.
            let unknown = about == Some(About::Identity) && case.is_anonymous();
            unknown || about.is_none_or(|about| about.is_of_permission() || about == About::Scope)
        }
        // Some services answer UNAUTHENTICATED to a caller whom they know.
        Denial::Unauthenticated => match about {
            Some(About::Policy) => true,
            Some(About::Role | About::Scope) => is_known,
            _ => false,
        },
    };
    case.reply_of_server()?;
    if !is_of_permission || case.call.in_reflection() {
        return None;
    }
    let mut facts = callers(case);
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
    let (cause, hint) = words(case, &reply, method, is_known);
    Some(Proof {
        side: None,
        cause,
        evidence: facts,
        hint,
    })
}

/// What was sent to say who is calling, and what it says.
fn callers(case: &Case<'_>) -> Vec<String> {
    let sent = case.sent();
    let mut facts: Vec<String> = sent.iter().map(|sent| caller::in_words(sent)).collect();
    if facts.is_empty() {
        facts.push(match case.is_anonymous() {
            true => "no credential was sent".to_owned(),
            false => format!(
                "metadata was sent that may be a credential by its name: {}",
                case.other_secrets().join(", ")
            ),
        });
    }
    facts.extend(case.token().map(|token| token.in_words(case.clock)));
    if case.about() == Some(About::Scope) && case.token().is_some() {
        facts.push("the token has the scope that the server names".to_owned());
    }
    facts
}

/// The cause, and what to do.
fn words(case: &Case<'_>, reply: &Reply<'_>, method: &str, is_known: bool) -> (String, String) {
    let speaker = reply.speaker();
    let authority = &case.connection.asked.authority;
    if case.about() == Some(About::Policy) {
        return (
            format!(
                "a rule of {speaker}, not the credential, keeps this caller from calling {method}"
            ),
            format!(
                "read the words of {speaker}: they name an address, a limit, an account or a setting; the operator of {authority} can change it, and a new credential does not"
            ),
        );
    }
    if !is_known {
        return (
            format!(
                "{speaker} refuses the call of {method}, which was made without a credential; it does not say that one is missing"
            ),
            format!(
                "if {method} requires a credential, send it (--token SRC); otherwise ask the operator of {authority} which rule refuses the call"
            ),
        );
    }
    let subject = case.token().and_then(|token| token.decoded.subject());
    let caller = subject.map_or("this caller".to_owned(), |subject| {
        format!("this caller ({subject})")
    });
    (
        format!("{caller}, or its credential, may not call {method}"),
        format!(
            "use an authorized credential, or ask the operator of {authority} for the role or scope that {method} requires; if this one should do, the operator's authorization log says why it did not"
        ),
    )
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
            (called(status(7, "denied")), "permission.denied"),
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
