//! `permission.in-message`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "permission.in-message",
    layer: Layer::Credential,
    certainty: Certainty::Warning,
    page: include_str!("in_message.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let said = case.call.error_in_message.as_ref()?;
    let what = match said.code.as_str() {
        "PermissionDenied" => "this caller may not",
        "Unauthenticated" => "the caller is not known",
        _ => return None,
    };
    let mut facts = vec![format!("{}: \"{}\"", said.field, said.text)];
    facts.extend(
        case.sent()
            .iter()
            .map(|credential| caller::in_words(credential)),
    );
    Some(Proof {
        side: None,
        cause: format!(
            "message {} says in {} that {what}, although the call itself was not refused",
            said.number, said.field
        ),
        evidence: facts,
        hint: "take it for a refusal: call with a credential that may, or ask the server's operator for the permission; the exit code follows the status alone".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use crate::evidence::Evidence;
    use crate::evidence::answers::called;
    use crate::evidence::answers::status;
    use crate::evidence::error_in_message::ErrorInMessage;
    use crate::verdict::Expectation;
    use crate::verdict::judge;

    fn said(code: &str) -> Evidence {
        let json = format!(r#"{{"cancelReason":"rpc error: code = {code} desc = no"}}"#);
        let mut evidence = called(status(0, ""));
        evidence.call.error_in_message = ErrorInMessage::find(1, &json);
        assert!(evidence.call.error_in_message.is_some());
        evidence
    }

    #[test]
    fn a_denial_in_a_message_is_a_warning_and_changes_nothing_else() {
        for code in ["PermissionDenied", "Unauthenticated"] {
            let verdict = judge(&Expectation::default(), &said(code));
            let [warning] = &verdict.warnings[..] else {
                panic!("{:?}", verdict.warnings);
            };
            assert_eq!(warning.id, "permission.in-message");
            assert!(warning.evidence[0].contains(code), "{warning:?}");
            assert_eq!(verdict.diagnosis, None);
            assert_eq!(verdict.exit.code(), 0);
        }
    }

    #[test]
    fn another_error_in_a_message_is_the_methods_own_affair() {
        for code in ["NotFound", "PermissionDeniedByQuota", "OK"] {
            let verdict = judge(&Expectation::default(), &said(code));
            assert_eq!(verdict.warnings, []);
        }
    }
}
