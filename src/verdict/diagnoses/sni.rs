//! `sni`: the server knows no host of the name in the hello.

mod unrecognized;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&unrecognized::ROW];
