//! `chain`: what is wrong with the certificates sent, as a list.

mod bad_signature;
mod incomplete;
mod leaf_not_first;
mod order;
mod unrelated;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &leaf_not_first::ROW,
    &incomplete::ROW,
    &bad_signature::ROW,
    &order::ROW,
    &unrelated::ROW,
];

#[cfg(test)]
mod tests;
