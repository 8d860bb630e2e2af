//! `pin`: the server is not the one whose key or certificate was given.

mod mismatch;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[&mismatch::ROW];

/// Whether no pin fits.
pub(super) fn is_mismatch(connection: &ConnectionCase<'_>) -> bool {
    connection
        .tls()
        .is_some_and(|tls| tls.pinned == Some(false))
}

#[cfg(test)]
mod tests;
