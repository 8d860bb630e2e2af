use crate::connect::Failure;
use crate::connect::Phase;
use crate::connect::proxy::Refusal;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::proxy;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "proxy.no-tunnel",
    layer: Layer::Network,
    certainty: Certainty::General,
    page: include_str!("no_tunnel.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let handshake = connection.handshake.as_ref()?;
    let name = handshake.proxy.as_ref()?;
    // What listens there answered as a proxy of the other kind does.
    let mut is_other = false;
    let (cause, line) = match handshake.failure.as_ref()? {
        Failure::Proxy(Refusal::NotHttp { start }) => {
            is_other = start.for_judging().starts_with('\u{5}');
            (
                format!("what listens at {name} is not an HTTP proxy"),
                format!("its answer to CONNECT begins: {}", start.quoted(64)),
            )
        }
        Failure::Proxy(Refusal::NotSocks { start }) => {
            is_other = start.for_judging().starts_with("HTTP/");
            (
                format!("what listens at {name} is not a SOCKS5 proxy"),
                format!("its answer begins: {}", start.quoted(64)),
            )
        }
        Failure::Proxy(Refusal::Closed) => (
            format!("the proxy {name} closed the connection without an answer"),
            format!("it was asked for CONNECT {}", proxy::origin(connection)),
        ),
        Failure::Deadline {
            phase: Phase::Proxy,
            after,
        } => (
            format!("the proxy {name} did not answer in time"),
            format!(
                "it was asked for CONNECT {}; given up after {:.1} s",
                proxy::origin(connection),
                after.as_secs_f64()
            ),
        ),
        _ => return None,
    };
    Some(Proof {
        side: None,
        cause,
        evidence: vec![line],
        hint: match (is_other, name.starts_with("http:")) {
            (true, true) => "it answers as a SOCKS5 proxy does: write socks5h:// in place of http://".to_owned(),
            (true, false) => "it answers in HTTP: write http:// in place of the scheme, if it is an HTTP proxy".to_owned(),
            (false, _) => "check host and port in --proxy or HTTPS_PROXY; if they are right, ask the operator of the proxy whether it can reach the target".to_owned(),
        },
    })
}
