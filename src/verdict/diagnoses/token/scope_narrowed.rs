//! `token.scope-narrowed`.

use crate::peer_text::PeerText;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.scope-narrowed",
    layer: Layer::Credential,
    certainty: Certainty::Warning,
    page: include_str!("scope_narrowed.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (credential, (missing, granted)) = case
        .caller
        .credentials
        .iter()
        .find_map(|credential| Some((credential, fetch::narrowed(credential)?)))?;
    let asked = credential.fetch.as_ref()?.request.scope.join(" ");
    let granted = match granted.is_empty() {
        true => "none".to_owned(),
        false => format!(
            "\"{}\"",
            PeerText::from(granted.join(" ")).among_tokens().quoted(300)
        ),
    };
    Some(Proof {
        side: None,
        cause: format!("asked for scope \"{asked}\", got {granted}"),
        evidence: vec![
            format!("not granted: {}", missing.join(" ")),
            format!("the token is of {}", credential.source),
        ],
        hint: format!(
            "leave out --scope {}, or ask the operator of the authorization server to allow it to this client",
            missing.join(" ")
        ),
    })
}
