//! A certificate's extensions, gathered in one pass.

use std::fmt;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;

use x509_parser::asn1_rs::FromDer as _;
use x509_parser::certificate::X509Certificate;
use x509_parser::extensions::AuthorityInfoAccess;
use x509_parser::extensions::CRLDistributionPoints;
use x509_parser::extensions::DistributionPointName;
use x509_parser::extensions::ExtendedKeyUsage;
use x509_parser::extensions::GeneralName;
use x509_parser::extensions::KeyUsage;
use x509_parser::extensions::ParsedExtension;
use x509_parser::extensions::X509Extension;

use crate::text::hex;
use crate::x509::facts::constraints::Constraints;
use crate::x509::facts::name::name_text;

/// TLS feature (RFC 7633).
const TLS_FEATURE: &str = "1.3.6.1.5.5.7.1.24";
/// `status_request` (RFC 6066), the feature that must-staple names.
const STATUS_REQUEST: u32 = 5;
/// What webpki processes; every other critical extension makes it refuse the certificate.
const PROCESSED: [&str; 6] = [
    "2.5.29.15",
    "2.5.29.17",
    "2.5.29.19",
    "2.5.29.30",
    "2.5.29.31",
    "2.5.29.37",
];

/// One entry of the subject alternative name extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubjectAltName {
    Dns(String),
    Ip(IpAddr),
    Uri(String),
    Email(String),
    /// Any other kind, or one that could not be read; written out with its kind in front.
    Other(String),
}

impl fmt::Display for SubjectAltName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(name) => write!(f, "DNS:{name}"),
            Self::Ip(address) => write!(f, "IP:{address}"),
            Self::Uri(uri) => write!(f, "URI:{uri}"),
            Self::Email(address) => write!(f, "email:{address}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

#[derive(Default)]
pub(super) struct Extensions {
    pub san: Vec<SubjectAltName>,
    pub is_ca: bool,
    pub has_basic_constraints: bool,
    pub path_length: Option<u32>,
    pub key_usage: Option<Vec<String>>,
    pub extended_key_usage: Option<Vec<String>>,
    pub subject_key_id: Option<String>,
    pub authority_key_id: Option<String>,
    pub ca_issuers: Vec<String>,
    pub ocsp: Vec<String>,
    pub crl_distribution_points: Vec<String>,
    pub must_staple: bool,
    pub unknown_critical: Vec<String>,
    pub name_constraints: Option<Constraints>,
}

impl Extensions {
    pub(super) fn of(certificate: &X509Certificate<'_>) -> Self {
        let mut extensions = Self::default();
        for extension in certificate.extensions() {
            extensions.add(extension);
        }
        extensions
    }

    fn add(&mut self, extension: &X509Extension<'_>) {
        match extension.parsed_extension() {
            ParsedExtension::SubjectAlternativeName(names) => {
                self.san.extend(names.general_names.iter().map(alternative));
            }
            ParsedExtension::BasicConstraints(constraints) => {
                self.has_basic_constraints = true;
                self.is_ca = constraints.ca;
                self.path_length = constraints.path_len_constraint;
            }
            ParsedExtension::KeyUsage(usage) => self.key_usage = Some(key_usages(*usage)),
            ParsedExtension::ExtendedKeyUsage(usage) => {
                self.extended_key_usage = Some(extended_key_usages(usage));
            }
            ParsedExtension::SubjectKeyIdentifier(id) => self.subject_key_id = Some(hex(id.0)),
            ParsedExtension::AuthorityKeyIdentifier(id) => {
                self.authority_key_id = id.key_identifier.as_ref().map(|id| hex(id.0));
            }
            ParsedExtension::AuthorityInfoAccess(access) => self.add_access(access),
            ParsedExtension::CRLDistributionPoints(points) => self.add_points(points),
            ParsedExtension::NameConstraints(constraints) => {
                self.name_constraints = Some(Constraints::of(constraints));
            }
            _ => {}
        }
        let oid = extension.oid.to_id_string();
        if oid == TLS_FEATURE {
            self.must_staple = <Vec<u32>>::from_der(extension.value)
                .is_ok_and(|(_, features)| features.contains(&STATUS_REQUEST));
        }
        if extension.critical && !PROCESSED.contains(&oid.as_str()) {
            self.unknown_critical.push(match extension_name(&oid) {
                Some(name) => name.to_owned(),
                None => oid,
            });
        }
    }

    fn add_access(&mut self, access: &AuthorityInfoAccess<'_>) {
        for description in access.iter() {
            let GeneralName::URI(uri) = description.access_location else {
                continue;
            };
            match description.access_method.to_id_string().as_str() {
                "1.3.6.1.5.5.7.48.1" => self.ocsp.push(uri.to_owned()),
                "1.3.6.1.5.5.7.48.2" => self.ca_issuers.push(uri.to_owned()),
                _ => {}
            }
        }
    }

    fn add_points(&mut self, points: &CRLDistributionPoints<'_>) {
        for point in points.iter() {
            if let Some(DistributionPointName::FullName(names)) = &point.distribution_point {
                for name in names {
                    if let GeneralName::URI(uri) = name {
                        self.crl_distribution_points.push((*uri).to_owned());
                    }
                }
            }
        }
    }
}

fn alternative(name: &GeneralName<'_>) -> SubjectAltName {
    match name {
        GeneralName::DNSName(name) => SubjectAltName::Dns((*name).to_owned()),
        GeneralName::URI(uri) => SubjectAltName::Uri((*uri).to_owned()),
        GeneralName::RFC822Name(address) => SubjectAltName::Email((*address).to_owned()),
        GeneralName::IPAddress(bytes) => match address(bytes) {
            Some(address) => SubjectAltName::Ip(address),
            None => SubjectAltName::Other(format!("IP:#{}", hex(bytes))),
        },
        GeneralName::DirectoryName(name) => {
            SubjectAltName::Other(format!("DirName:{}", name_text(name)))
        }
        GeneralName::OtherName(oid, _) => {
            SubjectAltName::Other(format!("otherName:{}", oid.to_id_string()))
        }
        GeneralName::RegisteredID(oid) => {
            SubjectAltName::Other(format!("RID:{}", oid.to_id_string()))
        }
        GeneralName::X400Address(_) => SubjectAltName::Other("X400Name:unread".into()),
        GeneralName::EDIPartyName(_) => SubjectAltName::Other("EdiPartyName:unread".into()),
        GeneralName::Invalid(tag, bytes) => {
            SubjectAltName::Other(format!("malformed [{}]:#{}", tag.0, hex(bytes)))
        }
    }
}

pub(super) fn address(bytes: &[u8]) -> Option<IpAddr> {
    if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
        return Some(Ipv4Addr::from(octets).into());
    }
    let octets = <[u8; 16]>::try_from(bytes).ok()?;
    Some(Ipv6Addr::from(octets).into())
}

fn key_usages(usage: KeyUsage) -> Vec<String> {
    [
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.data_encipherment(), "dataEncipherment"),
        (usage.key_agreement(), "keyAgreement"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
        (usage.encipher_only(), "encipherOnly"),
        (usage.decipher_only(), "decipherOnly"),
    ]
    .into_iter()
    .filter(|(set, _)| *set)
    .map(|(_, name)| name.to_owned())
    .collect()
}

fn extended_key_usages(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let known = [
        (usage.any, "anyExtendedKeyUsage"),
        (usage.server_auth, "serverAuth"),
        (usage.client_auth, "clientAuth"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
    ];
    known
        .into_iter()
        .filter(|(set, _)| *set)
        .map(|(_, name)| name.to_owned())
        .chain(usage.other.iter().map(|oid| oid.to_id_string()))
        .collect()
}

fn extension_name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "2.5.29.14" => "subjectKeyIdentifier",
        "2.5.29.16" => "privateKeyUsagePeriod",
        "2.5.29.18" => "issuerAltName",
        "2.5.29.32" => "certificatePolicies",
        "2.5.29.33" => "policyMappings",
        "2.5.29.35" => "authorityKeyIdentifier",
        "2.5.29.36" => "policyConstraints",
        "2.5.29.46" => "freshestCRL",
        "2.5.29.54" => "inhibitAnyPolicy",
        "1.3.6.1.5.5.7.1.1" => "authorityInfoAccess",
        "1.3.6.1.5.5.7.1.11" => "subjectInfoAccess",
        TLS_FEATURE => "tlsFeature",
        "1.3.6.1.4.1.11129.2.4.3" => "ctPoison",
        _ => return None,
    })
}
