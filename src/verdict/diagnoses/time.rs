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
use crate::x509::verify::Finding;
use crate::x509::verify::Role;

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
    Proof {
        side: Some(Side::Server),
        cause: format!("{} expired {ago} ago", certificates::short(index)),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "not after {}; the clock here says {}",
                rfc3339(not_after),
                rfc3339(connection.clock)
            ),
        ],
        hint: match index {
            0 => format!(
                "ask whoever runs {host} to renew its certificate (cert-manager: `cmctl renew NAME`) and reload the server"
            ),
            _ => format!(
                "ask whoever runs {host} to send the renewed intermediate, which the CA publishes, in place of this one, and reload the server"
            ),
        },
    }
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
            "{} is not valid yet: its time begins in {wait}",
            certificates::short(index)
        ),
        evidence: vec![
            certificates::presented(connection, index),
            format!(
                "not before {}; the clock here says {}",
                rfc3339(not_before),
                rfc3339(connection.clock)
            ),
        ],
        hint: format!(
            "check the clock here with `date -u`; if it is right, ask whoever runs {} to present the certificate that is valid now, or to have this one issued again (the CA's clock may have been ahead)",
            connection.asked.host
        ),
    }
}

#[cfg(test)]
mod tests;
