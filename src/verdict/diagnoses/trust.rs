//! `trust`: no path leads from the server's certificate to a trusted CA.

mod ca_rekeyed;
mod leaf_given_as_ca;
mod no_path;
mod self_signed_leaf;
mod unknown_root;
mod wrong_store;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::certificates;
use crate::verdict::reading::known_certificates;

pub(super) const ROWS: &[&Diagnosis] = &[
    &leaf_given_as_ca::ROW,
    &self_signed_leaf::ROW,
    &ca_rekeyed::ROW,
    &wrong_store::ROW,
    &unknown_root::ROW,
    &no_path::ROW,
];

/// Where a private CA's certificate comes from, for the client's fix.
fn give_ca(connection: &ConnectionCase<'_>, issuer: &str) -> String {
    let issuer = certificates::named(issuer);
    if let Some(file) = known_certificates::authority(issuer) {
        return format!("name a file with the certificate of {issuer}: --cacert FILE ({file})");
    }
    match &connection.trust {
        Some(trust) if !trust.files.is_empty() => format!(
            "name a file with the certificate of {issuer} with --cacert ({} does not hold it)",
            certificates::trust_source(connection)
        ),
        _ => format!("name a file with the certificate of {issuer}: --cacert FILE"),
    }
}

#[cfg(test)]
mod tests;
