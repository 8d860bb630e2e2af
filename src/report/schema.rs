//! Machine output, versioned and apart from the inner types: inner renames break no script.

pub mod v1;

/// The version that documents are written in.
pub const VERSION: &str = "grpcauth/1";
