//! The refusals of real servers, through all rows.

use std::collections::BTreeMap;

use crate::verdict::diagnoses::corpus::Row;
use crate::verdict::diagnoses::corpus::rows;
use crate::verdict::diagnoses::first;
use crate::verdict::finding::Side;

/// What a diagnosis says of a label.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Named,
    General,
    Wrong,
}

/// Ids that say who said no, and not why.
const GENERAL: &[&str] = &[
    "credential.rejected",
    "gateway.unauthenticated",
    "gateway.forbidden",
    "gateway.error",
    "permission.denied",
    "grpc.status",
    "grpc.unimplemented-method",
    "grpc.message-too-large",
    "http.not-grpc",
];

fn kind(row: &Row, id: &str, cause: &str) -> Kind {
    let says = |words: &[&str]| words.iter().any(|word| cause.contains(word));
    let nothing_sent = matches!(row.sent, "none" | "mtls");
    let is_named = match row.label {
        "missing" if nothing_sent => {
            matches!(id, "credential.none-sent" | "gateway.unauthenticated")
        }
        "missing" => id == "credential.scheme" || says(&["saw no credential"]),
        "expired" => id == "credential.token-expired",
        "expired+audience" => matches!(id, "credential.token-expired" | "credential.audience"),
        "not-yet-valid" => id == "credential.token-not-yet-valid",
        "audience" => id == "credential.audience",
        "issuer" => id == "credential.issuer",
        "scope" => id == "credential.scope",
        "scheme" => id == "credential.scheme",
        "revoked" => id == "credential.revoked",
        "malformed" => id == "credential.malformed",
        "verifier-failure" => id == "credential.verifier-failed",
        "binding" => id == "credential.certificate-binding" || says(&["is bound to"]),
        "signature" => says(&["signature"]),
        "algorithm" => says(&["algorithm"]),
        "claim" => says(&["a claim that"]),
        "identity-unknown" => {
            says(&["does not know", "does not accept its identity"])
                || (row.sent == "mtls" && id == "permission.denied")
        }
        "role" | "policy-other" => {
            matches!(id, "permission.denied" | "gateway.forbidden") || says(&["a rule refuses"])
        }
        "client-cert" => id.starts_with("mtls."),
        "generic" => GENERAL.contains(&id) || (nothing_sent && id == "credential.none-sent"),
        "not-auth" => {
            GENERAL.contains(&id) && !id.starts_with("credential") && id != "permission.denied"
        }
        other => panic!("an unknown label: {other}"),
    };
    // A client's own error, passed on by the server that it is in: nothing in it is about this caller.
    if matches!(row.id, "r408" | "m076") && id == "credential.rejected" {
        return Kind::General;
    }
    // A reason that is given within a general row is a cause as well.
    let reasons = [
        ("signature", "signature"),
        ("algorithm", "algorithm"),
        ("claim", "a claim that"),
        ("identity-unknown", "does not know"),
        ("binding", "is bound to"),
        ("missing", "saw no credential"),
        ("policy-other", "a rule "),
    ];
    let other = reasons
        .iter()
        .find(|(label, words)| *label != row.label && says(&[words]));
    if !is_named && other.is_some() {
        return Kind::Wrong;
    }
    let is_general = GENERAL.contains(&id) && row.label != "not-auth";
    // Without a credential UNAUTHENTICATED is because there is none, whatever the text says besides.
    let for_want_of_one = id == "credential.none-sent" && row.sent == "none" && row.status == "16";
    match (is_named, is_general || for_want_of_one) {
        (true, _) => Kind::Named,
        (false, true) => Kind::General,
        (false, false) => Kind::Wrong,
    }
}

#[test]
fn no_cause_is_wrong_and_most_are_named() {
    let mut found: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    for row in rows() {
        let Some(finding) = first(&row.evidence()) else {
            found
                .entry(Kind::General)
                .or_default()
                .push(row.id.to_owned());
            continue;
        };
        let kind = kind(&row, finding.id, &finding.cause);
        found.entry(kind).or_default().push(format!(
            "{} {} ({}): {}: {} for {} under {} ({})",
            row.id,
            row.label,
            row.source,
            finding.id,
            finding.cause,
            row.message,
            row.status,
            row.sent
        ));
    }
    let wrong = found.remove(&Kind::Wrong).unwrap_or_default();
    let general = found.remove(&Kind::General).unwrap_or_default();
    assert!(
        wrong.is_empty(),
        "wrong:\n{}\n\ngeneral:\n{}",
        wrong.join("\n"),
        general.join("\n")
    );
    // Fewer than one in twenty.
    let all = rows().len();
    assert!(
        general.len() * 20 <= all,
        "{} of {all} general:\n{}",
        general.len(),
        general.join("\n")
    );
}

#[test]
fn where_the_verifier_failed_the_operator_comes_first() {
    let mut seen = 0;
    for row in rows()
        .into_iter()
        .filter(|row| row.label == "verifier-failure")
    {
        let finding = first(&row.evidence()).unwrap();
        if finding.id == "credential.verifier-failed" {
            seen += 1;
            assert_eq!(finding.side, Some(Side::Server));
            assert!(
                finding.hint.contains("ask the operator"),
                "{}",
                finding.hint
            );
        }
    }
    assert!(seen > 25, "{seen}");
}
