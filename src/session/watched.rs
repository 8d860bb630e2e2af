//! A run on this thread, watched for signals; and its end, judged and reported.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tokio::time::Instant;

use crate::authenticate::under_way;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::report::Stage;
use crate::report::layout::Block;
use crate::report::waiting;
use crate::report::waiting::Waiting;
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
            let started = Instant::now();
            let signal = tokio::select! {
                status = work(self.evidence, self.reporter) => return status,
                signal = interrupted() => signal,
                _ = name_long_waits(self.reporter) => unreachable!("it never ends"),
            };
            let waiting = self.reporter.waiting();
            note_interruption(self.evidence, started, waiting.as_ref());
            let run = Run {
                evidence: self.evidence,
                expectation: self.expectation,
                verdict: &verdict::interrupted(signal),
            };
            self.reporter.emit(&Event::Interrupted(&run));
            let block = waiting::interrupted(self.evidence, waiting.as_ref());
            self.reporter.show(&block);
            signal
        });
        self.reporter.exit_status(status)
    }
}

/// The times that a run took which a signal ended: as a whole, and the stage that was under way.
fn note_interruption(evidence: &mut Evidence, started: Instant, waiting: Option<&Waiting>) {
    let spent = waiting.map(Waiting::spent);
    match waiting.map(|waiting| waiting.stage) {
        Some(Stage::Call) => evidence.call.timings.call = spent,
        Some(Stage::Description) => evidence.call.timings.describe = spent,
        Some(Stage::Credential) => evidence.caller_mut().took = spent,
        Some(Stage::Connection | Stage::Probe) | None => {}
    }
    evidence.call.timings.total = started.elapsed();
}

/// Has what takes long named every second, as long as it is polled.
async fn name_long_waits(reporter: &Reporter) -> Infallible {
    if !reporter.is_watched() {
        return std::future::pending().await;
    }
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        reporter.tick();
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

/// The same, and names what the reporter is told to wait for.
pub(crate) fn block_on_naming(
    reporter: &Reporter,
    work: impl Future<Output = ExitStatus>,
) -> ExitStatus {
    block_on(async {
        tokio::select! {
            status = work => status,
            _ = name_long_waits(reporter) => unreachable!("it never ends"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::console::Console;
    use crate::report::output::Kept;
    use crate::report::redactor::Redactor;
    use crate::report::style::Style;

    #[tokio::test(start_paused = true)]
    async fn what_takes_long_is_named_every_second_and_goes_away() {
        let told = Kept::default();
        let console = Console::new(Box::new(told.clone()), Style::PLAIN);
        let reporter = Reporter::new(Vec::new(), console, Redactor::new(false));
        let what = "orders.v1.Orders/Get";
        reporter.waits_for(Stage::Call, what, Some(Duration::from_secs(30)));
        let waited = tokio::time::sleep(Duration::from_millis(900));
        tokio::select! { () = waited => {}, _ = name_long_waits(&reporter) => {} }
        assert_eq!(told.text(), "", "nobody wonders yet");
        let waited = tokio::time::sleep(Duration::from_millis(3_600));
        tokio::select! { () = waited => {}, _ = name_long_waits(&reporter) => {} }
        reporter.exit_status(ExitStatus::Success);
        let lines: Vec<String> = (1..=3)
            .map(|second| format!("\r\u{1b}[Kwaiting for {what}: {second} of 30 s"))
            .collect();
        assert_eq!(told.text(), lines.concat() + "\r\u{1b}[K");
    }

    #[tokio::test(start_paused = true)]
    async fn the_times_of_what_was_interrupted_are_those_that_passed() {
        let started = Instant::now();
        let waiting = |stage| Waiting {
            stage,
            what: "x".to_owned(),
            since: started + Duration::from_secs(1),
            limit: None,
        };
        tokio::time::advance(Duration::from_secs(3)).await;
        let mut evidence = Evidence::of_nothing(session::now());
        note_interruption(&mut evidence, started, Some(&waiting(Stage::Call)));
        let timings = evidence.call.timings;
        assert_eq!(timings.call, Some(Duration::from_secs(2)));
        assert_eq!(
            (timings.describe, timings.total),
            (None, Duration::from_secs(3))
        );
        note_interruption(&mut evidence, started, Some(&waiting(Stage::Connection)));
        assert_eq!(evidence.call.timings.describe, None);
    }
}
