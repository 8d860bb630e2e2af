use crate::evidence::Evidence;
use crate::evidence::answers;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

#[test]
fn the_certificate_that_is_out_of_its_time_is_named() {
    let root = Authority::root("root", plain);
    let good = root.intermediate("issuing", plain);
    let old = root.intermediate("old", expired);
    let early = root.intermediate("early", future);
    for (leaf, issuer, id, place) in [
        (
            good.leaf(&[HOST], expired),
            &good,
            "time.expired.leaf",
            "leaf certificate: ",
        ),
        (
            old.leaf(&[HOST], plain),
            &old,
            "time.expired.intermediate",
            "intermediate certificate: CN=old",
        ),
        (
            good.leaf(&[HOST], future),
            &good,
            "time.not-yet-valid.leaf",
            "leaf certificate: ",
        ),
        (
            early.leaf(&[HOST], plain),
            &early,
            "time.not-yet-valid.intermediate",
            "intermediate certificate: CN=early",
        ),
    ] {
        let evidence = presented(&[&leaf, &issuer.der], &[&root.der], HOST);
        assert_eq!(proven(&evidence), [id]);
        let said = text(&finding(&evidence, id));
        assert!(said.contains(place), "{said}");
        assert!(said.contains("local clock: 2030-01-01T00:00:00Z"), "{said}");
    }
}

#[test]
fn expired_and_for_another_name_are_both_told_the_first_to_mend_in_front() {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&["other.test"], expired);
    let evidence = presented(&[&leaf], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["time.expired.leaf", "name.mismatch"]);
}

#[test]
fn expired_and_of_an_unknown_ca_are_both_told() {
    let root = Authority::root("root", plain);
    let other = Authority::root("other", plain);
    let leaf = other.leaf(&[HOST], expired);
    for (chain, id) in [
        (&[&leaf][..], "trust.no-path"),
        (&[&leaf, &other.der], "trust.unknown-root"),
    ] {
        let evidence = presented(chain, &[&root.der], HOST);
        assert_eq!(proven(&evidence), ["time.expired.leaf", id]);
    }
}

#[test]
fn a_renewed_intermediate_beside_the_expired_one_is_good() {
    let root = Authority::root("root", plain);
    let old = root.intermediate("issuing", expired);
    let renewed = root.certify("issuing", &old, plain);
    let leaf = old.leaf(&[HOST], plain);
    let evidence = presented(&[&leaf, &old.der, &renewed], &[&root.der], HOST);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    assert_eq!(warned(&evidence), Vec::<&str>::new());
}

#[test]
fn a_root_out_of_its_time_is_a_warning() {
    let early = Authority::root("early", future);
    let leaf = early.leaf(&[HOST], plain);
    let accepted = presented(&[&leaf], &[&early.der], HOST);
    assert_eq!(proven(&accepted), Vec::<&str>::new());
    assert_eq!(warned(&accepted), ["time.not-yet-valid.root"]);

    let root = Authority::root("root", expired);
    let leaf = root.leaf(&[HOST], plain);
    let accepted = presented(&[&leaf], &[&root.der], HOST);
    assert_eq!(proven(&accepted), Vec::<&str>::new());
    assert_eq!(warned(&accepted), ["time.expired.root"]);
    let said = text(&finding(&accepted, "time.expired.root"));
    assert!(said.contains("ca.pem:1") && said.contains("Go"), "{said}");
    let refused = presented(&[&leaf], &[&root.der], "else.test");
    assert_eq!(warned(&refused), ["time.expired.root"]);
}

#[test]
fn what_ends_soon_is_named_with_its_days() {
    let root = Authority::root("root", plain);
    let in_days = |days| {
        root.leaf(&[HOST], move |params| {
            params.not_after = now() + ::time::Duration::days(days);
        })
    };
    for (days, warnings) in [
        (31, &[][..]),
        (29, &["time.expires-soon"]),
        (1, &["time.expires-soon"]),
    ] {
        let leaf = in_days(days);
        let evidence = presented(&[&leaf], &[&root.der], HOST);
        assert_eq!(warned(&evidence), warnings, "{days}");
    }
    let leaf = in_days(29);
    let mut evidence = presented(&[&leaf], &[&root.der], HOST);
    let said = text(&finding(&evidence, "time.expires-soon"));
    assert!(said.contains("expires in 29 days"), "{said}");
    evidence = presented(&[&leaf], &[&root.der], HOST);
    evidence.connection_mut().asked.warn_days = 7;
    assert_eq!(warned(&evidence), Vec::<&str>::new());
}

/// An expired server that was called all the same, and its answer's `date`.
fn dated(date: &'static str) -> Evidence {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], expired);
    let mut evidence = presented(&[&leaf], &[&root.der], HOST);
    let answer = answers::status(16, "who are you?");
    let answer = answers::with_headers(answer, &[("date", date)]);
    evidence.call.attempts = vec![attempt(answer)];
    evidence
}

#[test]
fn everything_out_of_date_at_once_is_likely_the_local_clock() {
    let (old, early, good) = (
        Authority::root("old root", expired),
        Authority::root("early root", future),
        Authority::root("root", plain),
    );
    let stranger = Authority::root("stranger", plain);
    let old_issuing = old.intermediate("issuing", expired);
    let leaf = |authority: &Authority, tweak: fn(&mut rcgen::CertificateParams)| {
        authority.leaf(&[HOST], tweak)
    };
    let local = &["time.local-clock"][..];
    for (label, chain, anchors, first, is_told) in [
        ("all expired", vec![leaf(&old, expired)], &old, local, true),
        (
            "three",
            vec![leaf(&old_issuing, expired), old_issuing.der.clone()],
            &old,
            local,
            true,
        ),
        ("all early", vec![leaf(&early, future)], &early, local, true),
        (
            "sent with an unknown root",
            vec![leaf(&old, expired), old.der.clone()],
            &stranger,
            local,
            true,
        ),
        (
            "only the leaf",
            vec![leaf(&good, expired)],
            &good,
            &["time.expired.leaf"],
            false,
        ),
        (
            "leaf and intermediate",
            vec![leaf(&old_issuing, expired), old_issuing.der.clone()],
            &stranger,
            &["time.expired.leaf"],
            false,
        ),
        (
            "the leaf is good",
            vec![leaf(&old_issuing, plain), old_issuing.der.clone()],
            &old,
            &["time.expired.intermediate"],
            false,
        ),
        ("only the root", vec![leaf(&old, plain)], &old, &[], false),
        (
            "one early, one expired",
            vec![leaf(&early, expired)],
            &early,
            &["time.expired.leaf"],
            false,
        ),
    ] {
        let chain: Vec<&Der> = chain.iter().collect();
        let evidence = presented(&chain, &[&anchors.der], HOST);
        let ids = proven(&evidence);
        assert_eq!(ids.first(), first.first(), "{label}: {ids:?}");
        assert_eq!(ids.contains(&"time.local-clock"), is_told, "{label}");
        if is_told {
            let found = finding(&evidence, "time.local-clock");
            assert_eq!(found.side, None);
            let said = text(&found);
            assert!(
                said.contains("likely") && said.contains("local clock: 2030-01-01T00:00:00Z"),
                "{said}"
            );
            assert!(said.matches("valid from").count() >= 2, "{said}");
        }
    }
}

#[test]
fn one_date_against_one_clock_proves_neither_side() {
    let found = finding(&dated("Tue, 01 Feb 2028 10:00:00 GMT"), "time.local-clock");
    assert_eq!(found.side, None);
    let said = text(&found);
    assert!(
        said.contains("2030-01-01T00:00:00Z") && said.contains("2028-02-01T10:00:00Z"),
        "{said}"
    );
}

#[test]
fn an_expired_cross_certificate_below_an_expired_root_is_the_ca_files() {
    let old = Authority::root("old root", expired);
    let current = Authority::root("current root", plain);
    let issuing = current.intermediate("issuing", plain);
    let cross = old.certify("current root", &current, expired);
    let leaf = issuing.leaf(&[HOST], plain);
    let chain = [&leaf, &issuing.der, &cross];
    let refused = presented(&chain, &[&old.der], HOST);
    assert_eq!(proven(&refused), ["time.expired.intermediate"]);
    let found = finding(&refused, "time.expired.intermediate");
    assert!(
        found.hint.contains("ca.pem") && found.hint.contains("CN=current root"),
        "{}",
        found.hint
    );
    assert!(
        !found.hint.contains("renewed intermediate"),
        "{}",
        found.hint
    );
    assert_eq!(
        proven(&presented(&chain, &[&current.der], HOST)),
        Vec::<&str>::new()
    );
    let stranger = Authority::root("stranger", plain);
    let refused = presented(&chain, &[&stranger.der], HOST);
    let hint = finding(&refused, "time.expired.intermediate").hint;
    assert!(
        hint.contains("--cacert") && hint.contains("CN=current root"),
        "{hint}"
    );
    let plain_root = Authority::root("plain root", plain);
    let late = plain_root.intermediate("late", expired);
    let leaf = late.leaf(&[HOST], plain);
    let refused = presented(&[&leaf, &late.der], &[&plain_root.der], HOST);
    let hint = finding(&refused, "time.expired.intermediate").hint;
    assert!(hint.contains("renewed intermediate"), "{hint}");
}

#[test]
fn the_local_clock_is_named_only_where_the_other_clock_explains_it() {
    for (date, id) in [
        ("Tue, 01 Feb 2028 10:00:00 GMT", "time.local-clock"),
        // In agreement with ours, out of the certificate's time as well, or no date.
        ("Tue, 01 Jan 2030 00:01:00 GMT", "time.expired.leaf"),
        ("Fri, 01 Feb 2019 10:00:00 GMT", "time.expired.leaf"),
        ("yesterday", "time.expired.leaf"),
    ] {
        let proven = proven(&dated(date));
        let of_time: Vec<_> = proven.iter().filter(|id| id.starts_with("time.")).collect();
        assert_eq!(of_time, [&id], "{date}");
    }
}

#[test]
fn a_token_endpoints_date_proves_the_local_clock_too() {
    use crate::authenticate::http::Head;
    use crate::authenticate::http::HttpOutcome;
    use crate::authenticate::http::Purpose;
    use crate::authenticate::token_fault::TokenFault;
    use crate::evidence::fetches;
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], expired);
    for (days, id) in [(-700, "time.local-clock"), (0, "time.expired.leaf")] {
        let mut evidence = presented(&[&leaf], &[&root.der], HOST);
        let outcome = HttpOutcome::Answered(Box::new(Head {
            date: Some(evidence.connection.clock + ::time::Duration::days(days)),
            ..fetches::head(302)
        }));
        let exchange = fetches::exchange(&evidence, Purpose::Token, outcome);
        let record = fetches::oauth(vec![exchange]);
        let unobtained = fetches::unobtained("oauth", TokenFault::Redirect, record);
        evidence.caller_mut().unobtained.push(unobtained);
        assert_eq!(proven(&evidence)[0], id, "{days}");
    }
}
