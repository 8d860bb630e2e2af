//! How one certificate is made.

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::CertifiedIssuer;
use rcgen::DistinguishedName;
use rcgen::DnType;
use rcgen::Error;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use time::Duration;
use time::OffsetDateTime;

use super::Authority;
use super::Identity;

/// From and until when.
type Validity = (OffsetDateTime, OffsetDateTime);

/// What is to stand in an end-entity certificate.
pub struct Leaf {
    file: &'static str,
    common_name: &'static str,
    names: Vec<String>,
    purpose: ExtendedKeyUsagePurpose,
    validity: Validity,
}

/// A self-signed authority.
pub fn root(name: &'static str, now: OffsetDateTime) -> Result<Authority, Error> {
    let parameters = authority(name, now, BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(parameters, KeyPair::generate()?)
}

/// An authority below `root` that issues leaves alone.
pub fn intermediate(
    name: &'static str,
    now: OffsetDateTime,
    root: &Authority,
) -> Result<Authority, Error> {
    let parameters = authority(name, now, BasicConstraints::Constrained(0));
    CertifiedIssuer::signed_by(parameters, KeyPair::generate()?, root)
}

fn authority(
    name: &'static str,
    now: OffsetDateTime,
    constraints: BasicConstraints,
) -> CertificateParams {
    let ten_years = Duration::days(3652);
    let mut parameters = parameters(name, (now - Duration::HOUR, now + ten_years));
    parameters.is_ca = IsCa::Ca(constraints);
    parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    parameters
}

fn parameters(common_name: &'static str, (from, until): Validity) -> CertificateParams {
    let mut parameters = CertificateParams::default();
    parameters.distinguished_name = DistinguishedName::new();
    parameters
        .distinguished_name
        .push(DnType::OrganizationName, "grpcauth lab");
    parameters
        .distinguished_name
        .push(DnType::CommonName, common_name);
    parameters.not_before = from;
    parameters.not_after = until;
    parameters.use_authority_key_identifier_extension = true;
    parameters
}

impl Leaf {
    /// A server's, for DNS names and IP addresses.
    pub fn server(file: &'static str, names: &[&'static str], validity: Validity) -> Self {
        Self {
            file,
            common_name: names.first().copied().unwrap_or_default(),
            names: names.iter().map(ToString::to_string).collect(),
            purpose: ExtendedKeyUsagePurpose::ServerAuth,
            validity,
        }
    }

    /// A client's, whose common name is the user's.
    pub fn client(file: &'static str, user: &'static str, validity: Validity) -> Self {
        Self {
            file,
            common_name: user,
            names: Vec::new(),
            purpose: ExtendedKeyUsagePurpose::ClientAuth,
            validity,
        }
    }

    /// Signed by `issuer`; `presented_with` follows it in the chain.
    pub fn issued_by(
        self,
        issuer: &Authority,
        presented_with: Option<&Authority>,
    ) -> Result<Identity, Error> {
        let key = KeyPair::generate()?;
        let certificate = self.parameters()?.signed_by(&key, issuer)?;
        let mut identity = self.identity(&certificate, key);
        if let Some(authority) = presented_with {
            identity.chain.push(authority.der().clone());
            identity.pem.push_str(&authority.pem());
        }
        Ok(identity)
    }

    /// Signed by its own key.
    pub fn self_signed(self) -> Result<Identity, Error> {
        let key = KeyPair::generate()?;
        let certificate = self.parameters()?.self_signed(&key)?;
        Ok(self.identity(&certificate, key))
    }

    fn identity(&self, certificate: &rcgen::Certificate, key: KeyPair) -> Identity {
        Identity {
            file: self.file,
            chain: vec![certificate.der().clone()],
            pem: certificate.pem(),
            key,
        }
    }

    fn parameters(&self) -> Result<CertificateParams, Error> {
        let names = CertificateParams::new(self.names.clone())?.subject_alt_names;
        let mut parameters = parameters(self.common_name, self.validity);
        parameters.subject_alt_names = names;
        parameters.is_ca = IsCa::ExplicitNoCa;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        parameters.extended_key_usages = vec![self.purpose.clone()];
        Ok(parameters)
    }
}
