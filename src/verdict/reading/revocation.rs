//! What the revocation lists given say of the server's chain, where the verifier refused it by them.

use crate::verdict::case::ConnectionCase;
use crate::x509::crl::CrlFacts;
use crate::x509::crl::Revoked;
use crate::x509::verify::Finding;

/// The certificates that were taken back.
pub(crate) fn revoked(connection: &ConnectionCase<'_>) -> Vec<Revoked> {
    let is_it = |error: &webpki::Error| *error == webpki::Error::CertRevoked;
    match (connection.tls(), &connection.trust) {
        (Some(tls), Some(trust)) if says(connection, is_it) => trust.crls.revoked(&tls.chain),
        _ => Vec::new(),
    }
}

/// The lists that are out of date.
pub(crate) fn outdated(connection: &ConnectionCase<'_>) -> Vec<CrlFacts> {
    let is_it = |error: &webpki::Error| matches!(error, webpki::Error::CrlExpired { .. });
    match (connection.tls(), &connection.trust) {
        (Some(tls), Some(trust)) if says(connection, is_it) => {
            trust.crls.expired(&tls.chain, connection.clock)
        }
        _ => Vec::new(),
    }
}

/// The error about a list, and the lists of the chain's CAs, where neither a revoked certificate nor an outdated list
/// is the reason.
pub(crate) fn unusable(connection: &ConnectionCase<'_>) -> Option<(webpki::Error, Vec<CrlFacts>)> {
    let error = connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::Revocation {
                error: webpki::Error::CertRevoked | webpki::Error::CrlExpired { .. },
            } => None,
            Finding::Revocation { error } => Some(error.clone()),
            _ => None,
        })?;
    let lists = connection
        .trust
        .as_ref()?
        .crls
        .used(&connection.tls()?.chain);
    (!lists.is_empty()).then_some((error, lists))
}

fn says(connection: &ConnectionCase<'_>, is_it: impl Fn(&webpki::Error) -> bool) -> bool {
    let mut findings = connection.chain_findings().iter();
    findings.any(|finding| matches!(finding, Finding::Revocation { error } if is_it(error)))
}
