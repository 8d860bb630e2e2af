//! What the lab looks at in a client's certificate.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::SHA256;
use ring::digest::digest;
use rustls::pki_types::CertificateDer;
use x509_parser::prelude::FromDer as _;
use x509_parser::prelude::X509Certificate;

/// `x5t#S256`: SHA-256 of its DER, in base64url (RFC 8705 §3.1).
pub(super) fn thumbprint(certificate: &CertificateDer<'_>) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, certificate))
}

/// The first common name of its subject.
pub(super) fn common_name(certificate: &CertificateDer<'_>) -> Option<String> {
    let (_, certificate) = X509Certificate::from_der(certificate).ok()?;
    let name = certificate.subject().iter_common_name().next()?;
    name.as_str().ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use time::Duration;
    use time::OffsetDateTime;

    use super::*;
    use crate::lab::pki::Pki;

    #[test]
    fn a_certificate_is_known_by_its_name_and_its_digest() {
        let pki = Pki::generate(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)).unwrap();
        let [viewer, admin] = [0, 1].map(|index| pki.clients[index].chain[0].clone());
        assert_eq!(common_name(&admin).as_deref(), Some("admin"));
        assert_eq!(common_name(&CertificateDer::from_slice(b"no DER")), None);
        // 32 bytes in base64url.
        assert_eq!(thumbprint(&viewer).len(), 43);
        assert_ne!(thumbprint(&viewer), thumbprint(&admin));
    }
}
