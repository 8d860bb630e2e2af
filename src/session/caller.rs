//! The caller's credentials: obtained beside the dial, and once more when a server refuses them.

use std::future::Future;
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::Instant;

use crate::authenticate::CallCredential;
use crate::authenticate::Prepared;
use crate::authenticate::Renewal;
use crate::authenticate::fetching::Unobtained;
use crate::evidence::Evidence;
use crate::evidence::Renewed;
use crate::plan::credentials::CallerPlan;
use crate::report::Reporter;
use crate::x509::Judged;

/// What came of obtaining credentials.
#[derive(Debug)]
pub struct Acquired {
    credentials: Vec<CallCredential>,
    unobtained: Vec<Unobtained>,
    took: Duration,
}

/// Tells what the plan has to say of the caller, and hides its secrets, before the first packet.
pub fn begin(caller: &CallerPlan, reporter: &Reporter) {
    for prepared in &caller.credentials {
        for secret in prepared.secrets() {
            reporter.learn(secret);
        }
    }
    for notice in &caller.notices {
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
async fn in_time<T>(work: impl Future<Output = T>, deadline: Option<Instant>) -> Option<T> {
    match deadline {
        None => Some(work.await),
        Some(deadline) => tokio::time::timeout_at(deadline + GRACE, work).await.ok(),
    }
}

/// Puts credentials on record, and hides them.
pub fn note(acquired: Acquired, evidence: &mut Evidence, reporter: &Reporter) {
    let any = !acquired.credentials.is_empty() || !acquired.unobtained.is_empty();
    evidence.caller_mut().took = any.then_some(acquired.took);
    for credential in &acquired.credentials {
        hide(credential, reporter);
    }
    for unobtained in &acquired.unobtained {
        hide_sent(unobtained, reporter);
    }
    evidence.caller_mut().credentials = acquired.credentials;
    evidence.caller_mut().unobtained = acquired.unobtained;
}

fn hide(credential: &CallCredential, reporter: &Reporter) {
    reporter.learn(&credential.secret);
    if let Some(refresh_token) = &credential.refresh_token {
        reporter.learn(refresh_token);
    }
    // The old one's refresh token, where that was refused.
    for secret in credential.fetch.iter().flat_map(|record| &record.secrets) {
        reporter.learn(secret);
    }
    for notice in &credential.notices {
        reporter.notice(notice);
    }
}

/// What was sent in vain may be echoed in the answer that is told of.
pub fn hide_sent(unobtained: &Unobtained, reporter: &Reporter) {
    for secret in unobtained
        .record()
        .iter()
        .flat_map(|record| &record.secrets)
    {
        reporter.learn(secret);
    }
}

/// Whether another credential was not asked for yet, and the one there was went out.
pub fn may_renew(evidence: &Evidence) -> bool {
    evidence.caller.renewed.is_none() && !evidence.call.withheld
}

/// Puts another credential in place of the one that was refused, if there is one to be had; that is tried
/// once in a run. Whether there is something new to call with.
pub async fn renew(
    caller: &CallerPlan,
    deadline: Option<Instant>,
    evidence: &mut Evidence,
    reporter: &Reporter,
) -> bool {
    // Where one was not to be had nothing was called, so that the two lists have the same order.
    let renewable = caller
        .credentials
        .iter()
        .zip(&mut evidence.caller_mut().credentials)
        .find(|(prepared, _)| prepared.is_renewable());
    let Some((prepared, refused)) = renewable else {
        return false;
    };
    let renewing = in_time(prepared.renew(refused), deadline).await;
    let renewing = renewing.unwrap_or_else(|| Renewal::Unobtained(prepared.late()));
    let (renewed, again) = match renewing {
        Renewal::Static => return false,
        Renewal::Same => (Renewed::Same, false),
        Renewal::Unobtained(unobtained) => {
            hide_sent(&unobtained, reporter);
            (Renewed::Unobtained(unobtained), false)
        }
        Renewal::Renewed(credential) => {
            hide(&credential, reporter);
            *refused = *credential;
            (Renewed::Another, true)
        }
    };
    evidence.caller_mut().renewed = Some(renewed);
    if again {
        reporter.notice("the credential was refused; with a new one the server is asked once more");
    }
    again
}

/// A server that `--insecure` let in although it was refused gets no credential, unless a pin says that
/// it is the one meant.
pub fn withholds(allow_unverified: bool, caller: &CallerPlan, evidence: &Evidence) -> bool {
    let refused = evidence.connection.tls().is_some_and(|tls| {
        let accepted = tls.judged.as_ref().is_none_or(Judged::is_accepted);
        !accepted && tls.pinned != Some(true)
    });
    let any = !evidence.caller.credentials.is_empty() || caller.has_credential_among_headers();
    refused && any && !evidence.connection.asked.loopback && !allow_unverified
}
