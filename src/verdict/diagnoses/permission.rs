//! `permission`: the server knows the caller, and says no.

pub mod denied;

use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[&denied::ROW];
