//! `mtls.required`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::client_refusal::ClientRefusal;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.required",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server wants a client certificate (mutual TLS), and none was sent. Other clients see a \
        broken pipe, an end of file, `connection closed before server preface` or a timeout.",
    established: "The server asked for a certificate, none was sent, and it turned us away before it spoke \
        HTTP/2: with certificate_required (TLS 1.3), handshake_failure (TLS 1.2), bad_certificate (Java), by \
        closing without an alert (gRPC in Python, C++ and Ruby), or with HTTP 400 \"No required SSL \
        certificate was sent\" (nginx). A server that asks and goes on without one is not meant, nor one that \
        finished the handshake, as its session ticket shows, and closed only then.",
    mend: &[
        (
            "client",
            "`--cert client.crt --key client.key`, with a certificate from one of the CAs that the server's request names.",
        ),
        (
            "Go, Java, Python (client)",
            "`tls.Config.Certificates`; `TlsChannelCredentials.newBuilder().keyManager(cert, key)`; \
             `grpc.ssl_channel_credentials(root, key, chain)`.",
        ),
        (
            "server",
            "If clients without a certificate are welcome: `tls.VerifyClientCertIfGiven` in Go, `ClientAuth.OPTIONAL` in Java, \
             `ssl_verify_client optional;` in nginx, `require_client_certificate: false` in Envoy.",
        ),
        (
            "cert-manager",
            "Have a client's certificate issued: a Certificate with `spec.usages: [digital signature, client auth]`; \
             its secret has `tls.crt` and `tls.key`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of(evidence)?;
    if refusal.request.sent || evidence.connection.client_certificate.is_some() {
        return None;
    }
    let issuers = refusal.listed_names();
    Some(Proof {
        side: Some(Side::Client),
        cause: "the server wants a client certificate, and none was sent".to_owned(),
        evidence: vec![
            "the server asked for a client certificate in the handshake".to_owned(),
            refusal.sign.words(),
            refusal.listed(),
        ],
        hint: match issuers.first() {
            Some(issuer) => format!(
                "add --cert FILE --key FILE with a client certificate from {issuer}{}; whoever runs {} issues them",
                if issuers.len() > 1 {
                    " (or another CA it names)"
                } else {
                    ""
                },
                evidence.connection.asked.host
            ),
            None => format!(
                "add --cert FILE --key FILE; whoever runs {} says which CA issues client certificates",
                evidence.connection.asked.host
            ),
        },
    })
}
