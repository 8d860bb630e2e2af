//! `mtls.required`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::client_refusal::ClientRefusal;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.required",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("required.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of(evidence)?;
    if refusal.request.sent || evidence.connection.client_certificate.is_some() {
        return None;
    }
    let issuers = refusal.listed_names();
    Some(Proof {
        side: Some(Side::Client),
        cause: "the server wants a client certificate, and none was sent".to_owned(),
        evidence: vec![
            "the server asked for a client certificate in the handshake".to_owned(),
            refusal.sign.words(),
            refusal.listed(),
        ],
        hint: match issuers.first() {
            Some(issuer) => format!(
                "add --cert FILE --key FILE with a client certificate from {issuer}{}; whoever runs {} issues them",
                if issuers.len() > 1 {
                    " (or another CA it names)"
                } else {
                    ""
                },
                evidence.connection.asked.host
            ),
            None => format!(
                "add --cert FILE --key FILE; whoever runs {} says which CA issues client certificates",
                evidence.connection.asked.host
            ),
        },
    })
}
