//! A caller: its credentials, obtained beside the dial, shared by all its calls, and renewed when a server refuses them.

use std::cell::RefCell;
use std::future::Future;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::sync;
use tokio::time::Instant;

use crate::authenticate::CallCredential;
use crate::authenticate::Prepared;
use crate::authenticate::Renewal;
use crate::authenticate::fetching::Unobtained;
use crate::evidence::CallerEvidence;
use crate::evidence::Renewed;
use crate::plan::caller::CallerPlan;
use crate::report::Reporter;

/// Who calls. However many of its calls are refused at once, one other credential is asked for.
pub struct Caller<'a> {
    pub plan: &'a CallerPlan,
    reporter: &'a Reporter,
    current: RefCell<Arc<Generation>>,
}

/// Credentials that calls go out with, until others take their place.
pub struct Generation {
    /// What is known of the caller by a call that goes out with them at first.
    pub evidence: Arc<CallerEvidence>,
    /// The same by a call in which others were refused before.
    evidence_after_refusal: OnceLock<Arc<CallerEvidence>>,
    /// Filled once others were asked for: why there are none, or `None` if there are.
    renewal: sync::OnceCell<Option<NotRenewed>>,
}

/// How long a failed renewal stands for all calls; those that come later ask again.
const FAILURE_SHARED: Duration = Duration::from_secs(1);

/// No others took the place of credentials.
#[derive(Debug)]
struct NotRenewed {
    at: Instant,
    /// What is known of the caller by then.
    evidence: Arc<CallerEvidence>,
}

impl Generation {
    fn new(evidence: Arc<CallerEvidence>) -> Arc<Self> {
        Arc::new(Self {
            evidence,
            evidence_after_refusal: OnceLock::new(),
            renewal: sync::OnceCell::new(),
        })
    }

    /// What is known of the caller by a call in which other credentials were refused before these.
    pub fn evidence_after_refusal(&self) -> &Arc<CallerEvidence> {
        self.evidence_after_refusal
            .get_or_init(|| and_renewed(&self.evidence, Renewed::Another))
    }
}

fn and_renewed(evidence: &CallerEvidence, renewed: Renewed) -> Arc<CallerEvidence> {
    Arc::new(CallerEvidence {
        renewed: Some(renewed),
        ..evidence.clone()
    })
}

impl<'a> Caller<'a> {
    /// A caller with the outcome of obtaining its credentials.
    pub fn new(plan: &'a CallerPlan, acquired: Acquired, reporter: &'a Reporter) -> Self {
        for credential in &acquired.credentials {
            tell(&credential.notices, reporter);
        }
        let any = !acquired.credentials.is_empty() || !acquired.unobtained.is_empty();
        let evidence = CallerEvidence {
            credentials: acquired.credentials,
            unobtained: acquired.unobtained,
            renewed: None,
            took: any.then_some(acquired.took),
        };
        Self {
            plan,
            reporter,
            current: RefCell::new(Generation::new(Arc::new(evidence))),
        }
    }

    /// The credentials that a call goes out with now.
    pub fn current(&self) -> Arc<Generation> {
        let mut current = self.current.borrow_mut();
        let failed = current.renewal.get().and_then(Option::as_ref);
        if failed.is_some_and(|failed| failed.at.elapsed() >= FAILURE_SHARED) {
            *current = Generation::new(Arc::clone(&current.evidence));
        }
        Arc::clone(&current)
    }

    /// Whether it has credentials that a server which is not verified does not get.
    pub fn withholds(&self) -> bool {
        let any = !self.current.borrow().evidence.credentials.is_empty()
            || self.plan.has_credential_among_headers();
        any && !self.plan.allow_unverified
    }

    /// Whether others may be had in place of credentials that are refused.
    pub fn is_renewable(&self) -> bool {
        self.renewable().is_some()
    }

    fn renewable(&self) -> Option<(usize, &'a Prepared)> {
        let mut credentials = self.plan.credentials.iter().enumerate();
        credentials.find(|(_, prepared)| prepared.is_renewable())
    }

    /// The credentials that take the place of refused ones. They are asked for once; a call that went out with older
    /// ones takes those that there are by now.
    ///
    /// # Errors
    /// There are no others; what is known of the caller by then.
    pub async fn renew(
        &self,
        refused: &Generation,
        deadline: Option<Instant>,
    ) -> Result<Arc<Generation>, Arc<CallerEvidence>> {
        let Some((index, prepared)) = self.renewable() else {
            return Err(Arc::clone(&refused.evidence));
        };
        let current = self.current();
        if Arc::ptr_eq(&refused.evidence, &current.evidence) {
            // Should the call that asks be given up, another one asks in its place: it joins the request under way.
            let asking = || self.ask_for_another(prepared, &refused.evidence, index);
            match in_time(current.renewal.get_or_init(asking), deadline).await {
                None => {
                    let late = Renewed::Unobtained(prepared.late());
                    return Err(and_renewed(&refused.evidence, late));
                }
                Some(Some(without)) => return Err(Arc::clone(&without.evidence)),
                Some(None) => {}
            }
        }
        Ok(self.current())
    }

    /// Puts another credential in place of the one that was refused; where there is none, what is known by then.
    async fn ask_for_another(
        &self,
        prepared: &Prepared,
        before: &Arc<CallerEvidence>,
        index: usize,
    ) -> Option<NotRenewed> {
        let without = |evidence| {
            Some(NotRenewed {
                at: Instant::now(),
                evidence,
            })
        };
        // Where one could not be obtained nothing was called, so that the two lists have the same order.
        let renewed = match prepared.renew(&before.credentials[index]).await {
            Renewal::Static => return without(Arc::clone(before)),
            Renewal::Same => Renewed::Same,
            Renewal::Unobtained(unobtained) => Renewed::Unobtained(unobtained),
            Renewal::Renewed(credential) => {
                tell(&credential.notices, self.reporter);
                let mut evidence = CallerEvidence::clone(before);
                evidence.credentials[index] = *credential;
                self.current.replace(Generation::new(Arc::new(evidence)));
                self.reporter
                    .notice("the credential was refused; retrying with a new token");
                return None;
            }
        };
        without(and_renewed(before, renewed))
    }
}

/// The outcome of obtaining credentials.
#[derive(Debug, Default)]
pub struct Acquired {
    credentials: Vec<CallCredential>,
    unobtained: Vec<Unobtained>,
    took: Duration,
}

/// Tells what the plan has to say of the caller, before the first packet.
pub(crate) fn begin(caller: &CallerPlan, reporter: &Reporter) {
    tell(&caller.notices, reporter);
}

fn tell(notices: &[String], reporter: &Reporter) {
    for notice in notices {
        reporter.notice(notice);
    }
}

/// What is left to the last exchange to end by its own limit, which says more of it.
const GRACE: Duration = Duration::from_millis(100);

/// Obtains every credential, side by side, by `deadline`.
pub async fn acquire(prepared: &[Prepared], deadline: Option<Instant>) -> Acquired {
    let started = Instant::now();
    let mut acquired = Acquired {
        credentials: Vec::with_capacity(prepared.len()),
        unobtained: Vec::new(),
        took: Duration::ZERO,
    };
    let obtaining = prepared.iter().map(|prepared| async move {
        let late = || Err(prepared.late());
        in_time(prepared.obtain(), deadline)
            .await
            .unwrap_or_else(late)
    });
    for obtained in join_all(obtaining).await {
        match obtained {
            Ok(credential) => acquired.credentials.push(credential),
            Err(unobtained) => acquired.unobtained.push(unobtained),
        }
    }
    acquired.took = started.elapsed();
    acquired
}

/// What `work` comes to; `None`: the deadline came first.
pub(crate) async fn in_time<T>(
    work: impl Future<Output = T>,
    deadline: Option<Instant>,
) -> Option<T> {
    match deadline {
        None => Some(work.await),
        Some(deadline) => tokio::time::timeout_at(deadline + GRACE, work).await.ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::console::Console;
    use crate::report::redactor::Redactor;
    use crate::report::style::Style;

    #[tokio::test(start_paused = true)]
    async fn a_failed_renewal_is_shared_for_a_second() {
        let plan = CallerPlan::default();
        let console = Console::new(Box::new(std::io::sink()), Style::PLAIN);
        let reporter = Reporter::new(Vec::new(), console, Redactor::new(false));
        let nothing = Acquired {
            credentials: Vec::new(),
            unobtained: Vec::new(),
            took: Duration::ZERO,
        };
        let caller = Caller::new(&plan, nothing, &reporter);
        let refused = caller.current();
        let failed = NotRenewed {
            at: Instant::now(),
            evidence: Arc::clone(&refused.evidence),
        };
        refused.renewal.set(Some(failed)).unwrap();
        tokio::time::advance(FAILURE_SHARED - Duration::from_millis(1)).await;
        assert!(Arc::ptr_eq(&caller.current(), &refused));
        tokio::time::advance(Duration::from_millis(1)).await;
        let later = caller.current();
        assert!(later.renewal.get().is_none(), "others may be asked for");
        assert!(Arc::ptr_eq(&later.evidence, &refused.evidence));
    }
}
