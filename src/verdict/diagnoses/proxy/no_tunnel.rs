use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::proxy::Refusal;
use crate::peer_text::PeerText;
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

/// How much of a page is shown.
const PAGE: usize = 120;

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let handshake = connection.handshake.as_ref()?;
    let name = handshake.proxy.as_ref()?;
    if answered_with_a_page(handshake) {
        return Some(page(connection, name, &handshake.first_bytes));
    }
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

/// Whether what follows the proxy's consent is a web page: no server greets with one.
fn answered_with_a_page(handshake: &HandshakeReport) -> bool {
    let by_http = handshake.proxy.as_ref();
    let by_http = by_http.is_some_and(|name| name.starts_with("http"));
    let start = String::from_utf8_lossy(&handshake.first_bytes).to_ascii_lowercase();
    let start = start.trim_start();
    by_http && (start.starts_with("<html") || start.starts_with("<!doctype"))
}

fn page(connection: &ConnectionCase<'_>, name: &str, first_bytes: &[u8]) -> Proof {
    let asked = proxy::origin(connection);
    Proof {
        side: None,
        cause: format!(
            "the proxy {name} answered CONNECT {asked} with a web page in place of a tunnel"
        ),
        evidence: vec![format!(
            "it accepted CONNECT, and then came: {}",
            PeerText::beginning(first_bytes).quoted(PAGE)
        )],
        hint: format!(
            "nothing reached {asked}: check that --proxy or HTTPS_PROXY names a proxy that tunnels (CONNECT); a proxy with a login page must be logged in to first, or the target named in NO_PROXY if it is reached without"
        ),
    }
}
