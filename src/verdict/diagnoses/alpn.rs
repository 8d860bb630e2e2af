//! `alpn`: TLS stands, but HTTP/2 was not agreed, without which there is no gRPC.

mod no_h2;
mod none;

use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[&no_h2::ROW, &none::ROW];

/// Offering `h2`, by stack.
const OFFER_H2: &[(&str, &str)] = &[
    (
        "grpc-go",
        "`grpc.Creds(credentials.NewTLS(config))` offers h2 by itself; with a `tls.NewListener` of your own set `NextProtos: []string{\"h2\"}`.",
    ),
    (
        "Java",
        "Let grpc-java make the context (`GrpcSslContexts`, `TlsServerCredentials`): it configures ALPN.",
    ),
    (
        "nginx",
        "`listen 443 ssl; http2 on;` (`listen 443 ssl http2;` before 1.25), and `grpc_pass`.",
    ),
    (
        "Envoy",
        "`common_tls_context: {alpn_protocols: [h2]}` on the listener.",
    ),
    (
        "load balancers",
        "A TCP or TLS balancer that ends TLS must be told of ALPN (AWS NLB: `HTTP2Only`; HAProxy: `bind … ssl alpn h2`; \
         GCP: protocol HTTP/2). For an ALB choose protocol version gRPC.",
    ),
    ("client", "Is this the gRPC port, or the web server's?"),
];

#[cfg(test)]
mod tests;
