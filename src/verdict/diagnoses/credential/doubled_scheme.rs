//! `credential.doubled-scheme`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.doubled-scheme",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("doubled_scheme.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let (credential, doubled) = refused.credentials.iter().find_map(|credential| {
        let scheme = credential.scheme.as_deref()?;
        let (first, rest) = credential.secret.expose().split_once(' ')?;
        let is_scheme = ["bearer", "basic", "token"]
            .iter()
            .any(|known| first.eq_ignore_ascii_case(known))
            || first.eq_ignore_ascii_case(scheme);
        (is_scheme && !rest.trim().is_empty() && !caller::is_password(credential))
            .then_some((credential, format!("{scheme} {first} …")))
    })?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("the scheme was sent twice: `{}: {doubled}`", credential.key),
        evidence: vec![format!(
            "the {} came from {}",
            caller::noun(credential),
            credential.source
        )],
        hint: "write the scheme once, or give the token with --token SRC, which adds it".to_owned(),
    })
}
