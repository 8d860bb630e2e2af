use crate::connect::proxy::Refusal;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "proxy.connect-refused",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("connect_refused.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (name, refusal) = proxy::refusal(connection)?;
    let Refusal::Status {
        status,
        reason,
        origin,
        ..
    } = refusal
    else {
        return None;
    };
    if *status == 407 {
        return None;
    }
    let asked = proxy::origin(connection);
    let mut lines = vec![format!(
        "the proxy answered CONNECT {asked}: {}",
        proxy::answer(*status, reason)
    )];
    lines.extend(origin.iter().map(ToString::to_string));
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!("the proxy {name} opens no tunnel to {asked}: it answered {status}"),
        evidence: lines,
        hint: match status {
            403 => format!("ask whoever runs the proxy to allow CONNECT to {asked}, or name the target in NO_PROXY if it is reached without"),
            500..600 => format!("the proxy could not reach {asked} itself: check host and port, then ask whoever runs it; or name the target in NO_PROXY if it is reached without"),
            _ => "check that --proxy or HTTPS_PROXY names a proxy that tunnels (CONNECT), and not a web server".to_owned(),
        },
    })
}
