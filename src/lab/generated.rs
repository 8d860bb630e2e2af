//! What `tests/generated.rs` makes of `lab/proto`; it also rewrites these files.

#[allow(unreachable_pub)]
#[rustfmt::skip]
pub mod auth_v1;
#[allow(unreachable_pub)]
#[rustfmt::skip]
pub mod lab_v1;

/// Every proto file of the lab with its imports and comments, as a serialized FileDescriptorSet.
pub(crate) const DESCRIPTOR_SET: &[u8] = include_bytes!("generated/lab.binpb");
