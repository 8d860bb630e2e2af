//! `mtls.rejected`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::verdict::reading::moment::rfc3339;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.rejected",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("rejected.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let mut lines = mtls::facts_of(connection, &refusal);
    if let Some(leaf) = mtls::our_leaf(connection) {
        lines.push(format!(
            "valid from {} to {}; extended key usage: {}",
            rfc3339(leaf.not_before),
            rfc3339(leaf.not_after),
            leaf.extended_key_usage
                .as_ref()
                .map_or_else(|| "any".to_owned(), |usages| usages.join(", "))
        ));
    }
    lines.extend(mtls::unsent_issuer(connection));
    Some(Proof {
        side: None,
        cause: "the server asked for a client certificate, got ours, and turned us away".to_owned(),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} what its log says; on your side, check with `openssl verify -CAfile CA -purpose sslclient {}` that the CA which the server trusts issued it, and append its intermediates",
            connection.asked.host,
            mtls::our_file(connection)
        ),
    })
}
