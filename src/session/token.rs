//! `token`: no server is called; tokens are obtained, looked into, signed, verified, forgotten.

mod explain;
mod fetching;
mod mint;
mod obtain;
mod verify;

use crate::cli::output::OutputFlags;
use crate::cli::token::Token;
use crate::cli::token::TokenCommand;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::report::Reporter;
use crate::report::token::print_refusal;
use crate::session;
use crate::verdict;
use crate::verdict::Expectation;

/// Runs the command.
pub fn run(arguments: &Token) -> ExitStatus {
    match &arguments.command {
        TokenCommand::Explain(arguments) => explain::run(arguments),
        TokenCommand::Get(arguments) => obtain::get(arguments),
        TokenCommand::Refresh(arguments) => obtain::refresh(arguments),
        TokenCommand::Clear(arguments) => obtain::clear(arguments),
        TokenCommand::Mint(arguments) => mint::run(arguments),
        TokenCommand::Verify(arguments) => verify::run(arguments),
    }
}

fn is_json(flags: &OutputFlags) -> bool {
    flags.format != "text"
}

/// What the plan refused, judged as every refusal is.
fn refuse(command: &str, refusal: Refusal, flags: &OutputFlags, reporter: &Reporter) -> ExitStatus {
    let mut evidence = Evidence::of_nothing(session::now());
    evidence.refusal = Some(refusal);
    fail(command, &evidence, ExitStatus::Usage, flags, reporter)
}

/// What kept the command from its work.
fn fail(
    command: &str,
    evidence: &Evidence,
    status: ExitStatus,
    flags: &OutputFlags,
    reporter: &Reporter,
) -> ExitStatus {
    let verdict = verdict::judge(&Expectation::default(), evidence);
    let as_json = is_json(flags);
    reporter.with_context(|context| print_refusal(command, &verdict, status, as_json, context));
    reporter.exit_status(status)
}

fn tell(notices: &[String], reporter: &Reporter) {
    for notice in notices {
        reporter.notice(notice);
    }
}
