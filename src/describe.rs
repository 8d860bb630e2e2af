//! Where descriptors come from: a server's reflection, or files.
//!
//! Both ways end alike. The files are scanned for their names ([`outline`]), checked and put in order
//! ([`closure`]), and only what the method's messages reach is linked (`selection`, `link`). Whatever
//! a server or a file says is taken for hostile: it is bounded, and a fault is a typed error.

pub mod cache;
pub mod closure;
pub mod described;
pub mod descriptor_set;
pub mod flaw;
pub mod given;
pub mod listing;
pub mod method;
pub mod names;
pub mod outline;
pub mod proto_files;
pub mod protoset;
pub mod reflection;
pub mod symbol;

mod census;
mod declarations;
mod link;
#[cfg(test)]
mod samples;
mod selection;
mod short_name;
mod source_text;
mod template;
mod well_known;
mod wire;

pub use described::Described;
pub use described::NotDescribed;
pub use described::Source;
