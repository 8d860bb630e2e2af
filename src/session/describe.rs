//! `describe`: the source of a symbol, or a request to fill in.

use crate::cli::describe::Describe;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::session;
use crate::session::listing;

/// Runs the command.
pub(crate) fn run(arguments: &Describe) -> ExitStatus {
    let reporter = session::reporter(
        &arguments.server.output,
        arguments.server.credentials.sending.show_secrets,
    );
    let planned = plan::listing::describe(arguments, session::now());
    listing::run(planned, &reporter)
}
