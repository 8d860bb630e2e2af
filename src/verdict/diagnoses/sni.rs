//! `sni`: the server has nothing for the name in the hello.

pub(super) mod default_certificate;
mod unrecognized;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&unrecognized::ROW, &default_certificate::ROW];
