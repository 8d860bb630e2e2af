use std::fs;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::connect::Failure;
use crate::connect::Phase;
use crate::connect::report::ResolveFailure;
use crate::evidence::handshakes::*;
use crate::peer_text;
use crate::verdict::diagnoses::page::Page;

/// What is proven, the one to fix first in front.
pub(crate) fn proven(evidence: &Evidence) -> Vec<&'static str> {
    ids(&prove_all(&Case::new(evidence)))
}

/// What is warned of.
pub(crate) fn warned(evidence: &Evidence) -> Vec<&'static str> {
    ids(&warn_all(&Case::new(evidence)))
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.id).collect()
}

/// The further facts that are asked for.
pub(crate) fn wished(evidence: &Evidence) -> Vec<FollowUp> {
    follow_ups(&Case::new(evidence).connection)
}

/// The finding of this id, proven or warned of.
pub(crate) fn finding(evidence: &Evidence, id: &str) -> Finding {
    let case = Case::new(evidence);
    let mut all = prove_all(&case);
    all.extend(warn_all(&case));
    let all_ids = ids(&all);
    let found = all.into_iter().find(|finding| finding.id == id);
    as_shown(found.unwrap_or_else(|| panic!("{id} is not among {all_ids:?}")))
}

/// With what peers wrote as it is shown.
pub(crate) fn as_shown(finding: Finding) -> Finding {
    let lines = finding.evidence.iter();
    Finding {
        cause: peer_text::plain(&finding.cause),
        evidence: lines.map(|line| peer_text::plain(line)).collect(),
        hint: peer_text::plain(&finding.hint),
        ..finding
    }
}

/// All that a finding says, as one text.
pub(crate) fn text(finding: &Finding) -> String {
    let mut text = vec![finding.cause.clone()];
    text.extend(finding.evidence.clone());
    text.push(finding.hint.clone());
    text.join("\n")
}

#[test]
fn ids_are_unique_and_stand_in_their_family() {
    let mut seen = Vec::new();
    for family in ALL {
        for row in *family {
            assert!(!seen.contains(&row.id), "{}", row.id);
            assert_eq!(row.family(), family[0].family(), "{}", row.id);
            seen.push(row.id);
        }
    }
}

#[test]
fn what_a_row_yields_to_is_a_row_or_a_family() {
    for row in rows() {
        for name in row.yields_to {
            let is_family = families().contains(name);
            assert!(is_family || find(name).is_some(), "{}: {name}", row.id);
        }
    }
}

#[test]
fn no_family_uses_another() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verdict/diagnoses");
    let families = families();
    for row in rows() {
        let (family, name) = row.id.split_once('.').unwrap();
        let of_row = format!("{family}/{}.rs", name.replace(['.', '-'], "_"));
        for file in [of_row, format!("{family}.rs")] {
            let text = fs::read_to_string(directory.join(&file)).unwrap();
            for other in families.iter().filter(|other| **other != family) {
                let uses = [";", "::"].map(|end| format!("diagnoses::{other}{end}"));
                assert!(
                    !uses.iter().any(|used| text.contains(used)),
                    "{file}: {other}"
                );
            }
        }
    }
}

/// Else two rows would each leave the word to the other, and neither be given.
#[test]
fn no_row_yields_in_a_circle() {
    fn follow(row: &'static Diagnosis, way: &mut Vec<&'static str>) {
        assert!(!way.contains(&row.id), "{way:?} leads to {}", row.id);
        way.push(row.id);
        for other in rows().filter(|other| row.yields(other)) {
            follow(other, way);
        }
        way.pop();
    }
    for row in rows() {
        follow(row, &mut Vec::new());
    }
}

#[test]
fn every_page_is_written() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verdict/diagnoses");
    for row in rows() {
        let page = Page::parse(row.page).unwrap_or_else(|why| panic!("{}: {why}", row.id));
        for text in [&page.meaning, &page.proof] {
            assert!(text.ends_with('.'), "{}: {text}", row.id);
        }
        let (family, name) = row.id.split_once('.').unwrap();
        let file = format!("{family}/{}.md", name.replace(['.', '-'], "_"));
        assert!(
            fs::read_to_string(directory.join(&file)).is_ok_and(|text| text == row.page),
            "{} does not have the page {file}",
            row.id
        );
    }
}

#[test]
fn no_failed_handshake_goes_without_a_word() {
    let deadline = |phase| Failure::Deadline {
        phase,
        after: Duration::from_secs(10),
    };
    let mut failures = vec![
        Failure::Connect,
        Failure::Alpn { chosen: None },
        Failure::Alpn {
            chosen: Some(b"http/1.1".to_vec()),
        },
        Failure::Http2 {
            text: "broken pipe".to_owned(),
        },
        Failure::Tls(rustls::Error::General("odd".to_owned())),
        Failure::Tls(rustls::Error::NoApplicationProtocol),
        Failure::Tls(rustls::PeerIncompatible::NullCompressionRequired.into()),
        Failure::Tls(rustls::PeerMisbehaved::TooMuchEarlyDataReceived.into()),
        Failure::Tls(rustls::CertificateError::BadSignature.into()),
    ];
    for phase in [Phase::Resolve, Phase::Connect, Phase::Tls] {
        failures.push(deadline(phase));
        for reset in [false, true] {
            failures.push(Failure::Closed { phase, reset });
        }
    }
    for kind in [
        ResolveFailure::NotFound,
        ResolveFailure::Temporary,
        ResolveFailure::Other,
    ] {
        let text = "the resolver's words".to_owned();
        failures.push(Failure::Resolve { kind, text });
    }
    for phase in [Phase::Resolve, Phase::Connect, Phase::Tls] {
        let after = Duration::from_millis(1);
        failures.push(Failure::Deadline { phase, after });
    }
    for alert in 0..=u8::MAX {
        let alert = rustls::AlertDescription::from(alert);
        failures.push(Failure::Tls(rustls::Error::AlertReceived(alert)));
    }
    for failure in failures {
        let evidence = tls_failure(failure.clone(), b"");
        assert_eq!(proven(&evidence).len(), 1, "{failure:?}");
    }
}
