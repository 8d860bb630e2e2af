//! `token verify`: 0 if signature and claims hold, else 1.

use crate::cli::token::verify::Verify;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::examine;
use crate::plan;
use crate::report::token::Look;
use crate::report::token::print_look;
use crate::session;
use crate::session::token;

/// Runs the command.
pub fn run(arguments: &Verify) -> ExitStatus {
    let mut reporter = session::reporter(&arguments.output, false);
    let plan = match plan::token::verify(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token verify", refusal, &arguments.output, &mut reporter);
        }
    };
    reporter.context.redactor.learn(&plan.token);
    token::tell(&plan.notices, &mut reporter);
    let examination = examine(plan.token.expose(), &plan.question());
    let look = Look {
        command: "token verify",
        examination: &examination,
        clock: plan.clock,
        judged: true,
        exit: if examination.is_accepted() {
            ExitStatus::Success
        } else {
            ExitStatus::NotAsExpected
        },
    };
    print_look(
        &look,
        token::is_json(&arguments.output),
        &mut reporter.context,
    );
    reporter.context.output.exit_status(look.exit)
}
