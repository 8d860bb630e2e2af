//! `plain`: one side speaks TLS and the other does not.

mod not_tls;
mod server_is_grpc;
mod server_is_http1;
mod server_is_ssh;
mod server_wants_tls;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &server_is_grpc::ROW,
    &server_is_http1::ROW,
    &server_is_ssh::ROW,
    &not_tls::ROW,
    &server_wants_tls::ROW,
];

#[cfg(test)]
mod tests;
