use std::time::Duration;

use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::suite::expand::Cell;
use crate::suite::judging::Control;
use crate::suite::judging::Ended;
use crate::suite::judging::Findings;
use crate::suite::judging::Judged;
use crate::suite::judging::Verdict;
use crate::suite::judging::judge;
use crate::suite::judging::needs_control;
use crate::suite::judging::with_findings;
use crate::suite::samples::HEAD;
use crate::suite::samples::cells;
use crate::verdict::class::Class;

/// A cell that expects this.
fn cell(expect: &str) -> Cell {
    let text =
        format!("{HEAD}[[case]]\nmethod = \"Orders/Get\"\nas = \"viewer\"\nexpect = {expect}");
    cells(&text).1.cells.remove(0)
}

fn server(code: u32) -> Ended {
    Ended::Status(StatusCode(code), AnsweredBy::Server)
}

#[test]
fn answers_are_judged_by_what_is_expected() {
    use Verdict::Fail;
    use Verdict::Inconclusive;
    use Verdict::Pass;
    let proxy = |code| Ended::Status(StatusCode(code), AnsweredBy::Proxy);
    let local = |code| Ended::Status(StatusCode(code), AnsweredBy::Local);
    let none = Control::None;
    let denied = Control::Ended(server(16));
    let same = Control::Ended(server(5));
    let open = Control::Ended(server(0));
    for (expect, ended, control, verdict, outcome) in [
        ("\"allowed\"", server(0), &none, Pass, Class::Allowed),
        ("\"allowed\"", Ended::Message, &none, Pass, Class::Allowed),
        ("\"OK\"", Ended::Message, &none, Pass, Class::Allowed),
        ("\"allowed\"", server(16), &none, Fail, Class::Denied),
        ("\"allowed\"", server(5), &denied, Pass, Class::Allowed),
        (
            "\"allowed\"",
            server(5),
            &same,
            Inconclusive,
            Class::Business,
        ),
        (
            "\"allowed\"",
            server(5),
            &open,
            Inconclusive,
            Class::Business,
        ),
        (
            "\"allowed\"",
            server(14),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        (
            "\"allowed\"",
            local(0),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        ("\"denied\"", server(16), &none, Pass, Class::Denied),
        ("\"denied\"", server(7), &none, Pass, Class::Denied),
        ("\"denied\"", proxy(16), &none, Pass, Class::Denied),
        (
            "\"denied\"",
            local(16),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        ("\"denied\"", server(0), &none, Fail, Class::Allowed),
        ("\"denied\"", Ended::Message, &none, Fail, Class::Allowed),
        ("\"denied\"", server(5), &denied, Fail, Class::Allowed),
        (
            "\"denied\"",
            server(5),
            &same,
            Inconclusive,
            Class::Business,
        ),
        (
            "\"denied\"",
            server(12),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        (
            "\"denied\"",
            Ended::TlsRefused("mtls.required"),
            &none,
            Pass,
            Class::Denied,
        ),
        (
            "\"allowed\"",
            Ended::TlsRefused("mtls.required"),
            &none,
            Fail,
            Class::Denied,
        ),
        (
            "\"UNAUTHENTICATED\"",
            Ended::TlsRefused("mtls.required"),
            &none,
            Fail,
            Class::Denied,
        ),
        (
            "\"denied\"",
            Ended::NoStatus("reset".into()),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        ("\"UNAUTHENTICATED\"", server(7), &none, Fail, Class::Denied),
        (
            "\"UNAUTHENTICATED\"",
            server(16),
            &none,
            Pass,
            Class::Denied,
        ),
        ("16", server(16), &none, Pass, Class::Denied),
        (
            "\"UNAVAILABLE\"",
            server(14),
            &none,
            Pass,
            Class::Inconclusive,
        ),
        (
            "\"UNAVAILABLE\"",
            local(14),
            &none,
            Inconclusive,
            Class::Inconclusive,
        ),
        (
            "\"DEADLINE_EXCEEDED\"",
            local(4),
            &none,
            Pass,
            Class::Inconclusive,
        ),
        (
            "[\"OK\", \"NOT_FOUND\"]",
            server(5),
            &none,
            Pass,
            Class::Business,
        ),
        (
            "[\"OK\", \"NOT_FOUND\"]",
            server(7),
            &none,
            Fail,
            Class::Denied,
        ),
        ("\"OK\"", server(5), &denied, Fail, Class::Allowed),
        ("\"OK\"", server(5), &same, Inconclusive, Class::Business),
        ("1010", server(1010), &none, Pass, Class::Inconclusive),
    ] {
        let judged = judge(&cell(expect), &ended, control);
        let expected = match outcome {
            // Whether it was reached is not known: the status itself was what was expected, or says nothing.
            Class::Business => Class::Inconclusive,
            other => other,
        };
        assert_eq!(
            (judged.verdict, judged.outcome),
            (verdict, expected),
            "{expect} {ended:?} {control:?}"
        );
        assert_eq!(
            judged.reason.is_some(),
            verdict == Inconclusive,
            "{judged:?}"
        );
    }
}

#[test]
fn a_target_may_count_more_as_a_denial() {
    let mut cell = cell("\"denied\"");
    cell.denied_also = [StatusCode::NOT_FOUND, StatusCode(1010)].into();
    for (code, verdict) in [
        (5, Verdict::Pass),
        (1010, Verdict::Pass),
        (3, Verdict::Inconclusive),
    ] {
        assert_eq!(
            judge(&cell, &server(code), &Control::None).verdict,
            verdict,
            "{code}"
        );
    }
    assert!(!needs_control(&cell, &server(5)), "it is a denial");
    // An unauthenticated caller who gets what counts as a denial is denied, too.
    let control = Control::Ended(server(1010));
    assert_eq!(judge(&cell, &server(3), &control).verdict, Verdict::Fail);
}

#[test]
fn only_a_business_status_that_is_not_expected_needs_a_control() {
    for (expect, ended, needs) in [
        ("\"allowed\"", server(5), true),
        ("\"denied\"", server(3), true),
        ("\"OK\"", server(5), true),
        ("\"NOT_FOUND\"", server(5), false),
        ("\"allowed\"", server(0), false),
        ("\"denied\"", server(14), false),
    ] {
        assert_eq!(
            needs_control(&cell(expect), &ended),
            needs,
            "{expect} {ended:?}"
        );
    }
    let mut public = cell("\"allowed\"");
    public.is_public = true;
    assert!(!needs_control(&public, &server(5)));
    assert_eq!(
        judge(&public, &server(5), &Control::None).verdict,
        Verdict::Pass
    );
}

#[test]
fn a_method_that_the_server_lacks_is_skipped_where_nobody_wrote_the_cell() {
    let written = cell("\"denied\"");
    let mut unlisted = written.clone();
    unlisted.row = None;
    let lacking = server(12);
    let proxied = Ended::Status(StatusCode::UNIMPLEMENTED, AnsweredBy::Proxy);
    for (cell, ended, verdict) in [
        (&written, &lacking, Verdict::Inconclusive),
        (&unlisted, &lacking, Verdict::Skipped),
        (&unlisted, &proxied, Verdict::Inconclusive),
        (&unlisted, &server(14), Verdict::Inconclusive),
    ] {
        assert_eq!(
            judge(cell, ended, &Control::None).verdict,
            verdict,
            "{ended:?}"
        );
    }
}

#[test]
fn what_is_found_in_an_answer_fails_it() {
    let judged = |verdict| Judged {
        verdict,
        outcome: Class::Denied,
        reason: None,
    };
    let leak = Findings {
        leaked: vec![0],
        ..Findings::default()
    };
    let slow = Findings {
        too_slow: Some((Duration::from_millis(700), Duration::from_millis(500))),
        ..Findings::default()
    };
    let unmet = Findings {
        unmet: vec!["message is not /scope/".to_owned()],
        ..Findings::default()
    };
    for (before, findings, after, said) in [
        (Verdict::Pass, &leak, Verdict::Fail, "leak"),
        (Verdict::Inconclusive, &leak, Verdict::Fail, "leak"),
        (Verdict::Pass, &slow, Verdict::Fail, "too slow: 700 ms"),
        (Verdict::Inconclusive, &slow, Verdict::Inconclusive, ""),
        (Verdict::Pass, &unmet, Verdict::Fail, "message is not"),
        (Verdict::Fail, &unmet, Verdict::Fail, ""),
        (Verdict::Pass, &Findings::default(), Verdict::Pass, ""),
    ] {
        let judged = with_findings(judged(before), findings);
        assert_eq!(judged.verdict, after, "{findings:?}");
        assert!(judged.reason.unwrap_or_default().contains(said));
    }
}
