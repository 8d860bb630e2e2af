//! `revocation`: a certificate that its issuer has taken back.

mod crl;
mod crl_expired;
mod crl_unused;

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::crl::CrlFacts;
use crate::x509::verify::Finding;

pub const ROWS: &[&Diagnosis] = &[&crl::ROW, &crl_expired::ROW, &crl_unused::ROW];

/// Whether this family says why the verifier gave this error.
pub(super) fn explains(evidence: &Evidence, error: &webpki::Error) -> bool {
    match error {
        webpki::Error::CertRevoked => crl::ROW.is_proven(evidence),
        webpki::Error::CrlExpired { .. } => crl_expired::ROW.is_proven(evidence),
        _ => false,
    }
}

/// What the verifier says of the lists.
fn errors(evidence: &Evidence) -> impl Iterator<Item = &webpki::Error> {
    let findings = evidence.connection.chain_findings().iter();
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
