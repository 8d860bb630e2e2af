//! One binary for all integration tests; its files mirror `src`.

#[path = "../support/raw_http2.rs"]
mod raw_http2;

mod invoke;
