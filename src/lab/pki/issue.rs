//! How one certificate is made.

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::CertifiedIssuer;
use rcgen::DistinguishedName;
use rcgen::DnType;
use rcgen::Error;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use rcgen::PublicKeyData;
use rcgen::SanType;
use rcgen::SigningKey;
use rustls::pki_types::CertificateDer;
use time::Duration;
use time::OffsetDateTime;

use super::Authority;
use super::Identity;
use super::identity::Key;

/// From and until when.
pub(super) type Validity = (OffsetDateTime, OffsetDateTime);

/// An authority's: ten years from an hour ago.
pub(super) fn years(now: OffsetDateTime) -> Validity {
    (now - Duration::HOUR, now + Duration::days(3652))
}

/// A leaf's: 90 days from an hour ago.
pub(super) fn quarter(now: OffsetDateTime) -> Validity {
    (now - Duration::HOUR, now + Duration::days(90))
}

/// 90 days that ended three days ago.
pub(super) fn past(now: OffsetDateTime) -> Validity {
    (now - Duration::days(93), now - Duration::days(3))
}

/// 90 days that begin in three days.
pub(super) fn future(now: OffsetDateTime) -> Validity {
    (now + Duration::days(3), now + Duration::days(93))
}

/// For `tweak`: nothing is changed.
pub(super) fn as_made(_: &mut CertificateParams) {}

/// A self-signed authority.
pub(super) fn root(name: &'static str, validity: Validity) -> Result<Authority, Error> {
    CertifiedIssuer::self_signed(authority(name, validity), KeyPair::generate()?)
}

/// An authority below another.
pub(super) fn intermediate(
    name: &'static str,
    validity: Validity,
    issuer: &Authority,
    tweak: impl FnOnce(&mut CertificateParams),
) -> Result<Authority, Error> {
    let mut params = authority(name, validity);
    tweak(&mut params);
    CertifiedIssuer::signed_by(params, KeyPair::generate()?, issuer)
}

/// What stands in an authority's certificate.
pub(super) fn authority(name: &'static str, validity: Validity) -> CertificateParams {
    let mut params = dated(name, validity);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn dated(common_name: &'static str, (from, until): Validity) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params
        .distinguished_name
        .push(DnType::OrganizationName, "grpcauth lab");
    params
        .distinguished_name
        .push(DnType::CommonName, common_name);
    params.not_before = from;
    params.not_after = until;
    params.use_authority_key_identifier_extension = true;
    params
}

/// What is to stand in an end-entity certificate.
pub(super) struct Leaf {
    file: &'static str,
    params: CertificateParams,
}

impl Leaf {
    /// A server's, for DNS names and IP addresses.
    pub(super) fn server(file: &'static str, names: &[&'static str], validity: Validity) -> Self {
        let common_name = names.first().copied().unwrap_or_default();
        let mut leaf = Self::new(file, common_name, validity);
        leaf.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        leaf.params.subject_alt_names = names.iter().map(|name| alternative(name)).collect();
        leaf
    }

    /// A client's, whose common name is the user's.
    pub(super) fn client(file: &'static str, user: &'static str, validity: Validity) -> Self {
        let mut leaf = Self::new(file, user, validity);
        leaf.params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        leaf
    }

    fn new(file: &'static str, common_name: &'static str, validity: Validity) -> Self {
        let mut params = dated(common_name, validity);
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        Self { file, params }
    }

    /// The same, changed.
    pub(super) fn with(mut self, tweak: impl FnOnce(&mut CertificateParams)) -> Self {
        tweak(&mut self.params);
        self
    }

    /// Signed by `issuer`, presented alone.
    pub(super) fn issued_by<S: SigningKey>(
        self,
        issuer: &Issuer<'_, S>,
    ) -> Result<Identity, Error> {
        self.for_key(KeyPair::generate()?, issuer)
    }

    /// Signed by `issuer`, for this key, presented alone.
    pub(super) fn for_key<S: SigningKey>(
        self,
        key: KeyPair,
        issuer: &Issuer<'_, S>,
    ) -> Result<Identity, Error> {
        Ok(Identity {
            file: self.file,
            chain: vec![self.certify(&key, issuer)?],
            key: Key::Own(Box::new(key)),
        })
    }

    /// The certificate for a public key whose private one need not be there.
    pub(super) fn certify<S: SigningKey>(
        self,
        key: &impl PublicKeyData,
        issuer: &Issuer<'_, S>,
    ) -> Result<CertificateDer<'static>, Error> {
        Ok(self.params.signed_by(key, issuer)?.der().clone())
    }

    /// Signed by `issuer`, and presented with its certificate.
    pub(super) fn below(self, issuer: &Authority) -> Result<Identity, Error> {
        let mut identity = self.issued_by(issuer)?;
        identity.chain.push(issuer.der().clone());
        Ok(identity)
    }

    /// Signed by its own key.
    pub(super) fn self_signed(self) -> Result<Identity, Error> {
        let key = KeyPair::generate()?;
        Ok(Identity {
            file: self.file,
            chain: vec![self.params.self_signed(&key)?.der().clone()],
            key: Key::Own(Box::new(key)),
        })
    }
}

/// An IP address as one, anything else as a DNS name.
fn alternative(name: &str) -> SanType {
    match name.parse() {
        Ok(address) => SanType::IpAddress(address),
        Err(_) => dns_name(name),
    }
}

/// A DNS name, whatever it looks like.
pub(super) fn dns_name(name: &str) -> SanType {
    SanType::DnsName(name.try_into().expect("the lab's names are ASCII"))
}
