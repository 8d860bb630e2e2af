//! `reflection`: the method's descriptor could not be obtained, so the method was not called.

mod absent;
mod ambiguous;
mod broken;
mod denied;
mod stale_cache;
mod unknown_symbol;
mod unsupported;

use crate::describe::NotDescribed;
use crate::evidence::Description;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &absent::ROW,
    &broken::ROW,
    &unsupported::ROW,
    &unknown_symbol::ROW,
    &ambiguous::ROW,
    &stale_cache::ROW,
];

/// Stands behind the credentials: what is wrong with one must be fixed before the door it was shown at.
pub(super) const GUARDED: &[&Diagnosis] = &[&denied::ROW];

/// Why the method is not described.
fn failure<'a>(case: &'a Case<'_>) -> Option<&'a NotDescribed> {
    match &case.call.description {
        Description::Failed(failure) => Some(failure),
        _ => None,
    }
}

/// How to do without reflection.
const WITHOUT: &str = "give descriptors from a file: --protoset api.protoset (made with protoc --include_imports --descriptor_set_out=api.protoset FILE.proto, or buf build -o api.protoset)";

#[cfg(test)]
mod tests;
