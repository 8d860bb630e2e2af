//! `name`: the server's certificate is not for the name that was asked for.

mod cn_only;
mod ip_in_dns_san;
mod mismatch;
mod no_ip_san;
mod spiffe_mismatch;
mod spiffe_only;
mod wildcard_depth;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::certificates;
use crate::verdict::reading::names;
use crate::x509::Facts;
use crate::x509::SubjectAltName;

pub(super) const ROWS: &[&Diagnosis] = &[
    &cn_only::ROW,
    &wildcard_depth::ROW,
    &ip_in_dns_san::ROW,
    &no_ip_san::ROW,
    &spiffe_only::ROW,
    &spiffe_mismatch::ROW,
    &mismatch::ROW,
];

/// The asked and the presented names, and the certificate.
fn clash(connection: &ConnectionCase<'_>, leaf: &Facts) -> Vec<String> {
    let mut lines = vec![
        format!("name asked for: {}", names::asked_name(connection)),
        certificates::presented_names(leaf),
    ];
    if leaf.san.is_empty()
        && let Some(name) = &leaf.common_name
    {
        lines.push(format!("common name: {name}"));
    }
    lines.push(certificates::presented(connection, 0));
    lines
}

/// A name in the certificate that the client could ask for: for the hint.
fn a_name(leaf: &Facts) -> Option<String> {
    leaf.san.iter().find_map(|name| match name {
        SubjectAltName::Dns(name) => Some(match name.strip_prefix("*.") {
            Some(parent) => format!("host.{parent}"),
            None => name.clone(),
        }),
        SubjectAltName::Ip(address) => Some(address.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
