//! Tokens that are fetched, from the flags to the wire.

mod not_had;
