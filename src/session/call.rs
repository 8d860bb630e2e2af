//! `call`: the stages in their order.

pub mod input;
pub mod messages;
pub mod reaching;
pub mod retry;

use http::HeaderValue;
use tokio::time::Instant;

use crate::authenticate::Prepared;
use crate::cli::call::Call;
use crate::connect::Connection;
use crate::connect::HandshakeReport;
use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::evidence::Attempt;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::evidence::Waited;
use crate::exit_status::ExitStatus;
use crate::identity::caller::RetryAuth;
use crate::invoke;
use crate::invoke::Answer;
use crate::invoke::Channel;
use crate::invoke::Rpc;
use crate::invoke::Trouble;
use crate::plan;
use crate::plan::CallPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::report::Reporter;
use crate::session;
use crate::session::call::input::NotReady;
use crate::session::call::input::RequestMessages;
use crate::session::call::messages::Printer;
use crate::session::caller;
use crate::session::describing;
use crate::session::follow_up;
use crate::session::outgoing;
use crate::session::outgoing::Outgoing;
use crate::session::watched::Watched;
use crate::session::watched::finish;
use crate::verdict::Expectation;

/// Runs the command.
pub fn run(arguments: &Call) -> ExitStatus {
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
pub async fn stages(
    evidence: &mut Evidence,
    plan: Option<&CallPlan>,
    expectation: &Expectation,
    reporter: &Reporter,
) -> ExitStatus {
    let started = Instant::now();
    let Some(plan) = plan else {
        return finish(evidence, expectation, reporter);
    };
    session::begin(&plan.channel, reporter);
    caller::begin(&plan.caller, reporter);
    let calling = Calling {
        plan,
        expectation,
        evidence,
        reporter,
        deadline: None,
    };
    calling.run(started).await;
    evidence.call.timings.total = started.elapsed();
    if plan.probes {
        follow_up::run(&plan.channel, evidence).await;
    }
    finish(evidence, expectation, reporter)
}

/// A call under way. Each stage leaves what it saw in the evidence, and the first that cannot go on is the
/// last.
struct Calling<'a> {
    plan: &'a CallPlan,
    expectation: &'a Expectation,
    evidence: &'a mut Evidence,
    reporter: &'a Reporter,
    /// `--max-time`, from when it began to count.
    deadline: Option<Instant>,
}

impl Calling<'_> {
    async fn run(mut self, started: Instant) {
        let plan = self.plan;
        self.deadline = self.evidence.asked.max_time.map(|time| started + time);

        // A file needs no connection: what is wrong with it is known before the first packet.
        let mut ready = None;
        if let Some(described) = describing::without_asking(&plan.descriptors, &plan.method) {
            ready = self.prepare_request(described).await;
            if ready.is_none() {
                return;
            }
        }

        // Reflection waits for the credential and for the verdict on the server, unless it goes without one.
        let without =
            !plan.caller.authenticate_reflection && !plan.caller.has_credential_among_headers();
        let metadata = (ready.is_none() && without).then(|| {
            let outgoing = Outgoing::with_reflection(&plan.caller, Some(&[]));
            outgoing.note_in(&mut self.evidence.call)
        });
        let asked = (&self.evidence.asked, &self.evidence.connection.asked);
        let (reached, acquired) = futures_util::join!(
            reaching::reach(plan, asked, metadata, self.deadline, started, self.reporter),
            caller::acquire(&plan.caller.credentials, self.deadline),
        );
        caller::note(acquired, self.evidence, self.reporter);
        let described = reached.described;
        self.note_connection(
            reached.handshake,
            reached.waited,
            reached.connection.is_some(),
        );
        let Some(connection) = reached.connection else {
            return;
        };
        if self.evidence.caller.unobtained.is_empty() {
            self.evidence.call.withheld = caller::withholds(
                plan.allow_unverified_credentials,
                &plan.caller,
                self.evidence,
            );
            let channel = channel(&connection, &plan.user_agent);
            if ready.is_none() {
                let described = match described {
                    Some((described, took)) => {
                        self.evidence.call.timings.describe = Some(took);
                        described
                    }
                    None => self.describe(&channel).await,
                };
                ready = self.prepare_request(described).await;
            }
            if let Some((described, request)) = ready {
                self.call(&channel, &described, request).await;
            }
        }
        hang_up(connection, self.evidence).await;
    }

    fn note_connection(
        &mut self,
        handshake: HandshakeReport,
        waited: Option<Waited>,
        stands: bool,
    ) {
        self.evidence.connection_mut().handshake = Some(handshake);
        self.evidence.connection_mut().waited = waited;
        let Some(waited) = waited else {
            return;
        };
        self.deadline = self.deadline.map(|deadline| deadline + waited.time);
        if stands && waited.attempts > 1 {
            self.reporter.notice(&format!(
                "the server was there after {:.1} s, at attempt {}",
                waited.time.as_secs_f64(),
                waited.attempts
            ));
        }
    }

    /// The method as the server describes it.
    async fn describe(&mut self, channel: &Channel) -> Result<Described, NotDescribed> {
        let asking = Instant::now();
        let by = self.deadline.unwrap_or(asking + FIRST_ANSWER);
        loop {
            let credentials = outgoing::credentials(self.evidence);
            let metadata = Outgoing::with_reflection(&self.plan.caller, credentials)
                .note_in(&mut self.evidence.call);
            let credential_fingerprint = fingerprint(self.evidence, self.reporter);
            let described = describing::ask(self.plan, channel, &metadata, by, self.reporter).await;
            self.evidence.call.timings.describe = Some(asking.elapsed());
            match described {
                Err(NotDescribed::Refused { answer, .. })
                    if retry::is_of_credential(&answer)
                        && self.plan.caller.authenticate_reflection
                        && self.renewed().await =>
                {
                    self.evidence.call.refused_descriptions.push(Attempt {
                        answer: *answer,
                        credential_fingerprint,
                    });
                }
                described => return described,
            }
        }
    }

    /// Whether there is another credential to come with, in place of one that was refused.
    async fn renewed(&mut self) -> bool {
        let may = self.plan.caller.retry != RetryAuth::Never
            && caller::may_renew(self.evidence)
            && !self.expectation.names_a_denial();
        may && caller::renew(
            &self.plan.caller,
            self.deadline,
            self.evidence,
            self.reporter,
        )
        .await
    }

    async fn call(
        &mut self,
        channel: &Channel,
        described: &Described,
        mut request: RequestMessages,
    ) {
        let calling = Instant::now();
        if !self
            .plan
            .caller
            .credentials
            .iter()
            .any(Prepared::is_renewable)
        {
            request.forget();
        }
        let by = match self.deadline {
            Some(_) => None,
            None => Some(calling + FIRST_ANSWER),
        };
        loop {
            let Some(answer) = self.ask(channel, described, &mut request, by).await else {
                return;
            };
            self.evidence.call.timings.call = Some(calling.elapsed());
            let again =
                retry::may_follow(&answer, self.plan.caller.retry) && request.is_whole().await;
            let credential_fingerprint = fingerprint(self.evidence, self.reporter);
            self.evidence.call.attempts.push(Attempt {
                answer,
                credential_fingerprint,
            });
            if !again || !self.renewed().await {
                return;
            }
            request = request.again();
        }
    }

    /// Makes the call once. `None`: what was to be sent cannot be.
    async fn ask(
        &mut self,
        channel: &Channel,
        described: &Described,
        request: &mut RequestMessages,
        first_answer_deadline: Option<Instant>,
    ) -> Option<Answer> {
        let plan = self.plan;
        let credentials = outgoing::credentials(self.evidence);
        let check_metadata = Outgoing::with_reflection(&plan.caller, credentials).metadata;
        let outgoing = Outgoing::with_call(&plan.caller, credentials);
        let rpc = Rpc {
            path: format!("/{}", described.full_name_used),
            metadata: outgoing.note_in(&mut self.evidence.call),
            server_streaming: described.method.is_server_streaming(),
            client_streaming: described.method.is_client_streaming(),
            deadline: self.deadline,
            first_answer_deadline,
            compress: plan.compress,
            max_message_size: plan.max_message_size,
        };
        let mut printer = Printer::new(&described.method, plan, self.reporter);
        let answering = invoke::invoke(channel, rpc, &mut *request, &mut printer);
        let check = describing::check(plan, channel, check_metadata, described, self.deadline);
        let (answer, cache) = describing::beside(answering, check).await;
        self.evidence.call.cache = cache;
        let seen = printer.into_seen();
        self.evidence.call.error_in_message = seen.error;
        match answer {
            Ok(answer) => {
                let answer = messages::judge_decoding(answer, seen.undecodable.as_deref());
                self.evidence.call.undecodable = seen.undecodable;
                Some(answer)
            }
            Err(Trouble::Input(bad)) => {
                // What was sent stays sent: the stream was cancelled in the middle.
                self.evidence.call.requests_sent = request.taken();
                self.evidence.call.description = Description::BadRequest(bad);
                None
            }
            Err(trouble) => {
                self.evidence.refusal = Some(unsendable(&trouble));
                None
            }
        }
    }

    /// Records what a method's description came to; `None` if the call cannot be made.
    async fn prepare_request(
        &mut self,
        described: Result<Described, NotDescribed>,
    ) -> Option<(Described, RequestMessages)> {
        let described = match described {
            Ok(described) => described,
            Err(failure) => {
                self.evidence.call.description = Description::Failed(failure);
                return None;
            }
        };
        if described.resolved_from_suffix {
            self.reporter
                .notice(&format!("the method is {}", described.full_name_used));
        }
        self.evidence.asked.method = Some(described.full_name_used.clone());
        self.evidence.call.description = Description::Found {
            source: described.source.to_string(),
        };
        describing::write_out(&self.plan.descriptors, &described.files, self.reporter);
        match input::prepare(self.plan, &described.method, self.deadline).await {
            Ok(request) => return Some((described, request)),
            Err(NotReady::Bad(bad)) => {
                self.evidence.call.description = Description::BadRequest(bad)
            }
            Err(NotReady::Several(count)) => {
                self.evidence.call.description = Description::TooManyRequests { count };
            }
            // Nothing was sent, and no status obtained: the evidence says so as it is.
            Err(NotReady::Late) => {}
        }
        None
    }
}

/// The request itself cannot be put on the wire.
fn unsendable(trouble: &impl std::fmt::Display) -> Refusal {
    Refusal::Usage {
        what: trouble.to_string(),
        hint: "check --authority and the method's name".to_owned(),
    }
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

pub(super) fn fingerprint(evidence: &Evidence, reporter: &Reporter) -> Option<String> {
    let credential = outgoing::credentials(evidence)?.first()?;
    reporter.fingerprint(&credential.secret)
}

/// The connection's last words belong to the record.
pub(super) async fn hang_up(connection: Connection, evidence: &mut Evidence) {
    if let Some(handshake) = &mut evidence.connection_mut().handshake {
        connection.update(handshake);
    }
    connection.close().await;
}
