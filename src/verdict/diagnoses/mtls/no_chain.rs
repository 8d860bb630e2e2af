//! `mtls.no-chain`.

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
    id: "mtls.no-chain",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("no_chain.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.refusal_of_ours()?;
    let file = mtls::our_file(connection);
    let mut lines = mtls::facts_of(connection, &refusal);
    let (cause, hint) = match connection.standing()? {
        Standing::Linked {
            issuer,
            link,
            listed,
        } => {
            lines.push(format!(
                "its issuer was seen in {}: {}; it leads to {listed}, which the server names",
                link.place,
                certificates::identity(&link.facts)
            ));
            (
                format!(
                    "your client certificate was sent without the intermediate that issued it, {}",
                    certificates::named(issuer)
                ),
                format!(
                    "append the certificate of {} (seen in {}) to {file}",
                    certificates::named(issuer),
                    link.place
                ),
            )
        }
        Standing::Unlinked { issuer } => {
            let issuer = certificates::named(issuer).to_owned();
            (
                format!(
                    "if {issuer} is an intermediate below a CA that the server names, its certificate was not sent with yours"
                ),
                format!("then append the certificate of {issuer} to {file}"),
            )
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Client),
        cause,
        evidence: lines,
        hint,
    })
}
