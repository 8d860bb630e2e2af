//! `cert`: a certificate is not fit for what it is used for.

mod key_usage;
mod leaf_is_ca;
mod purpose;
mod refused;
mod unknown_critical_extension;
mod unreadable;
mod version_1;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &unreadable::ROW,
    &leaf_is_ca::ROW,
    &purpose::ROW,
    &unknown_critical_extension::ROW,
    &version_1::ROW,
    &refused::ROW,
    &key_usage::ROW,
];

#[cfg(test)]
mod tests;
