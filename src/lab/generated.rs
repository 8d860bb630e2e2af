//! What `tests/generated.rs` makes of `lab/proto`; it also rewrites these files.

#[rustfmt::skip]
pub mod auth_v1;
#[rustfmt::skip]
pub mod lab_v1;

/// Every proto file of the lab with its imports and comments, as a serialized FileDescriptorSet.
pub const DESCRIPTOR_SET: &[u8] = include_bytes!("generated/lab.binpb");
