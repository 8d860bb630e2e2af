//! A run on this thread, watched for signals; and its end, judged and reported.

use std::future::Future;

use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

use crate::authenticate::under_way;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::report::layout::Block;
use crate::runtime;
use crate::session;
use crate::session::bug;
use crate::verdict;
use crate::verdict::Expectation;

/// The run of one command, with its evidence, which outlives a signal.
pub(crate) struct Watched<'a> {
    pub evidence: &'a mut Evidence,
    pub expectation: &'a Expectation,
    pub reporter: &'a Reporter,
}

impl Watched<'_> {
    /// Runs `work` on this thread until it is done, or until a signal ends it: then what is known is told.
    pub(crate) fn block_on(
        self,
        work: impl AsyncFnOnce(&mut Evidence, &Reporter) -> ExitStatus,
    ) -> ExitStatus {
        let _open = bug::Open::new(self.reporter, self.evidence, self.expectation);
        let status = block_on_whole(async {
            let signal = tokio::select! {
                status = work(self.evidence, self.reporter) => return status,
                signal = interrupted() => signal,
            };
            let run = Run {
                evidence: self.evidence,
                expectation: self.expectation,
                verdict: &verdict::interrupted(signal),
            };
            self.reporter.emit(&Event::Interrupted(&run));
            signal
        });
        self.reporter.exit_status(status)
    }
}

/// Judges a run that is over, and reports it.
pub fn finish(evidence: &Evidence, expectation: &Expectation, reporter: &Reporter) -> ExitStatus {
    let verdict = verdict::judge(expectation, evidence);
    reporter.emit(&Event::Finished(&Run {
        evidence,
        expectation,
        verdict: &verdict,
    }));
    verdict.exit
}

/// Runs `work` on this thread until it is done or a signal ends it.
pub(crate) fn block_on(work: impl Future<Output = ExitStatus>) -> ExitStatus {
    block_on_whole(async {
        tokio::select! {
            status = work => status,
            status = interrupted() => status,
        }
    })
}

/// Runs `work`, which sees to signals itself, on this thread until it is done.
pub(crate) fn block_on_whole(work: impl Future<Output = ExitStatus>) -> ExitStatus {
    let runtime = match runtime::current_thread() {
        Ok(runtime) => runtime,
        Err(error) => {
            let why = format!("the system lacks resources: {error}");
            let fix = "raise the limit of open files: ulimit -n 1024";
            session::say(&Block::error(None, why).fix(fix));
            return ExitStatus::NoStatus;
        }
    };
    let status = runtime.block_on(async {
        let status = work.await;
        keep_what_is_under_way().await;
        status
    });
    // A resolver's thread may hang for longer than anybody waits.
    runtime.shutdown_background();
    status
}

/// Waits for tokens that a refresh token was spent on, unless a signal ends that, too.
async fn keep_what_is_under_way() {
    let finished = tokio::select! {
        biased;
        finished = under_way::finished() => finished,
        _ = interrupted() => false,
    };
    if !finished {
        let what = "a request that refreshes a token was interrupted: its refresh token may be spent, and the next run may have to log in again";
        session::say(&Block::warning(None, what));
    }
}

/// Ends with the exit status of the first signal that asks us to stop.
pub(crate) async fn interrupted() -> ExitStatus {
    let (Ok(mut interrupt), Ok(mut terminate)) = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    ) else {
        // Without handlers the system's own way of ending a process remains.
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupt.recv() => ExitStatus::Interrupted,
        _ = terminate.recv() => ExitStatus::Terminated,
    }
}
