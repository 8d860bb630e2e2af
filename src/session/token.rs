//! `token`: no server is called; tokens are obtained, looked into, signed, verified, forgotten.

mod explain;
mod fetching;
mod mint;
mod obtain;
mod verify;

use crate::cli::token::Token;
use crate::cli::token::TokenCommand;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Product;
use crate::report::Reporter;
use crate::report::token::Failed;
use crate::session;
use crate::verdict;
use crate::verdict::Expectation;
use crate::verdict::Verdict;

/// Runs the command.
pub(crate) fn run(arguments: &Token) -> ExitStatus {
    match &arguments.command {
        TokenCommand::Explain(arguments) => explain::run(arguments),
        TokenCommand::Get(arguments) => obtain::get(arguments),
        TokenCommand::Refresh(arguments) => obtain::refresh(arguments),
        TokenCommand::Clear(arguments) => obtain::clear(arguments),
        TokenCommand::Mint(arguments) => mint::run(arguments),
        TokenCommand::Verify(arguments) => verify::run(arguments),
    }
}

/// What the plan refused, judged as every refusal is.
pub(super) fn refuse(command: &str, refusal: Refusal, reporter: &Reporter) -> ExitStatus {
    fail(command, &verdict_on(refusal), ExitStatus::Usage, reporter)
}

fn verdict_on(refusal: Refusal) -> Verdict {
    let mut evidence = Evidence::of_nothing(session::now());
    evidence.refusal = Some(refusal);
    verdict::judge(&Expectation::default(), &evidence)
}

/// What kept the command from its work.
fn fail(command: &str, verdict: &Verdict, exit: ExitStatus, reporter: &Reporter) -> ExitStatus {
    let failed = Failed {
        command,
        verdict,
        exit,
    };
    give(Product::Failed(failed), exit, reporter)
}

/// The command's end.
fn give(product: Product<'_>, exit: ExitStatus, reporter: &Reporter) -> ExitStatus {
    reporter.emit(&Event::Produced(&product));
    reporter.exit_status(exit)
}

fn tell(notices: &[String], reporter: &Reporter) {
    for notice in notices {
        reporter.notice(notice);
    }
}
