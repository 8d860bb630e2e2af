//! `ca`: a certificate that issued another one may not do so.

mod name_constraint;
mod no_cert_sign;
mod not_a_ca;
mod path_length;

use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[
    &not_a_ca::ROW,
    &path_length::ROW,
    &name_constraint::ROW,
    &no_cert_sign::ROW,
];

/// Issuing a CA's certificate well, by tool.
const ISSUE_CA: &[(&str, &str)] = &[
    (
        "CA",
        "Issue the CA's certificate again with `basicConstraints=critical,CA:TRUE` and `keyUsage=critical,keyCertSign,cRLSign`: \
         `openssl x509 -req … -extfile ca.ext`. With the same name and key, the certificates below it stay good.",
    ),
    (
        "Go",
        "`x509.Certificate{IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign}`.",
    ),
    ("cert-manager", "`spec.isCA: true` of the CA's Certificate."),
];

#[cfg(test)]
mod tests;
