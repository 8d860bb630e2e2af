//! A suite: who may call what, as a file says it; from its text to cells, and from what they came to to a result.
//!
//! Pure: files, variables, the clock and the network are the plan's and the session's. [`source`] reads the text, [`document`]
//! has its keys, [`resolve`] checks names and makes a [`Suite`], [`expand`] makes cells of it and of what a server lists.

pub(crate) mod assertion;
pub(crate) mod document;
pub(crate) mod expand;
pub(crate) mod filter;
pub(crate) mod judging;
pub(crate) mod life;
pub(crate) mod model;
pub(crate) mod objects;
pub(crate) mod pattern;
pub(crate) mod resolve;
pub(crate) mod result;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod shard;
pub(crate) mod source;
pub(crate) mod variables;

pub(crate) use model::Suite;
