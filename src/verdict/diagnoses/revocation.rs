//! `revocation`: a certificate that its issuer has taken back.

mod crl;
mod crl_expired;
mod crl_unused;

use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::crl::CrlFacts;
use crate::x509::verify::Finding;

pub const ROWS: &[&Diagnosis] = &[&crl::ROW, &crl_expired::ROW, &crl_unused::ROW];

/// Whether this family says why the verifier gave this error.
pub(super) fn explains(connection: &ConnectionCase<'_>, error: &webpki::Error) -> bool {
    match error {
        webpki::Error::CertRevoked => crl::ROW.proof_of(connection).is_some(),
        webpki::Error::CrlExpired { .. } => crl_expired::ROW.proof_of(connection).is_some(),
        _ => false,
    }
}

/// What the verifier says of the lists.
fn errors<'a>(connection: &'a ConnectionCase<'_>) -> impl Iterator<Item = &'a webpki::Error> {
    let findings = connection.chain_findings().iter();
    findings.filter_map(|finding| match finding {
        Finding::Revocation { error } => Some(error),
        _ => None,
    })
}

/// A list, for an evidence line.
fn described(list: &CrlFacts) -> String {
    let next = list.next_update.map_or_else(
        || "no next one announced".to_owned(),
        |next| format!("the next one due {}", rfc3339(next)),
    );
    format!(
        "the list in {}: of {}, from {}, {next}",
        list.file.display(),
        list.issuer,
        rfc3339(list.this_update)
    )
}

#[cfg(test)]
mod tests;
