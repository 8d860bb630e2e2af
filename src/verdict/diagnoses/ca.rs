//! `ca`: a certificate that issued another one may not do so.

mod name_constraint;
mod no_cert_sign;
mod not_a_ca;
mod path_length;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &not_a_ca::ROW,
    &path_length::ROW,
    &name_constraint::ROW,
    &no_cert_sign::ROW,
];

#[cfg(test)]
mod tests;
