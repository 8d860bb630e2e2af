//! `token get`, `token refresh`, `token clear`: a credential without a call.

use tokio::time::Instant;

use crate::authenticate::CallCredential;
use crate::authenticate::cache::clear;
use crate::authenticate::cache::disk::NotOpened;
use crate::authenticate::fetching::Ended;
use crate::authenticate::fetching::Unobtained;
use crate::cli::output::OutputFlags;
use crate::cli::token::clear::Clear;
use crate::cli::token::get::Get;
use crate::cli::token::obtain::ObtainFlags;
use crate::cli::token::refresh::Refresh;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::plan::environment;
use crate::plan::token::obtain;
use crate::plan::token::obtain::ObtainPlan;
use crate::report::Event;
use crate::report::Product;
use crate::report::Reporter;
use crate::report::Stage;
use crate::report::token::Obtained;
use crate::session;
use crate::session::caller::in_time;
use crate::session::token;
use crate::session::watched;
use crate::verdict;
use crate::verdict::Expectation;

/// Runs `token get`.
pub(super) fn get(arguments: &Get) -> ExitStatus {
    let command = "token get";
    token_of(
        command,
        &arguments.obtain,
        &arguments.output,
        async |plan| plan.credential.obtain().await,
    )
}

/// Runs `token refresh`.
pub(super) fn refresh(arguments: &Refresh) -> ExitStatus {
    let command = "token refresh";
    token_of(
        command,
        &arguments.obtain,
        &arguments.output,
        async |plan| plan.credential.obtain_new().await,
    )
}

fn token_of(
    command: &'static str,
    flags: &ObtainFlags,
    output: &OutputFlags,
    obtain: impl AsyncFnOnce(&ObtainPlan) -> Result<CallCredential, Unobtained>,
) -> ExitStatus {
    let reporter = session::reporter(output, flags.credentials.sending.show_secrets);
    let plan = obtain::plan(flags, session::now())
        .and_then(|plan| plan.ok_or_else(obtain::none_specified));
    let plan = match plan {
        Ok(plan) => plan,
        Err(refusal) => return token::refuse(command, refusal, &reporter),
    };
    token::tell(&plan.notices, &reporter);
    reporter.waits_for(Stage::Credential, "the token", None);
    let status = watched::block_on_naming(&reporter, async {
        let obtained = in_time(obtain(&plan), plan.deadline()).await;
        match obtained.unwrap_or_else(|| Err(plan.credential.late())) {
            Ok(credential) => {
                for notice in &credential.notices {
                    reporter.notice(notice);
                }
                let mut evidence = Evidence::of_nothing(session::now());
                evidence.caller_mut().credentials = vec![credential];
                let warnings = verdict::judge(&Expectation::default(), &evidence).warnings;
                let obtained = Obtained {
                    command,
                    credential: &evidence.caller.credentials[0],
                    clock: evidence.clock,
                    warnings: &warnings,
                };
                reporter.emit(&Event::Produced(&Product::Obtained(obtained)));
                ExitStatus::Success
            }
            Err(unobtained) => not_obtained(unobtained, command, &reporter),
        }
    });
    reporter.exit_status(status)
}

fn not_obtained(unobtained: Unobtained, command: &'static str, reporter: &Reporter) -> ExitStatus {
    let mut evidence = Evidence::of_nothing(session::now());
    evidence.caller_mut().unobtained = vec![unobtained];
    let verdict = verdict::judge(&Expectation::default(), &evidence);
    token::fail(command, &verdict, ExitStatus::Credential, reporter)
}

/// Runs `token clear`.
pub(super) fn clear(arguments: &Clear) -> ExitStatus {
    let command = "token clear";
    let flags = &arguments.obtain;
    let reporter = session::reporter(&arguments.output, flags.credentials.sending.show_secrets);
    let plan = match obtain::plan_to_forget(flags, session::now()) {
        Ok(plan) => plan,
        Err(refusal) => return token::refuse(command, refusal, &reporter),
    };
    let Some(plan) = plan else {
        if arguments.log_out {
            let refusal = obtain::none_specified();
            return token::refuse(command, refusal, &reporter);
        }
        return everything(&reporter);
    };
    token::tell(&plan.notices, &reporter);
    reporter.waits_for(Stage::Credential, "the authorization server", None);
    let status = watched::block_on_naming(&reporter, async {
        let deadline = plan.deadline();
        if arguments.log_out
            && let Err(status) = log_out(&plan, deadline, &reporter).await
        {
            return status;
        }
        match in_time(plan.credential.forget(), deadline).await {
            Some(Ok(forgotten)) => {
                let tokens = usize::from(forgotten);
                reporter.emit(&Event::Produced(&Product::Cleared { tokens }));
                ExitStatus::Success
            }
            Some(Err(error)) => refuse_clearing(&error.to_string(), &reporter),
            None => not_obtained(plan.credential.late(), "token clear", &reporter),
        }
    });
    reporter.exit_status(status)
}

/// Makes the kept tokens void where they came from.
async fn log_out(
    plan: &ObtainPlan,
    deadline: Option<Instant>,
    reporter: &Reporter,
) -> Result<(), ExitStatus> {
    let ended = in_time(plan.credential.log_out(), deadline).await;
    match ended.unwrap_or_else(|| Err(plan.credential.late())) {
        Ok(Ended::Void) => Ok(()),
        Ok(Ended::NothingKept) => {
            reporter.notice("no token of this credential is kept, so there is none to make void");
            Ok(())
        }
        Ok(Ended::NoWay) => {
            reporter.notice(
                "the token cannot be revoked where it was issued; it is valid until it expires",
            );
            Ok(())
        }
        Err(unobtained) => Err(not_obtained(unobtained, "token clear", reporter)),
    }
}

fn everything(reporter: &Reporter) -> ExitStatus {
    let cleared = environment::token_directory()
        .map_err(|notice| notice.to_string())
        .and_then(|directory| clear::all(&directory).map_err(not_opened));
    match cleared {
        Ok(cleared) => {
            let tokens = cleared.entries;
            token::give(Product::Cleared { tokens }, ExitStatus::Success, reporter)
        }
        Err(why) => refuse_clearing(&why, reporter),
    }
}

fn not_opened(why: NotOpened) -> String {
    match why {
        NotOpened::Unavailable(notice) => notice.to_string(),
        NotOpened::Refused(refused) => refused.to_string(),
    }
}

fn refuse_clearing(why: &str, reporter: &Reporter) -> ExitStatus {
    let refusal = Refusal::Usage {
        what: format!("the tokens could not be cleared: {why}"),
        hint: "see who owns the cache directory, and what its mode is".to_owned(),
    };
    token::refuse("token clear", refusal, reporter)
}
