//! `net.no-connection`.

use crate::connect::report::ResolveFailure;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::name_not_found::resolver_words;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.no-connection",
    layer: Layer::Network,
    certainty: Certainty::General,
    page: include_str!("no_connection.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let place = net::place(connection);
    match net::obstacle(connection)? {
        Obstacle::Other => Some(Proof {
            side: None,
            cause: format!("no connection to {place} could be opened"),
            evidence: net::addresses(connection),
            hint: match connection.asked.unix_socket {
                true => "check that the server runs and that its socket exists and is writable for you (`ls -l` on its path)".to_owned(),
                false => "the system's own words above say what this machine lacks: check host and port, and this machine's firewall and limits".to_owned(),
            },
        }),
        Obstacle::Resolve(ResolveFailure::Other) => Some(Proof {
            side: None,
            cause: format!("the name {} could not be looked up", connection.asked.host),
            evidence: resolver_words(connection).into_iter().collect(),
            hint: format!(
                "check the name and this machine's resolver with `getent hosts {}`",
                connection.asked.host
            ),
        }),
        _ => None,
    }
}
