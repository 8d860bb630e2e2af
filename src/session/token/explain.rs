//! `token explain`: 0 whatever is found.

use crate::cli::token::explain::Explain;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::examine;
use crate::plan;
use crate::report::token::Look;
use crate::report::token::print_look;
use crate::session;
use crate::session::token;

/// Runs the command.
pub fn run(arguments: &Explain) -> ExitStatus {
    let mut reporter = session::reporter(&arguments.output, false);
    let plan = match plan::token::explain(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token explain", refusal, &arguments.output, &mut reporter);
        }
    };
    reporter.context.redactor.learn(&plan.token);
    token::tell(&plan.notices, &mut reporter);
    let examination = examine(plan.token.expose(), &plan.question());
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
