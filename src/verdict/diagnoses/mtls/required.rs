//! `mtls.required`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.required",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("required.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.client_refusal()?;
    if refusal.request.sent || connection.client_certificate.is_some() {
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
                connection.asked.host
            ),
            None => format!(
                "add --cert FILE --key FILE; whoever runs {} says which CA issues client certificates",
                connection.asked.host
            ),
        },
    })
}
