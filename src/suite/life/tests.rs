use crate::suite::judging::Judged;
use crate::suite::judging::Verdict;
use crate::suite::life::Life;
use crate::suite::life::by_unknown_method;
use crate::suite::samples::HEAD;
use crate::suite::samples::cells;
use crate::verdict::class::Class;

fn denied() -> Judged {
    Judged {
        verdict: Verdict::Pass,
        outcome: Class::Denied,
        reason: None,
    }
}

#[test]
fn a_denial_counts_where_there_is_life() {
    let (suite, expansion) = cells(&format!(
        "{HEAD}[[matrix]]\nmethods = [\"shop.v1.Orders/Get\"]\nexpect = {{ \"*\" = \"denied\" }}"
    ));
    let verdict = |life: &Life, name: &str| {
        let cell = expansion
            .cells
            .iter()
            .find(|cell| suite.identities[cell.identity].name == name)
            .unwrap();
        life.weigh(&suite, cell, denied(), Some("expired 2 days ago"))
    };
    let dead = Life::default();
    let mut viewer = Life::default();
    viewer.allowed(0, 1);
    let mut up = Life::default();
    up.up(0);
    let mut elsewhere = Life::default();
    elsewhere.allowed(1, 1);
    for (life, name, passes) in [
        (&dead, "anonymous", false),
        (&dead, "viewer", false),
        (&dead, "revoked", false),
        (&viewer, "anonymous", true),
        (&viewer, "viewer", true),
        (&viewer, "admin", false),
        (&viewer, "revoked", true),
        (&up, "anonymous", true),
        (&up, "viewer", false),
        (&up, "revoked", true),
        (&elsewhere, "viewer", false),
        (&elsewhere, "anonymous", false),
    ] {
        let weighed = verdict(life, name);
        let expected = if passes {
            Verdict::Pass
        } else {
            Verdict::Inconclusive
        };
        assert_eq!(weighed.verdict, expected, "{life:?} {name}");
        assert_eq!(weighed.reason.is_some(), !passes);
    }
    let said = verdict(&viewer, "admin").reason.unwrap();
    assert!(
        said.contains("admin") && said.contains("expired 2 days ago"),
        "{said}"
    );
}

#[test]
fn nothing_else_is_weighed() {
    let (suite, expansion) = cells(&format!(
        "{HEAD}[[case]]\nmethod = \"Orders/Get\"\nas = \"viewer\"\nexpect = \"allowed\""
    ));
    for (verdict, outcome) in [
        (Verdict::Fail, Class::Denied),
        (Verdict::Pass, Class::Allowed),
        (Verdict::Inconclusive, Class::Inconclusive),
    ] {
        let judged = Judged {
            verdict,
            outcome,
            reason: None,
        };
        let weighed = Life::default().weigh(&suite, &expansion.cells[0], judged.clone(), None);
        assert_eq!(weighed, judged);
    }
}

#[test]
fn an_unknown_method_shows_life_where_only_denials_without_credentials_are_asked_for() {
    for (expect, shows) in [
        ("{ anonymous = \"denied\" }", true),
        ("{ anonymous = \"UNAUTHENTICATED\" }", true),
        ("{ anonymous = \"denied\", viewer = \"denied\" }", false),
        ("{ anonymous = \"allowed\" }", false),
    ] {
        let (suite, expansion) = cells(&format!(
            "{HEAD}[[matrix]]\nmethods = [\"shop.v1.Orders/Get\"]\nexpect = {expect}"
        ));
        let all: Vec<_> = expansion.cells.iter().collect();
        assert_eq!(by_unknown_method(&suite, &all), shows, "{expect}");
    }
}
