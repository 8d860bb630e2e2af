//! `crypto`: a key or a signature is too weak, or of a kind that is not supported here.

mod unsupported_key;
mod weak_key;
mod weak_signature;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] =
    &[&weak_key::ROW, &weak_signature::ROW, &unsupported_key::ROW];

#[cfg(test)]
mod tests;
