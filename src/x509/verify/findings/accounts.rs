//! Which finding accounts for which of webpki's errors.

use webpki::Error;

use crate::x509::verify::findings::finding::Finding;
use crate::x509::walk::WalkEnd;

/// Whether the error is about a revocation list.
pub(super) fn is_revocation(error: &Error) -> bool {
    matches!(
        error,
        Error::CertRevoked
            | Error::CrlExpired { .. }
            | Error::UnknownRevocationStatus
            | Error::IssuerNotCrlSigner
            | Error::InvalidCrlNumber
            | Error::InvalidCrlSignatureForPublicKey
            | Error::UnsupportedCrlIssuingDistributionPoint
            | Error::UnsupportedCrlVersion
            | Error::UnsupportedDeltaCrl
            | Error::UnsupportedIndirectCrl
            | Error::UnsupportedCrlSignatureAlgorithmContext(_)
            | Error::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_)
    )
}

/// Whether `finding` is what `error` is about.
pub(super) fn accounts_for(finding: &Finding, error: &Error) -> bool {
    use Finding as F;
    if matches!(finding, F::Other { error: known } if known == error) {
        return true;
    }
    match error {
        Error::CertExpired { .. } => {
            matches!(finding, F::Expired { .. }) || ends_at_a_root(finding)
        }
        Error::CertNotValidYet { .. } => {
            matches!(finding, F::NotYetValid { .. }) || ends_at_a_root(finding)
        }
        Error::UnknownIssuer => matches!(finding, F::NoPath { .. }),
        Error::InvalidSignatureForPublicKey => {
            matches!(finding, F::NoPath { .. } | F::WeakKey { .. })
        }
        Error::CaUsedAsEndEntity => *finding == F::LeafIsCa,
        Error::EndEntityUsedAsCa => matches!(finding, F::NotACa { .. }),
        Error::PathLenConstraintViolated => matches!(finding, F::PathLength { .. }),
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => {
            matches!(finding, F::ExtendedKeyUsage { .. })
        }
        Error::UnsupportedCriticalExtension => matches!(finding, F::UnknownCritical { .. }),
        Error::UnsupportedCertVersion => matches!(finding, F::Version { .. }),
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => matches!(
            finding,
            F::UnsupportedSignature { .. } | F::NoPath { .. } | F::WeakKey { .. }
        ),
        Error::NameConstraintViolation => matches!(finding, F::NameConstraint { .. }),
        error if is_revocation(error) => matches!(finding, F::Revocation { .. }),
        _ => false,
    }
}

/// That root's own dates may be what webpki met; they count for nothing.
fn ends_at_a_root(finding: &Finding) -> bool {
    matches!(
        finding,
        Finding::NoPath {
            end: WalkEnd::SelfSignedNotTrusted { .. }
        }
    )
}
