//! `http`: something speaks HTTP, but not gRPC.

mod not_grpc;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&not_grpc::ROW];

#[cfg(test)]
mod tests;
