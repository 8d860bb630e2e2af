//! `pin`: the server is not the one whose key or certificate was given.

mod mismatch;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&mismatch::ROW];

#[cfg(test)]
mod tests;
