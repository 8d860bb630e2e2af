use std::time::Duration;

use time::macros::date;

use crate::exit_status::ExitStatus;
use crate::suite::judging::Verdict;
use crate::suite::model::Waived;
use crate::suite::model::Waiver;
use crate::suite::result::CellResult;
use crate::suite::result::Line;
use crate::suite::result::SuiteResult;
use crate::suite::result::strongest;

fn cell(method: &str, identity: usize, verdict: Verdict) -> CellResult {
    CellResult {
        name: String::new(),
        row: None,
        line: 1,
        target: 0,
        identity,
        method: method.into(),
        expected: Vec::new(),
        verdict,
        reason: None,
        waived: None,
        status: None,
        answerer: None,
        message: None,
        outcome: None,
        messages: 0,
        tls_refused: None,
        diagnosis: None,
        sent: Vec::new(),
        again: String::new(),
        attempts: 1,
        duration: Duration::ZERO,
    }
}

fn line(name: &str, verdict: Verdict) -> Line {
    Line {
        name: name.to_owned(),
        target: 0,
        line: 1,
        expected: String::new(),
        found: String::new(),
        verdict,
        waived: None,
        diagnosis: None,
        duration: Duration::ZERO,
    }
}

fn result(verdicts: &[Verdict]) -> SuiteResult {
    SuiteResult {
        cells: verdicts
            .iter()
            .map(|verdict| cell("a/b", 1, *verdict))
            .collect(),
        ..SuiteResult::default()
    }
}

#[test]
fn the_exit_code_is_that_of_the_worst() {
    use Verdict::Fail;
    use Verdict::Inconclusive;
    use Verdict::Pass;
    use Verdict::Skipped;
    for (verdicts, unobtained, plain, strict) in [
        (&[Pass][..], false, 0, 0),
        (&[Pass, Skipped], false, 0, 3),
        (&[Pass, Inconclusive], false, 3, 3),
        (&[Pass, Inconclusive, Fail], false, 1, 1),
        (&[Pass], true, 4, 4),
        (&[Pass, Inconclusive], true, 4, 4),
        (&[Fail], true, 1, 1),
        (&[Skipped], false, 5, 3),
        (&[], false, 5, 5),
    ] {
        let mut result = result(verdicts);
        result.unobtained = unobtained;
        for (is_strict, code) in [(false, plain), (true, strict)] {
            assert_eq!(
                result.exit_status(is_strict).code(),
                code,
                "{verdicts:?} {is_strict}"
            );
        }
        let counts = result.counts();
        assert_eq!(
            counts.checks() + counts.skipped + counts.waived,
            verdicts.len()
        );
    }
}

#[test]
fn of_several_suites_the_strongest_code_counts() {
    use ExitStatus::Credential;
    use ExitStatus::Interrupted;
    use ExitStatus::NoDescriptor;
    use ExitStatus::NoStatus;
    use ExitStatus::NotAsExpected;
    use ExitStatus::Output;
    use ExitStatus::Success;
    use ExitStatus::Terminated;
    use ExitStatus::Usage;
    let strongest_first = [
        Interrupted,
        Terminated,
        Output,
        Usage,
        NotAsExpected,
        Credential,
        NoStatus,
        NoDescriptor,
        Success,
    ];
    for (index, status) in strongest_first.iter().enumerate() {
        for weaker in &strongest_first[index..] {
            assert_eq!(strongest([*weaker, *status]), *status);
        }
    }
    assert_eq!(strongest([]), NoDescriptor);
}

#[test]
fn waivers_cover_failures_until_their_day() {
    let waiver = |of: Waived| Waiver {
        at: 0..0,
        of,
        target: None,
        reason: "SHOP-142".to_owned(),
        until: date!(2027 - 01 - 31),
    };
    let of_cell = |method: &str, identity| {
        waiver(Waived::Cell {
            method: method.to_owned(),
            identity,
        })
    };
    for (waiver, today, waived, noticed) in [
        (of_cell("a/b", 1), date!(2027 - 01 - 30), 1, ""),
        (of_cell("a/b", 1), date!(2027 - 01 - 31), 1, ""),
        (
            of_cell("a/b", 1),
            date!(2027 - 02 - 01),
            0,
            "expired after 2027-01-31",
        ),
        (
            of_cell("a/b", 2),
            date!(2027 - 01 - 30),
            0,
            "nothing needs this waiver",
        ),
        (
            of_cell("a/c", 1),
            date!(2027 - 01 - 30),
            0,
            "nothing needs this waiver",
        ),
        (
            waiver(Waived::Check("plaintext".to_owned())),
            date!(2027 - 01 - 30),
            1,
            "",
        ),
        (
            waiver(Waived::Check("client_cert".to_owned())),
            date!(2027 - 01 - 30),
            0,
            "nothing needs",
        ),
    ] {
        let mut result = result(&[Verdict::Fail, Verdict::Inconclusive, Verdict::Pass]);
        result.file = "shop.auth.toml".to_owned();
        result.lines = vec![
            line("plaintext", Verdict::Fail),
            line("client_cert", Verdict::Pass),
        ];
        result.waive(std::slice::from_ref(&waiver), today, |_| 7);
        let counts = result.counts();
        assert_eq!(counts.waived, waived, "{waiver:?}");
        assert_eq!(counts.failed, 2 - waived);
        assert_eq!(counts.inconclusive, 1, "doubt is not waived");
        let notices = result.notices.join("\n");
        assert!(notices.contains(noticed), "{notices}");
        assert_eq!(notices.is_empty(), noticed.is_empty(), "{notices}");
        assert_eq!(result.unused_waivers > 0, noticed.contains("nothing needs"));
    }
}
