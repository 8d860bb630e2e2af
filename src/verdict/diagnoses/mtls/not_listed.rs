//! `mtls.not-listed`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::mtls;
use crate::verdict::reading::certificates;
use crate::verdict::reading::standing::Standing;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.not-listed",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_listed.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let issuer = match connection.standing()? {
        Standing::Unlinked { issuer } => issuer,
        Standing::OtherRoot(root) if !mtls::says_unknown_ca(&refusal) => root,
        _ => return None,
    };
    let issuer = certificates::named(issuer);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "your client certificate was issued by {issuer}, which is not among the CAs that the server listed"
        ),
        evidence: mtls::facts_of(connection, &refusal),
        hint: format!(
            "present a certificate from a CA that the server names, in place of the one in {}; or ask the operator of {} to take those of {issuer}",
            mtls::our_file(connection),
            connection.asked.host
        ),
    })
}
