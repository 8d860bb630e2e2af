//! Machine output, versioned and apart from the inner types: inner renames break no script.

pub(crate) mod v1;

/// The version that documents are written in.
pub(crate) const VERSION: &str = "grpcauth/1";
