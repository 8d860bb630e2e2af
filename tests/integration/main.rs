//! One binary for all integration tests; its files mirror `src`.

#![allow(clippy::print_stderr, clippy::unwrap_used)]

#[path = "../support/canary.rs"]
mod canary;
#[path = "../support/forward.rs"]
mod forward;
#[path = "../support/grpc_server.rs"]
mod grpc_server;
#[path = "../support/home.rs"]
mod home;
#[path = "../support/http_server.rs"]
mod http_server;
#[path = "../support/proxy.rs"]
mod proxy_server;
#[path = "../support/raw_http2.rs"]
mod raw_http2;
#[path = "../support/reflection.rs"]
mod reflection;
#[path = "../support/socks.rs"]
mod socks;
#[path = "../support/tls_server.rs"]
mod tls_server;
#[path = "../support/token_server.rs"]
mod token_server;
#[path = "../support/world.rs"]
mod world;

mod answerers;
mod authorization_server;
mod call;
mod channel;
mod check;
mod completions;
mod demo;
mod describe;
mod examples;
mod explain;
mod failures;
mod fuzz;
mod handshake;
mod health;
mod hostile;
mod invoke;
mod jwt;
mod lab;
mod metadata;
mod pins;
mod profiles;
mod proxy;
mod report;
mod revocation;
mod secrets;
mod spiffe;
mod streams;
mod targets;
mod token;
mod tokens;
mod waiting;
