//! `call`: the stages in their order.

pub mod input;
pub mod messages;
pub mod outgoing;

use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use crate::authenticate::CallCredential;
use crate::authenticate::Prepared;
use crate::cli::call::Call;
use crate::connect;
use crate::connect::Connection;
use crate::connect::HandshakeReport;
use crate::describe;
use crate::describe::Described;
use crate::evidence::Asked;
use crate::evidence::Attempt;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::evidence::Waited;
use crate::exit_status::ExitStatus;
use crate::invoke;
use crate::invoke::Channel;
use crate::invoke::Rpc;
use crate::invoke::Trouble;
use crate::plan;
use crate::plan::CallPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::session;
use crate::session::call::input::NotReady;
use crate::session::call::input::RequestMessages;
use crate::session::call::messages::Printer;
use crate::session::describing;
use crate::session::follow_up;
use crate::session::waiting;
use crate::verdict;
use crate::verdict::Expectation;
use crate::x509::Judged;

/// Runs the command.
pub fn run(arguments: &Call) -> ExitStatus {
    let mut reporter = session::reporter(&arguments.output, arguments.credentials.show_secrets);
    // Planning may wait for standard input or a prompt: signals are still the system's then.
    let planned = plan::call::plan(arguments, session::now());
    let expectation = plan::call::expectation(arguments);
    let status = session::block_on(stages(planned, &expectation, &mut reporter));
    reporter.context.output.exit_status(status)
}

/// All stages after the plan, within a runtime.
pub async fn stages(
    (mut evidence, plan): (Evidence, Option<CallPlan>),
    expectation: &Expectation,
    reporter: &mut Reporter,
) -> ExitStatus {
    let started = Instant::now();
    let Some(plan) = plan else {
        return finish(&evidence, expectation, reporter);
    };
    session::begin(&plan.channel, reporter);
    for notice in &plan.caller.notices {
        reporter.notice(notice);
    }
    attempt(&plan, &mut evidence, reporter, started).await;
    evidence.timings.total = started.elapsed();
    if plan.probes {
        follow_up::run(&plan.channel, &mut evidence, expectation).await;
    }
    finish(&evidence, expectation, reporter)
}

/// Judges and reports.
fn finish(evidence: &Evidence, expectation: &Expectation, reporter: &mut Reporter) -> ExitStatus {
    let verdict = verdict::judge(expectation, evidence);
    reporter.emit(&Event::Finished(&Run {
        evidence,
        expectation,
        verdict: &verdict,
    }));
    verdict.exit
}

/// The stages; each leaves what it saw in the evidence, and the first that cannot go on is the last.
async fn attempt(
    plan: &CallPlan,
    evidence: &mut Evidence,
    reporter: &mut Reporter,
    started: Instant,
) {
    let mut deadline = evidence.asked.max_time.map(|time| started + time);

    // A file needs no connection: what is wrong with it is known before the first packet.
    let mut ready = None;
    if let Some(described) = describing::without_asking(&plan.descriptors, &plan.method) {
        ready = prepare_request(plan, described, deadline, evidence, reporter).await;
        if ready.is_none() {
            return;
        }
    }

    let (connected, (credentials, obtaining)) = futures_util::join!(
        connected(plan, &evidence.asked, deadline, started, reporter),
        obtain(&plan.caller.credentials),
    );
    evidence.timings.credential = (!credentials.is_empty()).then_some(obtaining);
    for credential in &credentials {
        reporter.context.redactor.learn(&credential.secret);
        for notice in &credential.notices {
            reporter.notice(notice);
        }
    }
    evidence.credentials = credentials;
    let (connection, handshake, waited) = connected;
    evidence.handshake = Some(handshake);
    evidence.waited = waited;
    if let Some(waited) = waited {
        deadline = deadline.map(|deadline| deadline + waited.time);
        if connection.is_some() && waited.attempts > 1 {
            reporter.notice(&format!(
                "the server was there after {:.1} s, at attempt {}",
                waited.time.as_secs_f64(),
                waited.attempts
            ));
        }
    }
    let Some(connection) = connection else {
        return;
    };
    evidence.credentials_withheld = withholds(plan.allow_unverified_credentials, evidence);
    let channel = channel(&connection, &plan.user_agent);

    if ready.is_none() {
        let describing = Instant::now();
        let metadata = outgoing::with_reflection(&plan.caller, evidence);
        let by = deadline.unwrap_or(describing + FIRST_ANSWER);
        let described = describing::ask(plan, &channel, &metadata, by, reporter).await;
        evidence.timings.describe = Some(describing.elapsed());
        ready = prepare_request(plan, described, deadline, evidence, reporter).await;
    }
    if let Some((described, mut request)) = ready {
        let calling = Instant::now();
        let check_metadata = outgoing::with_reflection(&plan.caller, evidence);
        let rpc = rpc(plan, evidence, &described, deadline);
        let mut printer = Printer::new(&described.method, plan, reporter);
        let answering = async {
            let answer = invoke::invoke(&channel, rpc, &mut request, &mut printer).await;
            (answer, calling.elapsed())
        };
        let check = describing::check(plan, &channel, check_metadata, &described, deadline);
        let ((answer, took), cache) = describing::beside(answering, check).await;
        evidence.cache = cache;
        evidence.timings.call = Some(took);
        let undecodable = printer.into_undecodable();
        let answer = match answer {
            Ok(answer) => messages::judge_decoding(answer, undecodable.as_deref()),
            Err(Trouble::Input(bad)) => {
                // What was sent stays sent: the stream was cancelled in the middle.
                evidence.requests_sent = request.taken();
                evidence.description = Description::BadRequest(bad);
                return;
            }
            Err(trouble) => {
                evidence.refusal = Some(unsendable(&trouble));
                return;
            }
        };
        evidence.undecodable = undecodable;
        let credential_fingerprint = fingerprint(evidence, reporter);
        evidence.attempts.push(Attempt {
            answer,
            credential_fingerprint,
        });
    }
    drop(channel);
    hang_up(connection, evidence).await;
}

/// The connection, or the end of trying; with `--wait-for`, what waiting took.
async fn connected(
    plan: &CallPlan,
    asked: &Asked,
    deadline: Option<Instant>,
    started: Instant,
    reporter: &mut Reporter,
) -> (Option<Connection>, HandshakeReport, Option<Waited>) {
    let endpoint = &plan.channel.endpoint;
    if let Some(time) = asked.wait_for {
        let awaited = waiting::connect(endpoint, asked, time, reporter).await;
        return (awaited.connection, awaited.handshake, Some(awaited.waited));
    }
    let connect_by = started + asked.connect_timeout;
    let connect_by = deadline.map_or(connect_by, |deadline| deadline.min(connect_by));
    let (connection, handshake) = connect::connect(endpoint, connect_by).await;
    (connection, handshake, None)
}

/// The request itself cannot be put on the wire.
fn unsendable(trouble: &impl std::fmt::Display) -> Refusal {
    Refusal::Usage {
        what: trouble.to_string(),
        hint: "check --authority and the method's name".to_owned(),
    }
}

/// The default bound is on the first message or status alone.
fn first_answer(deadline: Option<Instant>) -> Option<Instant> {
    match deadline {
        Some(_) => None,
        None => Some(Instant::now() + FIRST_ANSWER),
    }
}

/// The credentials, and how long they took.
pub(super) async fn obtain(prepared: &[Prepared]) -> (Vec<CallCredential>, Duration) {
    let started = Instant::now();
    let mut credentials = Vec::with_capacity(prepared.len());
    for prepared in prepared {
        credentials.push(prepared.clone().obtain().await);
    }
    (credentials, started.elapsed())
}

/// A server that `--insecure` let in although it was refused gets no credential, unless a pin says that
/// it is the one meant.
pub(super) fn withholds(allow_unverified: bool, evidence: &Evidence) -> bool {
    let refused = evidence.tls().is_some_and(|tls| {
        let accepted = tls.judged.as_ref().is_none_or(Judged::is_accepted);
        !accepted && tls.pinned != Some(true)
    });
    refused && !evidence.credentials.is_empty() && !evidence.asked.loopback && !allow_unverified
}

pub(super) fn channel(connection: &Connection, user_agent: &HeaderValue) -> Channel {
    Channel {
        send_request: connection.send_request(),
        scheme: connection.scheme(),
        authority: connection.authority().to_owned(),
        user_agent: user_agent.clone(),
        streams: connection.streams(),
    }
}

/// Records what a method's description came to; `None` if the call cannot be made.
async fn prepare_request(
    plan: &CallPlan,
    described: Result<Described, describe::NotDescribed>,
    deadline: Option<Instant>,
    evidence: &mut Evidence,
    reporter: &mut Reporter,
) -> Option<(Described, RequestMessages)> {
    let described = match described {
        Ok(described) => described,
        Err(failure) => {
            evidence.description = Description::Failed(failure);
            return None;
        }
    };
    if described.resolved_from_suffix {
        reporter.notice(&format!("the method is {}", described.full_name_used));
    }
    evidence.asked.method = Some(described.full_name_used.clone());
    evidence.description = Description::Found {
        source: described.source.to_string(),
    };
    describing::write_out(&plan.descriptors, &described.files, reporter);
    match input::prepare(plan, &described.method, deadline).await {
        Ok(request) => return Some((described, request)),
        Err(NotReady::Bad(bad)) => evidence.description = Description::BadRequest(bad),
        Err(NotReady::Several(count)) => {
            evidence.description = Description::TooManyRequests { count };
        }
        // Nothing was sent, and no status obtained: the evidence says so as it is.
        Err(NotReady::Late) => {}
    }
    None
}

fn rpc(
    plan: &CallPlan,
    evidence: &mut Evidence,
    described: &Described,
    deadline: Option<Instant>,
) -> Rpc {
    Rpc {
        path: format!("/{}", described.full_name_used),
        metadata: outgoing::with_call(plan, evidence),
        server_streaming: described.method.is_server_streaming(),
        client_streaming: described.method.is_client_streaming(),
        deadline,
        first_answer_deadline: first_answer(deadline),
        compress: plan.compress,
        max_message_size: plan.max_message_size,
    }
}

fn fingerprint(evidence: &Evidence, reporter: &mut Reporter) -> Option<String> {
    let credential = outgoing::credentials(evidence).first()?;
    reporter.context.redactor.fingerprint(&credential.secret)
}

/// The connection's last words belong to the record.
pub(super) async fn hang_up(connection: Connection, evidence: &mut Evidence) {
    if let Some(handshake) = &mut evidence.handshake {
        connection.update(handshake);
    }
    connection.close().await;
}
