//! `net.name-not-found`.

use crate::connect::Failure;
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

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.name-not-found",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("name_not_found.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Resolve(ResolveFailure::NotFound) {
        return None;
    }
    let host = match net::unreached_proxy(connection) {
        None => connection.asked.host.as_str(),
        Some(proxy) => proxy_host(proxy),
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("the name {host} has no address here"),
        evidence: resolver_words(connection).into_iter().collect(),
        hint: format!(
            "check the spelling with `getent hosts {host}`; if it resolves only in another network (VPN, cluster), connect from there"
        ),
    })
}

/// `proxy.test` of `http://proxy.test:3128`.
fn proxy_host(shown: &str) -> &str {
    let place = shown.split_once("://").map_or(shown, |(_, place)| place);
    place.rsplit_once(':').map_or(place, |(host, _)| host)
}

/// What the resolver said.
pub(super) fn resolver_words(connection: &ConnectionCase<'_>) -> Option<String> {
    match connection.handshake.as_ref()?.failure.as_ref()? {
        Failure::Resolve { text, .. } => Some(format!("the resolver said: {text}")),
        _ => None,
    }
}
