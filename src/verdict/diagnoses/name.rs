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
use crate::x509;
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

/// What `--servername` can be set to, for the hint: a name that webpki accepts of this very certificate. Of a
/// wildcard no name is known, only what it ends in.
fn a_name(connection: &ConnectionCase<'_>, leaf: &Facts) -> Option<String> {
    let der = connection.tls()?.chain.first()?;
    let fits = |name: &str| x509::verify::is_for_name(der, name);
    let plain = leaf.san.iter().find_map(|name| match name {
        SubjectAltName::Dns(name) => Some(name.clone()).filter(|name| fits(name)),
        SubjectAltName::Ip(address) => Some(address.to_string()).filter(|name| fits(name)),
        _ => None,
    });
    plain.or_else(|| {
        leaf.san.iter().find_map(|name| match name {
            SubjectAltName::Dns(name) => {
                let parent = name.strip_prefix("*.")?;
                fits(&format!("name.{parent}"))
                    .then(|| format!("NAME.{parent} (NAME: the host's own label)"))
            }
            _ => None,
        })
    })
}

#[cfg(test)]
mod tests;
