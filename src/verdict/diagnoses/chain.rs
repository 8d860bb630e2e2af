//! `chain`: what is wrong with the certificates sent, as a list.

mod bad_signature;
mod incomplete;
mod leaf_not_first;
mod order;
mod unrelated;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[
    &leaf_not_first::ROW,
    &incomplete::ROW,
    &bad_signature::ROW,
    &order::ROW,
    &unrelated::ROW,
];

/// Whether this family proves why there is no path, so that the general word is not needed.
pub(super) fn explains_no_path(connection: &ConnectionCase<'_>) -> bool {
    [&leaf_not_first::ROW, &incomplete::ROW, &bad_signature::ROW]
        .iter()
        .any(|row| row.proof_of(connection).is_some())
}

/// Whether the server's own certificate does not stand first, which makes everything else look wrong.
pub(super) fn leaf_is_elsewhere(connection: &ConnectionCase<'_>) -> bool {
    leaf_not_first::place(connection).is_some()
}

#[cfg(test)]
mod tests;
