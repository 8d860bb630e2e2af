//! `permission`: the server knows the caller, and says no.

mod denied;
mod in_message;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&denied::ROW, &in_message::ROW];
