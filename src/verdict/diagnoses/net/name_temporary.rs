//! `net.name-temporary`.

use crate::connect::report::ResolveFailure;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::name_not_found::resolver_words;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.name-temporary",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "The resolver could not say whether the name exists: its DNS server did not answer, or \
        answered that it cannot tell now.",
    established: "The resolver's own error code (EAI_AGAIN), or no answer of the resolver by the \
        connect deadline. A name that is known not to exist is `net.name-not-found`.",
    mend: &[
        (
            "client",
            "Is this machine online, and is the VPN up? `--resolve HOST:PORT:ADDR` goes without the resolver.",
        ),
        (
            "network",
            "Look at the name servers in /etc/resolv.conf; `dig NAME @SERVER` asks one of them.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let host = &evidence.connection.asked.host;
    let cause = match net::obstacle(evidence)? {
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
        evidence: resolver_words(evidence).into_iter().collect(),
        hint: format!(
            "check that this machine is online and its name servers answer (`getent hosts {host}`), then try again; whoever runs the network's DNS can help"
        ),
    })
}
