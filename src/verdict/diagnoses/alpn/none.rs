//! `alpn.none`.

use crate::connect::Failure;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::opening::shown;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "alpn.none",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("none.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let Failure::Alpn { chosen: None } = connection.handshake.as_ref()?.failure.as_ref()? else {
        return None;
    };
    let tls = connection.tls()?;
    let behind = tls.behind_alpn.as_deref().unwrap_or_default();
    let speaks = Opening::of(behind);
    Some(Proof {
        side: Some(Side::Server),
        cause:
            "the server does not negotiate an application protocol (ALPN), so HTTP/2 is not agreed"
                .to_owned(),
        evidence: vec![
            "offered by ALPN: h2; the server answered with none".to_owned(),
            format!(
                "the handshake itself went well: {}, {}",
                tls.version.unwrap_or("TLS"),
                tls.cipher_suite.as_deref().unwrap_or("unknown suite")
            ),
            match speaks {
                Opening::Silence => "to an HTTP/2 preface it says nothing".to_owned(),
                speaks => format!(
                    "to an HTTP/2 preface it answers in {}: {}",
                    speaks.protocol(),
                    shown(behind)
                ),
            },
        ],
        hint: hint(connection, speaks),
    })
}

fn hint(connection: &ConnectionCase<'_>, speaks: Opening) -> String {
    let host = &connection.asked.host;
    match speaks {
        Opening::Http2 => format!(
            "ask the operator of {host} to offer h2 by ALPN: HTTP/2 is there, and only the word for it is missing (Go: `NextProtos: []string{{\"h2\"}}`)"
        ),
        _ => format!(
            "check that this is the gRPC port; if it is, ask the operator of {host} to offer h2 by ALPN (Go: `NextProtos: []string{{\"h2\"}}`, nginx: `http2 on;`, a load balancer that ends TLS: its HTTP/2 setting)"
        ),
    }
}
