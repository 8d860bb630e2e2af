//! `mtls.not-listed`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::mtls;
use crate::verdict::diagnoses::mtls::Standing;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::ClientRefusal;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.not-listed",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_listed.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let issuer = match mtls::standing(evidence, &refusal)? {
        Standing::Unlinked { issuer } => issuer,
        Standing::OtherRoot(root) if !mtls::says_unknown_ca(&refusal) => root,
        _ => return None,
    };
    let issuer = certificates::named(&issuer);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "our client certificate was issued by {issuer}, which is not among the CAs whose certificates the server takes"
        ),
        evidence: mtls::facts_of(evidence, &refusal),
        hint: format!(
            "present a certificate from a CA that the server names, in place of the one in {}; or ask whoever runs {} to take those of {issuer}",
            mtls::our_file(evidence),
            evidence.connection.asked.host
        ),
    })
}
