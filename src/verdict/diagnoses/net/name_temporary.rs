//! `net.name-temporary`.

use crate::connect::report::ResolveFailure;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::name_not_found::resolver_words;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.name-temporary",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("name_temporary.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let host = &connection.asked.host;
    let cause = match net::obstacle(connection)? {
        Obstacle::Resolve(ResolveFailure::Temporary) => {
            format!("the name {host} could not be looked up: DNS gave no answer just now")
        }
        Obstacle::ResolverSilent => {
            format!("the name {host} could not be looked up: the resolver did not answer in time")
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Network),
        cause,
        evidence: resolver_words(connection).into_iter().collect(),
        hint: format!(
            "check that this machine is online and its name servers answer (`getent hosts {host}`), then try again; the operator of the network's DNS can help"
        ),
    })
}
