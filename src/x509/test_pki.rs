//! Certificates for this module's tests: made by rcgen, valid from 2020 to 2040, judged in 2030.

use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::DistinguishedName;
use rcgen::DnType;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::IsCa;
use rcgen::Issuer;
use rcgen::KeyPair;
use rcgen::KeyUsagePurpose;
use rustls::pki_types::CertificateDer;
use time::OffsetDateTime;

use crate::x509::anchors::Anchor;
use crate::x509::anchors::AnchorOrigin;
use crate::x509::anchors::TrustAnchors;

pub(crate) type Der = CertificateDer<'static>;

/// The first of January of a year.
pub(crate) fn year(year: i32) -> OffsetDateTime {
    rcgen::date_time_ymd(year, 1, 1)
}

/// When everything is judged.
pub(crate) fn now() -> OffsetDateTime {
    year(2030)
}

pub(crate) struct Authority {
    pub der: Der,
    issuer: Issuer<'static, KeyPair>,
}

/// For `tweak`: as made by default.
pub(crate) fn plain(_: &mut CertificateParams) {}

/// For `tweak`: expired in 2029.
pub(crate) fn expired(params: &mut CertificateParams) {
    params.not_after = year(2029);
}

/// For `tweak`: valid from 2031.
pub(crate) fn future(params: &mut CertificateParams) {
    params.not_before = year(2031);
}

impl Authority {
    pub fn root(name: &str, tweak: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = ca(name);
        tweak(&mut params);
        let key = KeyPair::generate().unwrap();
        let der = params.self_signed(&key).unwrap().der().clone();
        let issuer = Issuer::new(params, key);
        Self { der, issuer }
    }

    pub fn intermediate(&self, name: &str, tweak: impl FnOnce(&mut CertificateParams)) -> Self {
        let mut params = ca(name);
        tweak(&mut params);
        let key = KeyPair::generate().unwrap();
        let der = params.signed_by(&key, &self.issuer).unwrap().der().clone();
        let issuer = Issuer::new(params, key);
        Self { der, issuer }
    }

    /// Another self-signed certificate of this authority's key.
    pub fn renewed(&self, name: &str, tweak: impl FnOnce(&mut CertificateParams)) -> Der {
        let mut params = ca(name);
        tweak(&mut params);
        params.self_signed(self.issuer.key()).unwrap().der().clone()
    }

    /// A certificate of this authority for another one's name and key.
    pub fn certify(
        &self,
        name: &str,
        other: &Self,
        tweak: impl FnOnce(&mut CertificateParams),
    ) -> Der {
        let mut params = ca(name);
        tweak(&mut params);
        let key = other.issuer.key();
        params.signed_by(key, &self.issuer).unwrap().der().clone()
    }

    pub fn leaf(&self, names: &[&str], tweak: impl FnOnce(&mut CertificateParams)) -> Der {
        let mut params = server(names);
        tweak(&mut params);
        let key = KeyPair::generate().unwrap();
        params.signed_by(&key, &self.issuer).unwrap().der().clone()
    }
}

impl Authority {
    /// A revocation list with one serial number, from 2025 to 2035.
    pub fn revoke(&self, serial: u64) -> Vec<u8> {
        let params = rcgen::CertificateRevocationListParams {
            this_update: year(2025),
            next_update: year(2035),
            crl_number: 1.into(),
            issuing_distribution_point: None,
            revoked_certs: vec![rcgen::RevokedCertParams {
                serial_number: serial.into(),
                revocation_time: year(2025),
                reason_code: None,
                invalidity_date: None,
            }],
            key_identifier_method: rcgen::KeyIdMethod::Sha256,
        };
        params.signed_by(&self.issuer).unwrap().der().to_vec()
    }
}

pub(crate) fn self_signed(names: &[&str], tweak: impl FnOnce(&mut CertificateParams)) -> Der {
    let mut params = server(names);
    tweak(&mut params);
    let key = KeyPair::generate().unwrap();
    params.self_signed(&key).unwrap().der().clone()
}

pub(crate) fn trust(certificates: &[&Der]) -> TrustAnchors {
    let anchors = certificates.iter().enumerate().map(|(index, der)| Anchor {
        der: (*der).clone(),
        origin: AnchorOrigin::File {
            path: "ca.pem".into(),
            line: index + 1,
        },
    });
    TrustAnchors::new(anchors.collect()).unwrap()
}

/// A name of one common name.
pub(crate) fn common_name(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}

fn ca(name: &str) -> CertificateParams {
    let mut params = dated(&[]);
    params.distinguished_name = common_name(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

fn server(names: &[&str]) -> CertificateParams {
    let mut params = dated(names);
    params.distinguished_name = common_name("server");
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params
}

fn dated(names: &[&str]) -> CertificateParams {
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let mut params = CertificateParams::new(names).unwrap();
    params.not_before = year(2020);
    params.not_after = year(2040);
    params.use_authority_key_identifier_extension = true;
    params
}

/// A PEM fixture's first certificate.
pub(crate) fn fixture(pem: &str) -> Der {
    use rustls::pki_types::pem::PemObject as _;
    Der::from_pem_slice(pem.as_bytes()).unwrap()
}
