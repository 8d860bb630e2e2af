//! `call`: the stages in their order.

pub(crate) mod input;
pub(crate) mod messages;

use bytes::Bytes;
use tokio::time::Instant;

use crate::cli::call::Call;
use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::evidence::Attempt;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::invoke;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Flow;
use crate::invoke::Responses;
use crate::invoke::Rpc;
use crate::invoke::Trouble;
use crate::plan;
use crate::plan::CallPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::plan::request::Content;
use crate::report::Reporter;
use crate::report::Stage;
use crate::report::Step;
use crate::session;
use crate::session::asking::Asking;
use crate::session::asking::Attempted;
use crate::session::call::input::NotReady;
use crate::session::call::input::RequestMessages;
use crate::session::call::messages::Printer;
use crate::session::caller;
use crate::session::channel::OpenChannel;
use crate::session::describing;
use crate::session::follow_up;
use crate::session::outgoing::Outgoing;
use crate::session::reaching;
use crate::session::retry;
use crate::session::watched::Watched;
use crate::session::watched::finish;
use crate::verdict::Expectation;
use crate::verdict::doubt;
use crate::verdict::outcome;

/// Runs the command.
pub(crate) fn run(arguments: &Call) -> ExitStatus {
    let reporter = session::reporter(
        &arguments.server.output,
        arguments.server.credentials.sending.show_secrets,
    );
    // Planning may wait for standard input or a prompt: signals are still the system's then.
    let (mut evidence, plan) = plan::call::plan(arguments, session::now());
    let expectation = plan::call::expectation(arguments);
    let watched = Watched {
        evidence: &mut evidence,
        expectation: &expectation,
        reporter: &reporter,
    };
    watched.block_on(async |evidence, reporter| {
        stages(evidence, plan.as_ref(), &expectation, reporter).await
    })
}

/// All stages after the plan, within a runtime.
pub(crate) async fn stages(
    evidence: &mut Evidence,
    plan: Option<&CallPlan>,
    expectation: &Expectation,
    reporter: &Reporter,
) -> ExitStatus {
    let started = Instant::now();
    if let Some(plan) = plan {
        attempt(plan, expectation, evidence, reporter, started).await;
        evidence.call.timings.total = started.elapsed();
        if plan.probes {
            reporter.waits_for(Stage::Probe, "what the server answers to a probe", None);
            follow_up::run(&plan.channel, evidence).await;
        }
    }
    finish(evidence, expectation, reporter)
}

/// Each stage leaves what it saw in the evidence, and the first that cannot go on is the last.
async fn attempt(
    plan: &CallPlan,
    expectation: &Expectation,
    evidence: &mut Evidence,
    reporter: &Reporter,
    started: Instant,
) {
    session::begin(&plan.channel, reporter);
    caller::begin(&plan.caller, reporter);
    // A file needs no connection: what is wrong with it is known before the first packet.
    let mut ready = None;
    if let Some(described) = describing::without_asking(&plan.descriptors, &plan.method) {
        let deadline = evidence.asked.max_time.map(|time| started + time);
        ready = prepare(plan, described, deadline, evidence, reporter).await;
        if ready.is_none() {
            return;
        }
    }

    // Reflection waits for the credential and for the verdict on the server, unless it goes without one.
    let without =
        !plan.caller.authenticate_reflection && !plan.caller.has_credential_among_headers();
    let metadata = (ready.is_none() && without).then(|| {
        let outgoing = Outgoing::with_reflection(&plan.caller, Some(&[]));
        outgoing.note_in(&mut evidence.call)
    });
    let first = async |channel: &OpenChannel, deadline: Option<Instant>| {
        let metadata = metadata?;
        let asking = Instant::now();
        let by = deadline.unwrap_or(asking + FIRST_ANSWER);
        reporter.waits_for(
            Stage::Description,
            "reflection",
            Some(by.saturating_duration_since(asking)),
        );
        let described = describing::ask(plan, &channel.rpcs, &metadata, by, reporter).await;
        Some((described, asking.elapsed()))
    };
    let to = (&plan.channel, &plan.caller);
    let Some(reached) = reaching::reach(to, started, evidence, reporter, first).await else {
        return;
    };
    let mut asking = Asking::new(
        &reached.channel,
        &reached.caller,
        reached.deadline,
        expectation.names_a_denial(),
        evidence,
        reporter,
    );
    if ready.is_none() {
        let described = match reached.first {
            Some((described, took)) => {
                asking.evidence.call.timings.describe = Some(took);
                described
            }
            None => {
                asking
                    .reflect(async |channel, metadata, by| {
                        describing::ask(plan, channel, metadata, by, reporter).await
                    })
                    .await
            }
        };
        ready = prepare(plan, described, reached.deadline, asking.evidence, reporter).await;
    }
    if let Some((described, request)) = ready {
        call(&mut asking, plan, &described, request).await;
        if doubt::needs_control(expectation, &outcome::of(asking.evidence)) {
            control(&mut asking, plan, &described).await;
        }
    }
    reached.channel.hang_up(evidence).await;
}

/// Records the outcome of describing the method, and gets the request ready; `None` if the call cannot be made.
async fn prepare(
    plan: &CallPlan,
    described: Result<Described, NotDescribed>,
    deadline: Option<Instant>,
    evidence: &mut Evidence,
    reporter: &Reporter,
) -> Option<(Described, RequestMessages)> {
    let described = match described {
        Ok(described) => described,
        Err(failure) => {
            evidence.call.description = Description::Failed(failure);
            return None;
        }
    };
    if described.resolved_from_suffix {
        reporter.notice(&format!("the method is {}", described.full_name_used));
    }
    evidence.asked.method = Some(described.full_name_used.clone());
    evidence.call.description = Description::Found {
        source: described.source.to_string(),
        notes: described.notes.clone(),
    };
    session::reached(Step::Described, evidence, reporter);
    describing::write_out(&plan.descriptors, &described.files, reporter);
    match input::prepare(plan, &described.method, deadline).await {
        Ok(request) => return Some((described, request)),
        Err(NotReady::Bad(bad)) => evidence.call.description = Description::BadRequest(bad),
        Err(NotReady::Several(count)) => {
            evidence.call.description = Description::TooManyRequests { count };
        }
        // Nothing was sent, and no status obtained: the evidence says so as it is.
        Err(NotReady::Late) => {}
    }
    None
}

/// Makes the call, and once more with another credential if the first was refused and it may be.
pub async fn call(
    asking: &mut Asking<'_>,
    plan: &CallPlan,
    described: &Described,
    mut request: RequestMessages,
) {
    let calling = Instant::now();
    if !asking.caller.is_renewable() {
        request.forget();
    }
    let by = match asking.deadline {
        Some(_) => None,
        None => Some(calling + FIRST_ANSWER),
    };
    asking
        .persist(async |asking, before: Option<()>| {
            if before.is_some() {
                request.repeat();
            }
            let Some(answer) = ask(asking, plan, described, &mut request, by).await else {
                return Attempted::Final(());
            };
            asking.evidence.call.timings.call = Some(calling.elapsed());
            let retry = asking.caller.plan.retry;
            let again = retry::may_follow(&answer, retry) && request.is_whole().await;
            let credential_fingerprint = asking.fingerprint();
            asking.evidence.call.attempts.push(Attempt {
                answer,
                credential_fingerprint,
            });
            match again {
                true => Attempted::Refused(()),
                false => Attempted::Final(()),
            }
        })
        .await;
}

/// Makes the call once more without a credential: `--expect allowed` is judged by it. What comes from elsewhere comes once,
/// and a caller without a credential has made that call already.
async fn control(asking: &mut Asking<'_>, plan: &CallPlan, described: &Described) {
    let sends = asking.credentials().is_some_and(|sent| !sent.is_empty());
    let is_whole = matches!(plan.request.content, Content::Texts(_));
    if !sends || !is_whole {
        return;
    }
    let Ok(request) = input::prepare(plan, &described.method, asking.deadline).await else {
        return;
    };
    let by = match asking.deadline {
        Some(_) => None,
        None => Some(Instant::now() + FIRST_ANSWER),
    };
    let rpc = Rpc {
        path: format!("/{}", described.full_name_used),
        metadata: Outgoing::with_call(asking.caller.plan, None).metadata,
        server_streaming: described.method.is_server_streaming(),
        client_streaming: described.method.is_client_streaming(),
        deadline: asking.deadline,
        first_answer_deadline: by,
        compress: plan.compress,
        max_message_size: plan.max_message_size,
    };
    let answer = invoke::invoke(&asking.channel.rpcs, rpc, request, &mut Unread).await;
    if let Ok(answer) = answer {
        if let Ended::Status { status, .. } = &answer.outcome {
            asking.reporter.notice(&format!(
                "the same request without a credential, to judge the answer by: {}",
                status.code
            ));
        }
        asking.evidence.call.control = Some(answer);
    }
}

/// A first message says enough.
struct Unread;

impl Responses for Unread {
    fn message(&mut self, _: Bytes) -> Flow {
        Flow::Stop
    }
}

/// Makes the call once. `None`: what was to be sent cannot be.
async fn ask(
    asking: &mut Asking<'_>,
    plan: &CallPlan,
    described: &Described,
    request: &mut RequestMessages,
    first_answer_deadline: Option<Instant>,
) -> Option<Answer> {
    let caller = asking.caller.plan;
    let credentials = asking.credentials();
    let outgoing = Outgoing::with_call(caller, credentials);
    let check_with = Outgoing::with_reflection(caller, credentials);
    let rpc = Rpc {
        path: format!("/{}", described.full_name_used),
        metadata: outgoing.note_in(&mut asking.evidence.call),
        server_streaming: described.method.is_server_streaming(),
        client_streaming: described.method.is_client_streaming(),
        deadline: asking.deadline,
        first_answer_deadline,
        compress: plan.compress,
        max_message_size: plan.max_message_size,
    };
    let aim = asking.evidence.asked.aim;
    session::reached(Step::Requested, asking.evidence, asking.reporter);
    let limit = asking.deadline.or(first_answer_deadline);
    let limit = limit.map(|by| by.saturating_duration_since(Instant::now()));
    let method = &described.full_name_used;
    asking.reporter.waits_for(Stage::Call, method, limit);
    let mut printer = Printer::new(aim, &described.method, plan, asking.reporter);
    let channel = &asking.channel.rpcs;
    let answering = invoke::invoke(channel, rpc, &mut *request, &mut printer);
    let check = describing::check(
        plan,
        channel,
        check_with.metadata,
        described,
        asking.deadline,
    );
    let (answer, cache) = describing::beside(answering, check).await;
    let evidence = &mut *asking.evidence;
    evidence.call.cache = cache;
    let seen = printer.into_seen();
    evidence.call.error_in_message = seen.error;
    evidence.call.serving = seen.serving;
    match answer {
        Ok(answer) => {
            let answer = messages::judge_decoding(answer, seen.undecodable.as_deref());
            evidence.call.undecodable = seen.undecodable;
            Some(answer)
        }
        Err(Trouble::Input(bad)) => {
            // What was sent stays sent: the stream was cancelled in the middle.
            evidence.call.requests_sent = request.taken();
            evidence.call.description = Description::BadRequest(bad);
            None
        }
        Err(trouble) => {
            evidence.refusal = Some(unsendable(&trouble));
            None
        }
    }
}

/// The request itself cannot be put on the wire.
fn unsendable(trouble: &impl std::fmt::Display) -> Refusal {
    Refusal::Usage {
        what: trouble.to_string(),
        hint: "check --authority and the method's name".to_owned(),
    }
}
