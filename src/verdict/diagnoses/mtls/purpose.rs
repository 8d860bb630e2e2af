//! `mtls.purpose`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::x509::Facts;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.purpose",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("purpose.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let leaf = mtls::our_leaf(connection)?;
    let (what, needed) = misfit(leaf)?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "your client certificate was not issued for clients, and {}",
            mtls::reaction(&refusal)
        ),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(connection, 0, leaf),
            what,
        ],
        hint: format!(
            "have the certificate in {} issued again with {needed}; it may be a server's",
            mtls::our_file(connection)
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
