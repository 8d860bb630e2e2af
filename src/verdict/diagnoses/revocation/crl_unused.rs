//! `revocation.crl-unused`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::revocation;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "revocation.crl-unused",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("crl_unused.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let chain = &connection.tls()?.chain;
    if chain.is_empty() {
        return None;
    }
    let unused = connection.trust.as_ref()?.crls.unused(chain);
    let first = unused.first()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the revocation list in {} is for none of the server's certificates",
            first.file.display()
        ),
        evidence: unused.iter().map(revocation::described).collect(),
        hint:
            "give the list of the CA that issued the server's certificate; this one checks nothing"
                .to_owned(),
    })
}
