//! Where descriptors come from: a server's reflection, or files.
//!
//! Both ways end alike. The files are scanned for their names ([`outline`]), checked and put in order
//! ([`closure`]), and only what the method's messages reach is linked (`selection`, `link`). Whatever
//! a server or a file says is taken for hostile: it is bounded, and a fault is a typed error.

pub mod cache;
pub(crate) mod closure;
pub(crate) mod described;
pub(crate) mod descriptor_set;
pub(crate) mod flaw;
pub(crate) mod given;
pub(crate) mod health;
pub mod listing;
pub(crate) mod method;
pub(crate) mod names;
pub(crate) mod outline;
pub(crate) mod proto_files;
pub(crate) mod protoset;
pub mod reflection;
pub(crate) mod symbol;

mod census;
mod clashes;
mod declarations;
mod editions;
mod link;
#[cfg(test)]
mod samples;
mod selection;
mod short_name;
mod source_text;
mod template;
mod undeclared;
mod well_known;
mod wire;

pub use described::Described;
pub(crate) use described::NotDescribed;
pub(crate) use described::Source;
