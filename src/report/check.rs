//! What `check` gives.

use crate::exit_status::ExitStatus;
use crate::suite::result::SuiteResult;
use crate::suite::source::Complaint;

/// Why a cell is not called that is listed alone.
pub(crate) const LISTED: &str = "listed, not called";

/// Suites that were run, or listed.
#[derive(Debug)]
pub struct Checked<'a> {
    pub(crate) suites: &'a [SuiteResult],
    /// What is wrong with suites: nothing was called.
    pub(crate) complaints: &'a [Complaint],
    /// `--list`
    pub(crate) is_list: bool,
    pub(crate) exit: ExitStatus,
}
