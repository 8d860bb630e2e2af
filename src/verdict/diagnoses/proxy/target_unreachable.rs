use crate::connect::proxy::Refusal;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;
use crate::verdict::diagnoses::proxy::socks;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "proxy.target-unreachable",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("target_unreachable.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (name, refusal) = proxy::refusal(connection)?;
    let Refusal::SocksReply { reply } = refusal else {
        return None;
    };
    let asked = proxy::origin(connection);
    let (cause, hint) = match reply {
        3 => (
            "has no route to the network of",
            format!(
                "the proxy's machine must have a route to {asked}; behind socks5:// the address was chosen here: socks5h:// has the proxy choose it"
            ),
        ),
        4 => (
            "cannot reach the host of",
            format!(
                "check the host; try {asked} from the proxy's machine; behind socks5:// the address was chosen here: socks5h:// has the proxy resolve the name"
            ),
        ),
        5 => (
            "was refused a connection to",
            format!(
                "check host and port, and whether the server runs: nothing listens at {asked}, as seen from the proxy"
            ),
        ),
        6 => (
            "was too many hops away from",
            format!(
                "the proxy's packets to {asked} expired on the way (TTL): a routing loop, or a TTL that is set too low, on the proxy's network"
            ),
        ),
        _ => return None,
    };
    Some(Proof {
        side: None,
        cause: format!("the proxy {name} {cause} {asked}"),
        evidence: vec![format!(
            "the proxy answered CONNECT {asked}: {}",
            socks::reply(*reply)
        )],
        hint,
    })
}
