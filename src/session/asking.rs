//! What is asked of a server in the course of one call: reflection, and the call itself.

use std::mem;
use std::sync::Arc;

use tokio::time::Instant;

use crate::authenticate::CallCredential;
use crate::describe::NotDescribed;
use crate::evidence::Attempt;
use crate::evidence::Evidence;
use crate::identity::caller::RetryAuth;
use crate::invoke::Channel;
use crate::metadata::Metadata;
use crate::plan::call::FIRST_ANSWER;
use crate::report::Reporter;
use crate::report::Stage;
use crate::report::Step;
use crate::session;
use crate::session::caller::Caller;
use crate::session::caller::Generation;
use crate::session::channel::OpenChannel;
use crate::session::outgoing::Outgoing;
use crate::session::retry;

/// One call's asking, as one caller over one channel. What is seen goes into the call's evidence at once, which
/// outlives a signal.
pub struct Asking<'a> {
    pub channel: &'a OpenChannel,
    pub caller: &'a Caller<'a>,
    pub evidence: &'a mut Evidence,
    pub reporter: &'a Reporter,
    /// Ends everything: `--max-time`.
    pub deadline: Option<Instant>,
    /// The credentials that it goes out with.
    credentials: Arc<Generation>,
    /// Whether others may be asked for if these are refused: once in a call, and never where a refusal is expected.
    may_renew: bool,
}

/// The outcome of an attempt.
pub enum Attempted<T> {
    /// No further one will do better.
    Final(T),
    /// The credentials were refused; with others it may be made once more.
    Refused(T),
}

impl<'a> Asking<'a> {
    pub fn new(
        channel: &'a OpenChannel,
        caller: &'a Caller<'a>,
        deadline: Option<Instant>,
        expects_denial: bool,
        evidence: &'a mut Evidence,
        reporter: &'a Reporter,
    ) -> Self {
        let credentials = caller.current();
        channel.note_in(evidence);
        evidence.caller = Arc::clone(&credentials.evidence);
        let withheld = channel.is_unverified && caller.withholds();
        evidence.call.withheld = withheld;
        Self {
            channel,
            caller,
            evidence,
            reporter,
            deadline,
            credentials,
            may_renew: caller.plan.retry != RetryAuth::Never && !expects_denial && !withheld,
        }
    }

    /// The credentials that may go out; `None`: they are withheld.
    pub fn credentials(&self) -> Option<&[CallCredential]> {
        (!self.evidence.call.withheld).then_some(&self.credentials.evidence.credentials)
    }

    /// Of the credential that goes out.
    pub fn fingerprint(&self) -> Option<String> {
        let credential = self.credentials()?.first()?;
        self.reporter.fingerprint(&credential.secret)
    }

    /// Makes an attempt, and another with other credentials if the first were refused and others can be obtained.
    /// `attempt` is given the outcome of the one before.
    pub async fn persist<T>(
        &mut self,
        mut attempt: impl AsyncFnMut(&mut Self, Option<T>) -> Attempted<T>,
    ) -> T {
        let mut before = None;
        loop {
            let attempted = attempt(self, before).await;
            self.channel.note_in(self.evidence);
            match attempted {
                Attempted::Final(outcome) => return outcome,
                Attempted::Refused(outcome) => {
                    if !self.renew().await {
                        return outcome;
                    }
                    before = Some(outcome);
                }
            }
        }
    }

    /// Whether there are other credentials now to go out with.
    async fn renew(&mut self) -> bool {
        if !mem::take(&mut self.may_renew) {
            return false;
        }
        let renewed = self.caller.renew(&self.credentials, self.deadline).await;
        match renewed {
            Ok(credentials) => {
                self.evidence.caller = Arc::clone(credentials.evidence_after_refusal());
                self.credentials = credentials;
                session::reached(Step::Authenticated, self.evidence, self.reporter);
                true
            }
            Err(evidence) => {
                self.evidence.caller = evidence;
                false
            }
        }
    }

    /// What the server tells by reflection.
    pub async fn reflect<T>(
        &mut self,
        ask: impl AsyncFn(&Channel, &Metadata, Instant) -> Result<T, NotDescribed>,
    ) -> Result<T, NotDescribed> {
        let asking = Instant::now();
        let by = self.deadline.unwrap_or(asking + FIRST_ANSWER);
        let limit = by.saturating_duration_since(asking);
        self.reporter
            .waits_for(Stage::Description, "reflection", Some(limit));
        let (told, _) = self
            .persist(async |this, before| {
                if let Some((Err(NotDescribed::Refused { answer, .. }), credential_fingerprint)) =
                    before
                {
                    this.evidence.call.refused_descriptions.push(Attempt {
                        answer: *answer,
                        credential_fingerprint,
                    });
                }
                let plan = this.caller.plan;
                let outgoing = Outgoing::with_reflection(plan, this.credentials());
                let metadata = outgoing.note_in(&mut this.evidence.call);
                let fingerprint = this.fingerprint();
                let told = ask(&this.channel.rpcs, &metadata, by).await;
                this.evidence.call.timings.describe = Some(asking.elapsed());
                match &told {
                    Err(NotDescribed::Refused { answer, .. })
                        if retry::is_of_credential(answer) && plan.authenticate_reflection =>
                    {
                        Attempted::Refused((told, fingerprint))
                    }
                    _ => Attempted::Final((told, fingerprint)),
                }
            })
            .await;
        told
    }
}
