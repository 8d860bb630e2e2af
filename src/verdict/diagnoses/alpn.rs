//! `alpn`: TLS stands, but HTTP/2 was not agreed, without which there is no gRPC.

mod no_h2;
mod none;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&no_h2::ROW, &none::ROW];

#[cfg(test)]
mod tests;
