//! The rules against the refusals of real servers.

use std::collections::BTreeMap;

use super::About;
use crate::verdict::diagnoses::corpus::Row;
use crate::verdict::diagnoses::corpus::rows;
use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;

fn read(row: &Row) -> Option<About> {
    let answer = row.answer();
    let reply = Reply::of(&answer).unwrap();
    About::read(&reply, &Words::of(&reply))
}

/// Whether a reading says what the label says, something general, or something else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    Named,
    General,
    Wrong,
}

fn kind(row: &Row, about: Option<About>) -> Kind {
    use About::*;
    let Some(about) = about else {
        return match row.label {
            // What speaks of the client's certificate is read beside these rules.
            "not-auth" | "generic" | "client-cert" => Kind::Named,
            _ => Kind::General,
        };
    };
    let is_named = match row.label {
        "missing" => about == Missing,
        "expired" => about == Expired,
        "expired+audience" => matches!(about, Expired | Audience),
        "not-yet-valid" => about == NotYetValid,
        "audience" => about == Audience,
        "issuer" => about == Issuer,
        "signature" => about == Signature,
        "algorithm" => about == Algorithm,
        "claim" => about == Claim,
        "binding" => about == Binding,
        "scope" => about == Scope,
        "scheme" => about == Scheme || (about == Malformed && row.sent == "basic"),
        "revoked" => about == Revoked,
        "identity-unknown" => about == Identity,
        "malformed" => about == Malformed,
        "verifier-failure" => about == Verifier,
        "role" | "policy-other" => about.is_of_permission(),
        // To a service that sees the certificate its words are about whom it names.
        "client-cert" if row.sent == "mtls" => matches!(about, Missing | Identity | Role),
        "client-cert" => about == Missing,
        "generic" => matches!(about, Invalid | Missing | Role),
        "not-auth" => row.id == "m076" && about == Invalid,
        other => panic!("an unknown label: {other}"),
    };
    match about {
        _ if is_named => Kind::Named,
        Invalid if row.label != "not-auth" => Kind::General,
        // What is said of a token that was not sent is for want of one, and the diagnosis says that.
        Claim | Identity | Role if row.label == "missing" && row.sent == "none" => Kind::General,
        _ => Kind::Wrong,
    }
}

#[test]
fn every_refusal_is_read_as_its_label_says() {
    let mut found: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    for row in rows() {
        let about = read(&row);
        let line = format!(
            "{} {}: {:?} for {} under {} ({})",
            row.id, row.label, about, row.message, row.status, row.sent
        );
        found.entry(kind(&row, about)).or_default().push(line);
    }
    let wrong = found.remove(&Kind::Wrong).unwrap_or_default();
    let general = found.remove(&Kind::General).unwrap_or_default();
    println!("general:\n{}", general.join("\n"));
    assert!(wrong.is_empty(), "wrong:\n{}", wrong.join("\n"));
    // Fewer than one in fifteen.
    let all = rows().len();
    assert!(
        general.len() * 15 <= all,
        "{} of {all} are general",
        general.len()
    );
}
