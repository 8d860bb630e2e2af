//! `list` and `describe`: the stages in their order. With files that say all, nothing is connected to.

use tokio::time::Instant;

use crate::describe;
use crate::describe::NotDescribed;
use crate::describe::given::Given;
use crate::describe::listing::Contents;
use crate::describe::listing::Listing;
use crate::describe::reflection;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::plan::ListingPlan;
use crate::plan::listing::Connecting;
use crate::report::Reporter;
use crate::report::Stage;
use crate::session;
use crate::session::asking::Asking;
use crate::session::caller;
use crate::session::describing;
use crate::session::follow_up;
use crate::session::reaching;
use crate::session::watched::Watched;
use crate::session::watched::finish;
use crate::verdict::Expectation;

/// All stages after the plan.
pub(crate) fn run(
    (mut evidence, plan): (Evidence, Option<ListingPlan>),
    reporter: &Reporter,
) -> ExitStatus {
    let watched = Watched {
        evidence: &mut evidence,
        expectation: &Expectation::default(),
        reporter,
    };
    watched.block_on(async |evidence, reporter| stages(evidence, plan.as_ref(), reporter).await)
}

async fn stages(
    evidence: &mut Evidence,
    plan: Option<&ListingPlan>,
    reporter: &Reporter,
) -> ExitStatus {
    let started = Instant::now();
    if let Some(plan) = plan {
        let listing = attempt(plan, evidence, reporter, started).await;
        record(plan, listing, evidence, reporter);
        evidence.call.timings.total = started.elapsed();
        if let Some(connecting) = &plan.connecting
            && connecting.probes
        {
            reporter.waits_for(Stage::Probe, "what the server answers to a probe", None);
            follow_up::run(&connecting.channel, evidence).await;
        }
    }
    finish(evidence, &Expectation::default(), reporter)
}

/// The answer; `None` if there was no connection to ask over.
async fn attempt(
    plan: &ListingPlan,
    evidence: &mut Evidence,
    reporter: &Reporter,
    started: Instant,
) -> Option<Result<Listing, NotDescribed>> {
    let given = match plan.descriptors.given() {
        Ok(given) => given,
        Err(failure) => return Some(Err(failure)),
    };
    let Some(connecting) = &plan.connecting else {
        let want_files = plan.descriptors.out.is_some();
        return Some(describe::listing::from_files(
            &given,
            &plan.question,
            want_files,
        ));
    };
    session::begin(&connecting.channel, reporter);
    caller::begin(&connecting.caller, reporter);
    ask(plan, connecting, &given, evidence, reporter, started).await
}

async fn ask(
    plan: &ListingPlan,
    connecting: &Connecting,
    given: &Given,
    evidence: &mut Evidence,
    reporter: &Reporter,
    started: Instant,
) -> Option<Result<Listing, NotDescribed>> {
    let to = (&connecting.channel, &connecting.caller);
    let reached = reaching::reach(to, started, evidence, reporter, async |_, _| ()).await?;
    let want_files = plan.descriptors.out.is_some();
    let mut asking = Asking::new(
        &reached.channel,
        &reached.caller,
        reached.deadline,
        false,
        evidence,
        reporter,
    );
    let listing = asking
        .reflect(async |channel, metadata, by| {
            let by = Some(by);
            reflection::listing(channel, metadata, given, &plan.question, want_files, by).await
        })
        .await;
    reached.channel.hang_up(evidence).await;
    Some(listing)
}

/// Puts the answer into the evidence, and the descriptors where the user wants them.
fn record(
    plan: &ListingPlan,
    listing: Option<Result<Listing, NotDescribed>>,
    evidence: &mut Evidence,
    reporter: &Reporter,
) {
    evidence.call.description = match listing {
        None => return,
        Some(Err(failure)) => Description::Failed(failure),
        Some(Ok(listing)) => {
            if let Contents::NoTemplate { name, kind } = &listing.contents {
                evidence.refusal = Some(no_template(name, kind.words()));
                return;
            }
            if let Some(name) = &listing.resolved_from_suffix {
                reporter.notice(&format!("full name: {name}"));
            }
            describing::write_out(&plan.descriptors, &listing.files, reporter);
            Description::Listed(listing)
        }
    };
}

fn no_template(name: &str, kind: &str) -> Refusal {
    Refusal::Usage {
        what: format!(
            "{name} is neither a message nor a method ({kind}), so there is no request to fill in"
        ),
        hint: "leave --template out, or name a message or a method".to_owned(),
    }
}
