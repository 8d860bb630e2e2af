//! `health`: a call of a method that the program knows, whose answer says whether a service is ready to serve.

use crate::cli::health::Health;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::session;
use crate::session::call;
use crate::session::watched::Watched;

/// Runs the command.
pub(crate) fn run(arguments: &Health) -> ExitStatus {
    let reporter = session::reporter(
        &arguments.output,
        arguments.credentials.sending.show_secrets,
    );
    let (mut evidence, plan) = plan::health::plan(arguments, session::now());
    let expectation = plan::health::expectation(arguments);
    let watched = Watched {
        evidence: &mut evidence,
        expectation: &expectation,
        reporter: &reporter,
    };
    watched.block_on(async |evidence, reporter| {
        call::stages(evidence, plan.as_ref(), &expectation, reporter).await
    })
}
