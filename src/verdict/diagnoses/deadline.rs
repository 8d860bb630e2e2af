//! `deadline`: the time given to the call was over before it ended.

pub(super) mod exceeded;

use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[&exceeded::ROW];

#[cfg(test)]
mod tests;
