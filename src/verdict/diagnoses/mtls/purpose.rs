//! `mtls.purpose`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::mtls;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::x509::Facts;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.purpose",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("purpose.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let leaf = mtls::our_leaf(evidence)?;
    let (what, needed) = misfit(leaf)?;
    Some(Proof {
        side: Some(Side::Client),
        cause: "our client certificate was not issued for clients, and the server refused it"
            .to_owned(),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(evidence, 0, leaf),
            what,
        ],
        hint: format!(
            "have the certificate in {} issued again with {needed}; it may be a server's",
            mtls::our_file(evidence)
        ),
    })
}

fn misfit(leaf: &Facts) -> Option<(String, &'static str)> {
    if let Some(usages) = &leaf.extended_key_usage
        && !usages
            .iter()
            .any(|usage| usage == "clientAuth" || usage == "anyExtendedKeyUsage")
    {
        return Some((
            format!(
                "its extended key usage: {}; needed: clientAuth",
                usages.join(", ")
            ),
            "extendedKeyUsage clientAuth",
        ));
    }
    if !leaf.permits_key_usage("digitalSignature") {
        let usages = leaf.key_usage.as_ref().map(|usages| usages.join(", "));
        return Some((
            format!(
                "its key usage: {}; needed: digitalSignature",
                usages.unwrap_or_default()
            ),
            "keyUsage digitalSignature",
        ));
    }
    None
}
