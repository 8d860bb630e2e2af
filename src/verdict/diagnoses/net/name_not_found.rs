//! `net.name-not-found`.

use crate::connect::Failure;
use crate::connect::report::ResolveFailure;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.name-not-found",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "The host name does not exist, or has no address, as far as this machine's resolver \
        knows.",
    established: "The resolver's own error code (EAI_NONAME or EAI_NODATA). A resolver that could \
        not be asked is `net.name-temporary`.",
    mend: &[
        (
            "client",
            "Check the spelling. `getent hosts NAME` asks the same resolver. A name of a cluster or a VPN \
             resolves only from within it. `--resolve HOST:PORT:ADDR` dials a known address and still verifies the name.",
        ),
        (
            "network",
            "Create the DNS record, or repair the search domain in /etc/resolv.conf.",
        ),
        (
            "Kubernetes",
            "From a pod, `SERVICE.NAMESPACE.svc.cluster.local`; from outside use the ingress's name or \
             `kubectl port-forward`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Resolve(ResolveFailure::NotFound) {
        return None;
    }
    let host = match net::unreached_proxy(evidence) {
        None => evidence.connection.asked.host.as_str(),
        Some(proxy) => proxy_host(proxy),
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("the name {host} has no address here"),
        evidence: resolver_words(evidence).into_iter().collect(),
        hint: format!(
            "check the spelling with `getent hosts {host}`; if it resolves only in another network (VPN, cluster), connect from there"
        ),
    })
}

/// `proxy.test` of `http://proxy.test:3128`.
fn proxy_host(shown: &str) -> &str {
    let place = shown.strip_prefix("http://").unwrap_or(shown);
    place.rsplit_once(':').map_or(place, |(host, _)| host)
}

/// What the resolver said.
pub(super) fn resolver_words(evidence: &Evidence) -> Option<String> {
    match evidence.connection.handshake.as_ref()?.failure.as_ref()? {
        Failure::Resolve { text, .. } => Some(format!("the resolver said: {text}")),
        _ => None,
    }
}
