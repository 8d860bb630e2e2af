//! `token mint`: the token alone on standard output.

use crate::cli::token::mint::Mint;
use crate::exit_status::ExitStatus;
use crate::jwt::SigningKey;
use crate::jwt::signing::complete;
use crate::jwt::signing::unsigned;
use crate::plan;
use crate::report::schema::VERSION;
use crate::report::schema::v1::TokenMintDocument;
use crate::report::token::print_minted;
use crate::session;
use crate::session::token;

/// Runs the command.
pub fn run(arguments: &Mint) -> ExitStatus {
    let reporter = session::reporter(&arguments.output, false);
    let plan = match plan::token::mint::mint(arguments, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => {
            return token::refuse("token mint", refusal, &arguments.output, &reporter);
        }
    };
    if let Some(secret) = &plan.secret {
        reporter.learn(secret);
    }
    token::tell(&plan.notices, &reporter);
    let (algorithm, id) = match &plan.key {
        Some(key) => (key.algorithm(), key.id()),
        None => ("none", None),
    };
    let minted = TokenMintDocument {
        schema: VERSION.to_owned(),
        command: "token mint".to_owned(),
        token: match &plan.key {
            Some(key) => SigningKey::sign(key, plan.header.clone(), &plan.claims),
            None => unsigned(plan.header.clone(), &plan.claims),
        },
        header: complete(plan.header.clone(), algorithm, id).into(),
        claims: plan.claims.clone().into(),
        warnings: plan.notices.clone(),
        exit_code: ExitStatus::Success.code(),
    };
    let as_json = token::is_json(&arguments.output);
    reporter.with_context(|context| print_minted(&minted, as_json, &mut context.output));
    reporter.exit_status(ExitStatus::Success)
}
