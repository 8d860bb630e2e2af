//! `list`: services, or the methods of one.

use crate::cli::list::List;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::session;
use crate::session::listing;

/// Runs the command.
pub(crate) fn run(arguments: &List) -> ExitStatus {
    let reporter = session::reporter(
        &arguments.server.output,
        arguments.server.credentials.sending.show_secrets,
    );
    let planned = plan::listing::list(arguments, session::now());
    listing::run(planned, &reporter)
}
