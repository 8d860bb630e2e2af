//! `input.usage`.

use crate::authenticate::NotObtained;
use crate::authenticate::call_credentials;
use crate::evidence::Refusal;
use crate::text::did_you_mean;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "input.usage",
    layer: Layer::Input,
    certainty: Certainty::General,
    page: include_str!("usage.md"),
    prove: Prove::Run(|case| {
        let (cause, hint) = match case.refusal.as_ref()? {
            Refusal::Usage { what, hint } => (what.clone(), hint.clone()),
            Refusal::Credential(NotObtained::Missing { kind, parameter }) => (
                format!("the credential `{kind}` needs --{parameter}, and it is not given"),
                format!("add --{parameter}"),
            ),
            Refusal::Credential(NotObtained::UnknownKind(name)) => unknown_kind(name),
            _ => return None,
        };
        Some(Proof {
            side: Some(Side::Client),
            cause,
            evidence: Vec::new(),
            hint,
        })
    }),
    ..Diagnosis::BLANK
};

fn unknown_kind(name: &str) -> (String, String) {
    let known = || call_credentials::kinds().map(|kind| kind.name);
    let hint = match did_you_mean(name, known()) {
        Some(near) => format!("did you mean --auth {near}?"),
        None => format!("the kinds are {}", known().collect::<Vec<_>>().join(", ")),
    };
    (format!("`{name}` is not a kind of credential"), hint)
}
