//! Certificates and trust anchors in words: which one, by number, name and digest, and where it
//! came from.

use crate::text::aside::aside;
use crate::x509::AnchorOrigin;
use crate::x509::Facts;
use crate::x509::verify::Role;
use crate::x509::walk::Place;

/// How many trust anchors are named one by one.
const NAMED: usize = 3;

/// `the server's certificate`, `intermediate certificate 1`.
pub(crate) fn short(index: usize) -> String {
    match index {
        0 => "the server's certificate".to_owned(),
        index => format!("intermediate certificate {index}"),
    }
}

/// A presented certificate, for an evidence line.
pub(crate) fn presented(connection: &ConnectionCase<'_>, index: usize) -> String {
    let count = connection.chain().len();
    let place = format!("certificate {index} of the {count} presented");
    match connection.chain().get(index) {
        Some(Ok(facts)) => format!(
            "{}: {}{}",
            role_of(index, facts),
            identity(facts),
            aside(format!(" ({place})"))
        ),
        _ => format!("{place}: unreadable"),
    }
}

fn role_of(index: usize, facts: &Facts) -> &'static str {
    match index {
        0 if facts.is_ca => "first, a CA's certificate",
        0 => "leaf certificate",
        _ if facts.self_issued => "root certificate",
        _ if facts.is_ca => "intermediate certificate",
        _ => "certificate, no CA's",
    }
}

/// Subject, issuer and digest.
pub(crate) fn identity(facts: &Facts) -> String {
    let Facts {
        subject,
        issuer,
        sha256,
        ..
    } = facts;
    format!(
        "{}, issued by {}{}",
        named(subject),
        named(issuer),
        aside(format!(", sha256 {sha256}"))
    )
}

/// A distinguished name; one that is empty is said to be.
pub(crate) fn named(name: &str) -> &str {
    match name {
        "" => "(no name)",
        name => name,
    }
}

/// The word for a role.
pub(crate) fn role(role: Role) -> &'static str {
    match role {
        Role::Leaf => "leaf",
        Role::Intermediate => "intermediate",
    }
}

/// A trust anchor, for an evidence line.
pub(crate) fn anchor(connection: &ConnectionCase<'_>, index: usize) -> String {
    let Some(anchor) = connection.anchors().anchors().get(index) else {
        return "a trust anchor".to_owned();
    };
    match Facts::read(&anchor.der) {
        Ok(facts) => format!(
            "trust anchor: {} ({}){}",
            named(&facts.subject),
            anchor.origin,
            aside(format!(", sha256 {}", facts.sha256))
        ),
        Err(_) => format!("trust anchor from {}", anchor.origin),
    }
}

/// Where an anchor came from: `ca.pem:12`.
pub(crate) fn anchor_origin(connection: &ConnectionCase<'_>, index: usize) -> String {
    let anchor = connection.anchors().anchors().get(index);
    anchor.map_or_else(
        || "the trusted certificates".to_owned(),
        |anchor| anchor.origin.to_string(),
    )
}

/// Either.
pub(crate) fn at(connection: &ConnectionCase<'_>, place: Place) -> String {
    match place {
        Place::Presented(index) => presented(connection, index),
        Place::Anchor(index) => anchor(connection, index),
    }
}

/// The presented certificates on the way, and where the way ended.
pub(crate) fn way(connection: &ConnectionCase<'_>) -> Vec<String> {
    let steps = &connection.walk().steps;
    steps
        .iter()
        .map(|step| presented(connection, step.index))
        .collect()
}

/// The index of the last presented certificate on the way.
pub(crate) fn last_reached(connection: &ConnectionCase<'_>) -> Option<usize> {
    connection.walk().steps.last().map(|step| step.index)
}

/// What is trusted: how many certificates, whose, from where.
pub(crate) fn trusted(connection: &ConnectionCase<'_>) -> String {
    let anchors = connection.anchors().anchors();
    let of_files: Vec<_> = anchors
        .iter()
        .filter(|anchor| anchor.origin != AnchorOrigin::System)
        .collect();
    let system = anchors.len() - of_files.len();
    let mut parts = Vec::new();
    if !of_files.is_empty() {
        let names = of_files.iter().take(NAMED).map(|anchor| {
            let subject = Facts::read(&anchor.der).map_or_else(
                |_| "an unreadable certificate".to_owned(),
                |facts| named(&facts.subject).to_owned(),
            );
            format!("{subject} ({})", anchor.origin)
        });
        let names = names.collect::<Vec<_>>().join("; ");
        parts.push(match of_files.len() {
            1 => format!("1 certificate: {names}"),
            count if count <= NAMED => format!("{count} certificates: {names}"),
            count => format!("{count} certificates: {names}; and {} more", count - NAMED),
        });
    }
    if system > 0 {
        parts.push(format!("this system's {system} roots"));
    }
    match parts.is_empty() {
        true => "trusted: nothing".to_owned(),
        false => format!("trusted: {}", parts.join(", and ")),
    }
}

/// What of the trusted certificates a hint calls by name: the files, or the system.
pub(crate) fn trust_source(connection: &ConnectionCase<'_>) -> String {
    match &connection.trust {
        Some(trust) if !trust.files.is_empty() => {
            let files: Vec<String> = trust
                .files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            files.join(", ")
        }
        _ => "this system's roots".to_owned(),
    }
}

/// The names in the leaf, for an evidence line.
pub(crate) fn presented_names(facts: &Facts) -> String {
    match facts.san.is_empty() {
        true => "names in the certificate: none (no subject alternative name)".to_owned(),
        false => {
            let names: Vec<String> = facts.san.iter().map(ToString::to_string).collect();
            format!("names in the certificate: {}", names.join(", "))
        }
    }
}
use crate::verdict::case::ConnectionCase;
