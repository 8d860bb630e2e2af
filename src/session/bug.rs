//! What is left to do when the program itself is wrong: a panic ends with a line, with a report that is whole, and with its
//! exit code, also where a panic cannot be caught.

use std::cell::RefCell;
use std::panic;
use std::panic::PanicHookInfo;

use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::report::layout::Block;
use crate::session;
use crate::verdict;
use crate::verdict::Expectation;

/// What a report that stays open is ended with: what was asked. What was found may be what is wrong.
struct Unfinished {
    reporter: Reporter,
    evidence: Evidence,
    expectation: Expectation,
}

thread_local! {
    static UNFINISHED: RefCell<Option<Unfinished>> = const { RefCell::new(None) };
}

/// A report of this thread's that is ended if a panic comes before this is dropped.
#[derive(Debug)]
pub(super) struct Open(());

impl Open {
    pub(super) fn new(reporter: &Reporter, evidence: &Evidence, expectation: &Expectation) -> Self {
        let to = evidence.connection.asked.clone();
        let unfinished = Unfinished {
            reporter: reporter.clone(),
            evidence: Evidence::new(evidence.clock, evidence.asked.clone(), to),
            expectation: expectation.clone(),
        };
        UNFINISHED.set(Some(unfinished));
        Self(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        UNFINISHED.take();
    }
}

/// Runs `work`, and gives the exit code.
pub(super) fn guarded(work: impl FnOnce() -> ExitStatus) -> u8 {
    guarded_where(cfg!(panic = "abort"), work)
}

/// `aborts`: a panic cannot be caught.
fn guarded_where(aborts: bool, work: impl FnOnce() -> ExitStatus) -> u8 {
    panic::set_hook(Box::new(move |panic| {
        tell(panic);
        if aborts {
            // The system's own end would be SIGABRT.
            std::process::exit(ExitStatus::Bug.code().into());
        }
    }));
    let outcome = panic::catch_unwind(panic::AssertUnwindSafe(work));
    outcome.unwrap_or(ExitStatus::Bug).code()
}

/// A panic's text may quote data: only its place is told.
fn tell(panic: &PanicHookInfo<'_>) {
    let place = panic
        .location()
        .map(|location| format!(" at {}:{}", location.file(), location.line()))
        .unwrap_or_default();
    let fix = "report it with the command line, without its secrets";
    session::say(&Block::error(None, format!("a bug in grpcauth{place}")).fix(fix));
    end_report();
}

fn end_report() {
    let unfinished = UNFINISHED.try_with(|report| report.try_borrow_mut().ok()?.take());
    if let Ok(Some(unfinished)) = unfinished {
        let run = Run {
            evidence: &unfinished.evidence,
            expectation: &unfinished.expectation,
            verdict: &verdict::interrupted(ExitStatus::Bug),
        };
        unfinished
            .reporter
            .end_after_panic(&Event::Interrupted(&run));
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;
    use crate::evidence::Asked;
    use crate::evidence::AskedConnection;
    use crate::report::Detail;
    use crate::report::Sink;
    use crate::report::console::Console;
    use crate::report::formats;
    use crate::report::output::Output;
    use crate::report::redactor::Redactor;
    use crate::report::style::Style;

    const CASE: &str = "GRPCAUTH_TEST_BUG";

    fn reporter(format: &str) -> Reporter {
        let output = Output::standard(Style::PLAIN);
        let row = formats::find(format).unwrap();
        let sinks = vec![Sink::new(row, output, Detail::default())];
        Reporter::new(sinks, Console::standard(Style::PLAIN), Redactor::new(false))
    }

    /// The program with a bug in it, in a process of its own: the hook is the process's.
    #[test]
    #[ignore = "run by the tests below"]
    #[expect(
        clippy::disallowed_methods,
        reason = "the role comes from the tests below"
    )]
    fn as_a_program_with_a_bug() {
        let Ok(case) = std::env::var(CASE) else {
            return;
        };
        let (format, inside) = case.split_once(' ').unwrap();
        let reporter = reporter(format);
        let evidence = Evidence::new(
            crate::session::now(),
            Asked::default(),
            AskedConnection {
                target: "h.test:1".to_owned(),
                ..AskedConnection::default()
            },
        );
        let aborts = inside == "aborting";
        let code = guarded_where(aborts, || {
            let open = Open::new(&reporter, &evidence, &Expectation::default());
            match inside {
                "reporting" => reporter.while_reporting(|| panic!("s3cret")),
                "after" => drop(open),
                _ => {}
            }
            panic!("s3cret")
        });
        // Where a panic aborts, the hook was the end.
        std::process::exit(if aborts { 1 } else { code.into() });
    }

    fn run(case: &str) -> (i32, String, String) {
        let (_, here) = module_path!().split_once("::").unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("{here}::as_a_program_with_a_bug")])
            .args(["--ignored", "--nocapture", "--test-threads=1", "--quiet"])
            .env(CASE, case)
            .output()
            .unwrap();
        let text = |octets| String::from_utf8(octets).unwrap();
        (
            output.status.code().unwrap(),
            text(output.stdout),
            text(output.stderr),
        )
    }

    #[test]
    fn a_bug_ends_with_its_code_and_a_whole_report() {
        let formats = ["text", "json", "ndjson"];
        let all = formats.map(|format| ["working", "aborting"].map(|inside| (format, inside)));
        for (format, inside) in all.into_iter().flatten() {
            let (code, out, told) = run(&format!("{format} {inside}"));
            assert_eq!(code, 96, "{out} {told}");
            assert!(
                told.starts_with("error: a bug in grpcauth at src/session/bug.rs:"),
                "{told}"
            );
            assert!(
                !told.contains("s3cret") && !out.contains("s3cret"),
                "{out} {told}"
            );
            let document = out.lines().find(|line| line.starts_with("{\""));
            assert_eq!(document.is_some(), format != "text", "{out}");
            if let Some(document) = document {
                let document: serde_json::Value = serde_json::from_str(document).unwrap();
                assert_eq!(
                    (&document["exit_code"], &document["target"]),
                    (&96.into(), &"h.test:1".into())
                );
            }
        }
    }

    #[test]
    fn a_bug_within_or_after_a_report_ends_too() {
        for inside in ["reporting", "after"] {
            let (code, out, told) = run(&format!("json {inside}"));
            assert_eq!(code, 96, "{out} {told}");
            assert!(
                told.contains("a bug in grpcauth") && !out.contains("{\""),
                "{out} {told}"
            );
        }
    }
}
