//! `token explain`: 0 whatever is found.

use crate::cli::token::explain::Explain;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::examine;
use crate::plan;
use crate::report::Product;
use crate::report::token::Look;
use crate::session;
use crate::session::token;
use crate::session::token::fetching;

/// Runs the command.
pub(super) fn run(arguments: &Explain) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let mut plan = match plan::token::explain(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token explain", refusal, &reporter);
        }
    };
    let keys = match fetching::keys(&mut plan) {
        Ok(keys) => keys,
        Err(failed) => {
            let (verdict, status) = *failed;
            return token::fail("token explain", &verdict, status, &reporter);
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
    token::give(Product::Examined(look), look.exit, &reporter)
}
