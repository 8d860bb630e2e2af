//! `credential.wrong-host`.

use crate::evidence::Refusal;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.wrong-host",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("wrong_host.md"),
    prove: Prove::Run(|case| {
        let Refusal::WrongHost {
            what,
            profile,
            place,
            target,
            hosts,
        } = case.refusal.as_ref()?
        else {
            return None;
        };
        let hosts = match hosts.as_slice() {
            [] => "no host".to_owned(),
            hosts => hosts.join(", "),
        };
        let instead = match what.contains("certificate") {
            true => "give another with --cert FILE",
            false => "give the credential by flag, or say --auth none",
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: format!(
                "refusing to send {what} of the profile `{profile}` to {target}: the profile is bound to {hosts}"
            ),
            evidence: vec![
                format!("the profile is at {place}"),
                "nothing was sent".to_owned(),
            ],
            hint: format!(
                "if that host may have it, add \"{target}\" to its `hosts`; if not, {instead}"
            ),
        })
    }),
    ..Diagnosis::BLANK
};
