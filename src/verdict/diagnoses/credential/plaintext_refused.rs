//! `credential.plaintext-refused`.

use crate::authenticate::call_credentials;
use crate::evidence::Refusal;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.plaintext-refused",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("plaintext_refused.md"),
    prove: Prove::Run(|case| {
        let Refusal::PlaintextCredential { kind, source } = case.refusal.as_ref()? else {
            return None;
        };
        let what = call_credentials::of(kind).exposed;
        Some(Proof {
            side: Some(Side::Client),
            cause: format!("refusing to send {what} to {} over plaintext", case.connection.asked.target),
            evidence: vec![
                format!("{what} from {source} would be readable on the wire"),
                "nothing was sent".to_owned(),
            ],
            hint: "use TLS (leave out --plaintext, name the CA with --cacert FILE), a unix: socket, or --allow-plaintext-credentials if it may be seen".to_owned(),
        })
    }),
    ..Diagnosis::BLANK
};
