//! `net.no-connection`.

use crate::connect::report::ResolveFailure;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::name_not_found::resolver_words;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.no-connection",
    layer: Layer::Network,
    certainty: Certainty::General,
    page: include_str!("no_connection.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let place = net::place(evidence);
    match net::obstacle(evidence)? {
        Obstacle::Other => Some(Proof {
            side: None,
            cause: format!("no connection to {place} could be opened"),
            evidence: net::addresses(evidence),
            hint: match evidence.connection.asked.unix_socket {
                true => "check that the server runs and that its socket exists and is writable for you (`ls -l` on its path)".to_owned(),
                false => "the system's own words above say what this machine lacks: check host and port, and this machine's firewall and limits".to_owned(),
            },
        }),
        Obstacle::Resolve(ResolveFailure::Other) => Some(Proof {
            side: None,
            cause: format!("the name {} could not be looked up", evidence.connection.asked.host),
            evidence: resolver_words(evidence).into_iter().collect(),
            hint: format!(
                "check the name and this machine's resolver with `getent hosts {}`",
                evidence.connection.asked.host
            ),
        }),
        _ => None,
    }
}
