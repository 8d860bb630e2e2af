//! `time`: a certificate is out of its time, or soon will be.

mod expired_intermediate;
mod expired_leaf;
mod expired_root;
mod expires_soon;
mod local_clock;
mod not_yet_valid_intermediate;
mod not_yet_valid_leaf;
mod not_yet_valid_root;

use ::time::OffsetDateTime;

use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::x509::Facts;
use crate::x509::verify::Finding;
use crate::x509::verify::Role;
use crate::x509::walk::WalkEnd;

pub(super) const ROWS: &[&Diagnosis] = &[
    &local_clock::ROW,
    &expired_leaf::ROW,
    &not_yet_valid_leaf::ROW,
    &expired_intermediate::ROW,
    &not_yet_valid_intermediate::ROW,
    &expired_root::ROW,
    &not_yet_valid_root::ROW,
    &expires_soon::ROW,
];

fn expired(connection: &ConnectionCase<'_>, wanted: Role) -> Option<(usize, OffsetDateTime)> {
    connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::Expired {
                index,
                role,
                not_after,
                ..
            } if *role == wanted => Some((*index, *not_after)),
            _ => None,
        })
}

fn not_yet_valid(connection: &ConnectionCase<'_>, wanted: Role) -> Option<(usize, OffsetDateTime)> {
    connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::NotYetValid {
                index,
                role,
                not_before,
                ..
            } if *role == wanted => Some((*index, *not_before)),
            _ => None,
        })
}

fn expired_proof(
    connection: &ConnectionCase<'_>,
    index: usize,
    not_after: OffsetDateTime,
) -> Proof {
    let ago = span(connection.clock - not_after);
    let host = &connection.asked.host;
    if let Some(proof) = crossed_proof(connection, index, not_after) {
        return proof;
    }
    Proof {
        side: Some(Side::Server),
        cause: format!("{} expired {ago} ago", certificates::short(index)),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "not after {}; local clock: {}",
                rfc3339(not_after),
                rfc3339(connection.clock)
            ),
        ],
        hint: match index {
            _ if is_last_without_issuer(connection, index) => format!(
                "name a file with the CA that is trusted for {host} now with --cacert, perhaps {} as a root of its own (its self-signed certificate); if it is an intermediate, ask the operator of {host} to send the renewed one",
                subject_of(connection, index)
            ),
            0 => format!(
                "ask the operator of {host} to renew its certificate (cert-manager: `cmctl renew NAME`) and reload the server"
            ),
            _ => format!(
                "ask the operator of {host} to send the renewed intermediate, which the CA publishes, in place of this one, and reload the server"
            ),
        },
    }
}

/// Whether it is a CA's, and the last before an issuer that is not trusted.
fn is_last_without_issuer(connection: &ConnectionCase<'_>, index: usize) -> bool {
    let is_missing = matches!(connection.no_path(), Some(WalkEnd::MissingIssuer { .. }));
    index > 0 && is_missing && certificates::last_reached(connection) == Some(index)
}

fn subject_of<'a>(connection: &'a ConnectionCase<'_>, index: usize) -> &'a str {
    match connection.chain().get(index) {
        Some(Ok(facts)) => certificates::named(&facts.subject),
        _ => "it",
    }
}

/// A CA that was certified by an older root, and that root has expired too: the CA is a root of its own by now.
fn crossed_proof(
    connection: &ConnectionCase<'_>,
    index: usize,
    not_after: OffsetDateTime,
) -> Option<Proof> {
    let WalkEnd::Anchor(anchor) = connection.walk().end else {
        return None;
    };
    let is_topmost = index > 0 && certificates::last_reached(connection) == Some(index);
    let old = Facts::read(&connection.anchors().anchors().get(anchor)?.der).ok()?;
    if !is_topmost || !old.is_expired(connection.clock) {
        return None;
    }
    let subject = certificates::named(&connection.chain().get(index)?.as_ref().ok()?.subject);
    let old_name = certificates::named(&old.subject);
    Some(Proof {
        side: None,
        cause: format!(
            "{} expired {} ago, and so did {old_name}, the trusted root that issued it",
            certificates::short(index),
            span(connection.clock - not_after)
        ),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "not after {}; local clock: {}",
                rfc3339(not_after),
                rfc3339(connection.clock)
            ),
            certificates::anchor(connection, anchor),
            format!("that root: not after {}", rfc3339(old.not_after)),
        ],
        hint: format!(
            "in {}, replace {old_name} with the root that its CA uses now, likely {subject} itself: the self-signed certificate of that name (--cacert FILE, or leave --cacert out for a public CA)",
            certificates::trust_source(connection)
        ),
    })
}

fn not_yet_valid_proof(
    connection: &ConnectionCase<'_>,
    index: usize,
    not_before: OffsetDateTime,
) -> Proof {
    let wait = span(not_before - connection.clock);
    Proof {
        side: None,
        cause: format!(
            "{} is not valid yet (valid in {wait})",
            certificates::short(index)
        ),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "not before {}; local clock: {}",
                rfc3339(not_before),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "check the local clock with `date -u`; if it is right, ask the operator of {} to present the certificate that is valid now, or to have this one issued again (the CA's clock may have been ahead)",
            connection.asked.host
        ),
    }
}

#[cfg(test)]
mod tests;
