//! What asynchronous work runs on: this thread.

use std::io;
use std::os::unix::net::UnixStream;

use tokio::runtime::Builder;
use tokio::runtime::Runtime;

/// A runtime for this thread.
///
/// # Errors
/// When the system has no file descriptors for it.
pub(crate) fn current_thread() -> io::Result<Runtime> {
    // Where tokio gets none for its signals, it panics: three for those, two for the rest, and one to spare.
    let spare: io::Result<Vec<_>> = (0..3).map(|_| UnixStream::pair()).collect();
    drop(spare?);
    Builder::new_current_thread().enable_all().build()
}
