use super::*;

/// What is proven, the one to mend first in front.
pub(crate) fn proven(evidence: &Evidence) -> Vec<&'static str> {
    ids(&prove_all(evidence))
}

/// What is warned of.
pub(crate) fn warned(evidence: &Evidence) -> Vec<&'static str> {
    ids(&warn_all(evidence))
}

fn ids(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.id).collect()
}

/// The finding of this id, proven or warned of.
pub(crate) fn finding(evidence: &Evidence, id: &str) -> Finding {
    let mut all = prove_all(evidence);
    all.extend(warn_all(evidence));
    let all_ids = ids(&all);
    all.into_iter()
        .find(|finding| finding.id == id)
        .unwrap_or_else(|| panic!("{id} is not among {all_ids:?}"))
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
fn every_page_is_written() {
    for row in rows() {
        for text in [row.meaning, row.established] {
            assert!(text.ends_with('.'), "{}: {text}", row.id);
            assert!(!text.contains("  "), "{}: {text}", row.id);
        }
        assert!(!row.mend.is_empty(), "{}", row.id);
        for (place, cure) in row.mend {
            assert!(!place.is_empty() && !cure.is_empty(), "{}", row.id);
            assert!(!cure.contains("  "), "{}: {cure}", row.id);
        }
    }
}
