//! `token verify`: 0 if signature and claims hold, else 1.

use crate::cli::token::verify::Verify;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::examine;
use crate::plan;
use crate::report::Product;
use crate::report::token::Look;
use crate::session;
use crate::session::token;
use crate::session::token::fetching;

/// Runs the command.
pub(super) fn run(arguments: &Verify) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let mut plan = match plan::token::verify(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token verify", refusal, &reporter);
        }
    };
    let keys = match fetching::keys(&mut plan) {
        Ok(keys) => keys,
        Err(failed) => {
            let (verdict, status) = *failed;
            return token::fail("token verify", &verdict, status, &reporter);
        }
    };
    token::tell(&plan.notices, &reporter);
    let examination = examine(plan.token.expose(), &plan.question(keys.as_ref()));
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
    token::give(Product::Examined(look), look.exit, &reporter)
}
