//! `deadline`: the time given to the call was over before it ended.

pub mod exceeded;

use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[&exceeded::ROW];

#[cfg(test)]
mod tests;
