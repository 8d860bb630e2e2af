//! `input`: what was typed cannot be done. Nothing was sent, but for reading the method's description.

mod request;
mod secret_source;
mod usage;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&secret_source::ROW, &request::ROW, &usage::ROW];

#[cfg(test)]
mod tests;
