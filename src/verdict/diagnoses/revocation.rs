//! `revocation`: a certificate that its issuer has taken back.

mod crl;
mod crl_expired;
mod crl_unusable;
mod crl_unused;

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::crl::CrlFacts;

pub(super) const ROWS: &[&Diagnosis] = &[
    &crl::ROW,
    &crl_expired::ROW,
    &crl_unusable::ROW,
    &crl_unused::ROW,
];

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
