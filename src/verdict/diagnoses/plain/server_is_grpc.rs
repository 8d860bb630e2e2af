//! `plain.server-is-grpc`.

use crate::evidence::Evidence;
use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::plain;
use crate::verdict::reading::opening::Opening;

pub const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-grpc",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "TLS was dialled, and the server speaks HTTP/2 without TLS on this port, as gRPC servers \
        with insecure credentials do. Other clients say `first record does not look like a TLS handshake`, \
        `wrong version number` or `received corrupt message`.",
    established: "The first bytes that came are an HTTP/2 SETTINGS (or GOAWAY) frame, where a TLS server \
        sends a handshake or alert record. If the server hung up without a byte, an HTTP/2 preface in \
        plaintext on the same port was answered with one.",
    mend: &[
        (
            "client",
            "Dial without TLS: `--plaintext` here, `-plaintext` for grpcurl, `insecure.NewCredentials()` in Go, \
             `usePlaintext()` in Java, `grpc.insecure_channel` in Python. `--insecure` is something else: TLS that is not verified.",
        ),
        (
            "grpc-go",
            "`grpc.NewServer(grpc.Creds(credentials.NewTLS(config)))`; without `grpc.Creds` a server speaks plaintext.",
        ),
        (
            "grpc-java",
            "`Grpc.newServerBuilderForPort(port, TlsServerCredentials.create(cert, key))`.",
        ),
        (
            "Envoy, nginx",
            "If TLS ends at a proxy, dial the proxy's port; the backend's own port is plaintext behind it.",
        ),
    ],
    prove,
    needs,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let instead = plain::instead_of_tls(evidence)?;
    if instead.speaks != Opening::Http2 {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks HTTP/2 without TLS: the server is a plaintext gRPC server",
            evidence.connection.asked.port
        ),
        evidence: vec![instead.shown],
        hint: match evidence.connection.asked.target.starts_with("https://") {
            true => "write http:// in place of https:// to call it in plaintext; for TLS, give the server a certificate or dial the port that has one".to_owned(),
            false => "add --plaintext to call it as it is; for TLS, give the server a certificate or dial the port that has one".to_owned(),
        },
    })
}

fn needs(evidence: &Evidence) -> Option<FollowUp> {
    plain::wants_plaintext_hello(evidence).then_some(FollowUp::PlaintextHello)
}
