//! `token explain`: 0 whatever is found.

use crate::cli::token::explain::Explain;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::examine;
use crate::plan;
use crate::report::token::Look;
use crate::report::token::print_look;
use crate::session;
use crate::session::token;
use crate::session::token::fetching;

/// Runs the command.
pub fn run(arguments: &Explain) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let mut plan = match plan::token::explain(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token explain", refusal, &arguments.output, &reporter);
        }
    };
    reporter.learn(&plan.token);
    let keys = match fetching::keys(&mut plan, &reporter) {
        Ok(keys) => keys,
        Err((evidence, status)) => {
            let flags = &arguments.output;
            return token::fail("token explain", &evidence, status, flags, &reporter);
        }
    };
    token::tell(&plan.notices, &reporter);
    let examination = examine(plan.token.expose(), &plan.question(keys.as_ref()));
    let look = Look {
        command: "token explain",
        examination: &examination,
        clock: plan.clock,
        judged: false,
        exit: ExitStatus::Success,
    };
    let as_json = token::is_json(&arguments.output);
    reporter.with_context(|context| print_look(&look, as_json, context));
    reporter.exit_status(look.exit)
}
