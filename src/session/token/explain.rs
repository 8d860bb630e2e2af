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
    let mut reporter = session::reporter(&arguments.output, false);
    let mut plan = match plan::token::explain(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token explain", refusal, &arguments.output, &mut reporter);
        }
    };
    reporter.context.redactor.learn(&plan.token);
    let keys = match fetching::keys(&mut plan, &mut reporter) {
        Ok(keys) => keys,
        Err((evidence, status)) => {
            let flags = &arguments.output;
            return token::fail("token explain", &evidence, status, flags, &mut reporter);
        }
    };
    token::tell(&plan.notices, &mut reporter);
    let examination = examine(plan.token.expose(), &plan.question(keys.as_ref()));
    let look = Look {
        command: "token explain",
        examination: &examination,
        clock: plan.clock,
        judged: false,
        exit: ExitStatus::Success,
    };
    print_look(
        &look,
        token::is_json(&arguments.output),
        &mut reporter.context,
    );
    reporter.context.output.exit_status(look.exit)
}
