//! `list` and `describe`: the stages in their order. With files that say all, nothing is connected to.

use tokio::time::Instant;

use crate::connect;
use crate::describe;
use crate::describe::NotDescribed;
use crate::describe::given::Given;
use crate::describe::listing::Contents;
use crate::describe::listing::Listing;
use crate::evidence::Attempt;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::identity::caller::RetryAuth;
use crate::invoke::Channel;
use crate::plan::ListingPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::plan::listing::Connecting;
use crate::report::Reporter;
use crate::session;
use crate::session::call;
use crate::session::call::retry;
use crate::session::caller;
use crate::session::describing;
use crate::session::follow_up;
use crate::session::outgoing;
use crate::session::outgoing::Outgoing;
use crate::session::watched::Watched;
use crate::session::watched::finish;
use crate::verdict::Expectation;

/// All stages after the plan.
pub fn run(
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
    let deadline = evidence.asked.max_time.map(|time| started + time);
    let connect_by = started
        + evidence
            .connection
            .asked
            .time_to_connect(evidence.asked.max_time);
    let ((connection, handshake), acquired) = futures_util::join!(
        connect::connect(&connecting.channel.endpoint, connect_by),
        caller::acquire(&connecting.caller.credentials, deadline),
    );
    caller::note(acquired, evidence, reporter);
    evidence.connection_mut().handshake = Some(handshake);
    let connection = connection?;
    evidence.call.withheld = caller::withholds(
        connecting.allow_unverified_credentials,
        &connecting.caller,
        evidence,
    );
    let channel = call::channel(&connection, &connecting.user_agent);
    let listing = match evidence.caller.unobtained.is_empty() {
        false => None,
        true => {
            let asking = Instant::now();
            let by = deadline.unwrap_or(asking + FIRST_ANSWER);
            let listing = listing(plan, connecting, given, &channel, by, evidence, reporter).await;
            evidence.call.timings.describe = Some(asking.elapsed());
            Some(listing)
        }
    };
    drop(channel);
    call::hang_up(connection, evidence).await;
    listing
}

/// What the server tells; with another credential if it refuses the first.
async fn listing(
    plan: &ListingPlan,
    connecting: &Connecting,
    given: &Given,
    channel: &Channel,
    by: Instant,
    evidence: &mut Evidence,
    reporter: &Reporter,
) -> Result<Listing, NotDescribed> {
    let caller = &connecting.caller;
    let deadline = evidence.asked.max_time.map(|_| by);
    loop {
        let credentials = outgoing::credentials(evidence);
        let metadata = Outgoing::with_reflection(caller, credentials).note_in(&mut evidence.call);
        let credential_fingerprint = call::fingerprint(evidence, reporter);
        let want_files = plan.descriptors.out.is_some();
        let listing = describe::reflection::listing(
            channel,
            &metadata,
            given,
            &plan.question,
            want_files,
            Some(by),
        )
        .await;
        match listing {
            Err(NotDescribed::Refused { answer, .. })
                if retry::is_of_credential(&answer)
                    && caller.retry != RetryAuth::Never
                    && caller.authenticate_reflection
                    && caller::may_renew(evidence)
                    && caller::renew(caller, deadline, evidence, reporter).await =>
            {
                evidence.call.refused_descriptions.push(Attempt {
                    answer: *answer,
                    credential_fingerprint,
                });
            }
            listing => return listing,
        }
    }
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
                reporter.notice(&format!("the name in full is {name}"));
            }
            describing::write_out(&plan.descriptors, &listing.files, reporter);
            Description::Listed(listing)
        }
    };
}

fn no_template(name: &str, kind: &str) -> Refusal {
    Refusal::Usage {
        what: format!("{name} is no message or method ({kind}), so there is no request to fill in"),
        hint: "leave --template out, or name a message or a method".to_owned(),
    }
}
