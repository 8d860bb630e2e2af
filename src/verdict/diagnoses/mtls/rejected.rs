//! `mtls.rejected`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::mtls;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::moment::rfc3339;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.rejected",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("rejected.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let mut lines = mtls::facts_of(evidence, &refusal);
    if let Some(leaf) = mtls::our_leaf(evidence) {
        lines.push(format!(
            "valid from {} to {}; extended key usage: {}",
            rfc3339(leaf.not_before),
            rfc3339(leaf.not_after),
            leaf.extended_key_usage
                .as_ref()
                .map_or_else(|| "any".to_owned(), |usages| usages.join(", "))
        ));
    }
    lines.extend(mtls::unsent_issuer(evidence, &refusal));
    Some(Proof {
        side: None,
        cause: "the server asked for a client certificate, got ours, and turned us away".to_owned(),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} what its log says; on your side, check with `openssl verify -CAfile CA -purpose sslclient {}` that the CA which the server trusts issued it, and append its intermediates",
            evidence.connection.asked.host,
            mtls::our_file(evidence)
        ),
    })
}
