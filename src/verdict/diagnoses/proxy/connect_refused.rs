use crate::connect::proxy::Refusal;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;
use crate::verdict::diagnoses::proxy::socks;

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
    let (status, reason, origin) = match refusal {
        Refusal::Status { status: 407, .. } => return None,
        Refusal::Status {
            status,
            reason,
            origin,
            ..
        } => (status, reason, origin),
        Refusal::SocksReply { reply } => return by_socks(connection, name, *reply),
        _ => return None,
    };
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
            403 => format!("ask the operator of the proxy to allow CONNECT to {asked}, or name the target in NO_PROXY if it is reached without"),
            500..600 => format!("the proxy could not reach {asked} itself: check host and port, then ask its operator; or name the target in NO_PROXY if it is reached without"),
            _ => "check that --proxy or HTTPS_PROXY names a proxy that tunnels (CONNECT), and not a web server".to_owned(),
        },
    })
}

/// The replies that are about the request, not about the target.
fn by_socks(connection: &ConnectionCase<'_>, name: &str, reply: u8) -> Option<Proof> {
    let asked = proxy::origin(connection);
    let hint = match reply {
        2 => format!("ask the operator of the proxy to allow connections to {asked}, or name the target in NO_PROXY if it is reached without"),
        3..=6 => return None,
        7 => "the proxy does not support CONNECT, which every tunnel needs: check that --proxy or HTTPS_PROXY names the right one".to_owned(),
        8 => "behind socks5h:// the proxy is given a name, behind socks5:// an address: try the other, or an address of the other family with --resolve".to_owned(),
        _ => format!("the log of the proxy says why; many give this reply when they cannot resolve or reach {asked}"),
    };
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!("the proxy {name} opens no tunnel to {asked}"),
        evidence: vec![format!(
            "the proxy answered CONNECT {asked}: {}",
            socks::reply(reply)
        )],
        hint,
    })
}
