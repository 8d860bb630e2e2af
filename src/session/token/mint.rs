//! `token mint`: the token alone on standard output.

use crate::cli::token::mint::Mint;
use crate::exit_status::ExitStatus;
use crate::jwt::SigningKey;
use crate::jwt::signing::complete;
use crate::jwt::signing::unsigned;
use crate::plan;
use crate::report::Product;
use crate::report::token::Minted;
use crate::session;
use crate::session::token;

/// Runs the command.
pub(super) fn run(arguments: &Mint) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let plan = match plan::token::mint::mint(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token mint", refusal, &reporter);
        }
    };
    token::tell(&plan.notices, &reporter);
    let (algorithm, id) = match &plan.key {
        Some(key) => (key.algorithm(), key.id()),
        None => ("none", None),
    };
    let minted = Minted {
        token: match &plan.key {
            Some(key) => SigningKey::sign(key, plan.header.clone(), &plan.claims),
            None => unsigned(plan.header.clone(), &plan.claims),
        },
        header: complete(plan.header, algorithm, id),
        claims: plan.claims,
        warnings: plan.notices,
    };
    token::give(Product::Minted(minted), ExitStatus::Success, &reporter)
}
