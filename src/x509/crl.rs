//! Certificate revocation lists (RFC 5280 §5): read from files, and what they say of a chain.
//!
//! webpki decides ([`judge`](crate::x509::judge) takes [`Crls::checked`]); the rest here explains.

use std::fmt;
use std::path::PathBuf;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::CertificateRevocationListDer;
use time::OffsetDateTime;
use webpki::CertRevocationList;
use webpki::OwnedCertRevocationList;
use x509_parser::prelude::FromDer as _;
use x509_parser::revocation_list::CertificateRevocationList;
use x509_parser::revocation_list::RevokedCertificate;

use crate::text::hex;
use crate::x509::facts;
use crate::x509::facts::name_text;
use crate::x509::pem;
use crate::x509::pem::FileFault;
use crate::x509::pem::FileKind;

/// The lists given, in their order.
#[derive(Debug, Default)]
pub struct Crls {
    lists: Vec<List>,
    checked: Vec<CertRevocationList<'static>>,
}

#[derive(Debug)]
struct List {
    file: PathBuf,
    der: CertificateRevocationListDer<'static>,
}

/// Why a list cannot be used, in webpki's words or our own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusableCrl(pub String);

impl fmt::Display for UnusableCrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What one list says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlFacts {
    pub file: PathBuf,
    pub issuer: String,
    pub this_update: OffsetDateTime,
    /// By when its issuer promised the next one.
    pub next_update: Option<OffsetDateTime>,
}

/// A certificate of a chain that a list revokes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revoked {
    /// Its place in the chain as presented.
    pub index: usize,
    /// Lower-case hex.
    pub serial: String,
    pub since: OffsetDateTime,
    /// RFC 5280 §5.3.1's name, such as `keyCompromise`; `None` if the list gives none.
    pub reason: Option<&'static str>,
    pub list: CrlFacts,
}

impl Crls {
    /// Adds every list in a file: PEM, one or several, or one in DER.
    ///
    /// # Errors
    /// The file holds none, or one that webpki cannot use (version 1, a delta, an indirect one).
    pub fn add(&mut self, file: PathBuf, bytes: &[u8]) -> Result<(), UnusableCrl> {
        let ders = if bytes.trim_ascii_start().starts_with(b"-----BEGIN") {
            pem::revocation_lists(bytes).map_err(unreadable)?
        } else {
            vec![CertificateRevocationListDer::from(bytes.to_vec())]
        };
        for der in ders {
            if read(&der).is_none() {
                return Err(match FileKind::of(&der) {
                    FileKind::Crl => UnusableCrl("something follows the list in the file".into()),
                    _ => pem::revocation_lists(&der).map_or_else(unreadable, |_| {
                        UnusableCrl("it is not a certificate revocation list".into())
                    }),
                });
            }
            let checked = OwnedCertRevocationList::from_der(&der)
                .map_err(|error| UnusableCrl(unusable(&error)))?;
            self.checked.push(checked.into());
            let file = file.clone();
            self.lists.push(List { file, der });
        }
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// As webpki takes them.
    pub fn checked(&self) -> &[CertRevocationList<'static>] {
        &self.checked
    }

    /// The certificates of `chain` that these lists revoke.
    pub fn revoked(&self, chain: &[CertificateDer<'_>]) -> Vec<Revoked> {
        let mut found = Vec::new();
        for (index, der) in chain.iter().enumerate() {
            let Ok(certificate) = facts::parse(der) else {
                continue;
            };
            for list in &self.lists {
                let Some(crl) = read(&list.der) else { continue };
                if crl.issuer().as_raw() != certificate.issuer().as_raw() {
                    continue;
                }
                let entry = crl
                    .iter_revoked_certificates()
                    .find(|entry| *entry.serial() == certificate.tbs_certificate.serial);
                found.extend(entry.map(|entry| revoked(index, entry, list.facts(&crl))));
            }
        }
        found
    }

    /// The lists past their `nextUpdate` at `at` that are for certificates of `chain`.
    pub fn expired(&self, chain: &[CertificateDer<'_>], at: OffsetDateTime) -> Vec<CrlFacts> {
        let expired = |facts: &CrlFacts| facts.next_update.is_some_and(|next| next < at);
        self.facts(|crl| covers(crl, chain))
            .filter(expired)
            .collect()
    }

    /// The lists of issuers of certificates in `chain`, by name.
    pub fn used(&self, chain: &[CertificateDer<'_>]) -> Vec<CrlFacts> {
        self.facts(|crl| covers(crl, chain)).collect()
    }

    /// The lists of issuers that issued nothing in `chain`.
    pub fn unused(&self, chain: &[CertificateDer<'_>]) -> Vec<CrlFacts> {
        self.facts(|crl| !covers(crl, chain)).collect()
    }

    fn facts(
        &self,
        wanted: impl Fn(&CertificateRevocationList<'_>) -> bool,
    ) -> impl Iterator<Item = CrlFacts> {
        self.lists.iter().filter_map(move |list| {
            let crl = read(&list.der).filter(|crl| wanted(crl))?;
            Some(list.facts(&crl))
        })
    }
}

impl List {
    fn facts(&self, crl: &CertificateRevocationList<'_>) -> CrlFacts {
        CrlFacts {
            file: self.file.clone(),
            issuer: name_text(crl.issuer()),
            this_update: crl.last_update().to_datetime(),
            next_update: crl.next_update().map(|time| time.to_datetime()),
        }
    }
}

fn unreadable(fault: FileFault) -> UnusableCrl {
    UnusableCrl(fault.explain().0)
}

fn covers(crl: &CertificateRevocationList<'_>, chain: &[CertificateDer<'_>]) -> bool {
    chain.iter().any(|der| {
        facts::parse(der)
            .is_ok_and(|certificate| certificate.issuer().as_raw() == crl.issuer().as_raw())
    })
}

fn read(der: &[u8]) -> Option<CertificateRevocationList<'_>> {
    match CertificateRevocationList::from_der(der) {
        Ok(([], crl)) => Some(crl),
        _ => None,
    }
}

fn revoked(index: usize, entry: &RevokedCertificate<'_>, list: CrlFacts) -> Revoked {
    Revoked {
        index,
        serial: match entry.raw_serial() {
            // A positive INTEGER whose first bit is set carries a zero byte in front (X.690 §8.3).
            [0, rest @ ..] if !rest.is_empty() => hex(rest),
            raw => hex(raw),
        },
        since: entry.revocation_date.to_datetime(),
        reason: entry.reason_code().and_then(|(_, code)| reason(code.0)),
        list,
    }
}

/// `CRLReason` (RFC 5280 §5.3.1).
fn reason(code: u8) -> Option<&'static str> {
    Some(match code {
        1 => "keyCompromise",
        2 => "cACompromise",
        3 => "affiliationChanged",
        4 => "superseded",
        5 => "cessationOfOperation",
        6 => "certificateHold",
        8 => "removeFromCRL",
        9 => "privilegeWithdrawn",
        10 => "aACompromise",
        _ => return None,
    })
}

fn unusable(error: &webpki::Error) -> String {
    match error {
        webpki::Error::UnsupportedCrlVersion => {
            "it is a list of version 1, which has no numbers; only version 2 is taken".into()
        }
        webpki::Error::UnsupportedDeltaCrl => "it is a delta; the whole list is needed".into(),
        webpki::Error::UnsupportedIndirectCrl => {
            "it is an indirect list, of certificates that others issued".into()
        }
        other => format!("the verifier says: {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::Der;
    use crate::x509::test_pki::now;
    use crate::x509::test_pki::plain;
    use crate::x509::test_pki::year;

    fn with_serial(root: &Authority, serial: u64) -> Der {
        root.leaf(&["server.test"], |params| {
            params.serial_number = Some(serial.into())
        })
    }

    fn crls(files: &[Vec<u8>]) -> Crls {
        let mut crls = Crls::default();
        for (index, bytes) in files.iter().enumerate() {
            crls.add(format!("{index}.crl").into(), bytes).unwrap();
        }
        crls
    }

    fn pem(der: &[u8]) -> String {
        ::pem::encode(&::pem::Pem::new("X509 CRL", der))
    }

    #[test]
    fn a_revoked_certificate_is_named_with_its_list() {
        let (root, other) = (
            Authority::root("root", plain),
            Authority::root("other", plain),
        );
        let chain = [with_serial(&root, 0x80), root.der.clone()];
        let lists = crls(&[other.revoke(0x80), root.revoke(0x80)]);
        let [revoked] = lists.revoked(&chain).try_into().unwrap();
        assert_eq!((revoked.index, revoked.serial.as_str()), (0, "80"));
        assert_eq!((revoked.since, revoked.reason), (year(2025), None));
        assert_eq!(revoked.list.file, PathBuf::from("1.crl"));
        assert!(revoked.list.issuer.contains("root"));
        assert!(lists.revoked(&[with_serial(&root, 0x81)]).is_empty());
        let unused = lists.unused(&chain);
        assert_eq!(unused.len(), 1);
        assert_eq!(unused[0].file, PathBuf::from("0.crl"));
    }

    #[test]
    fn a_list_is_old_after_the_time_of_its_next() {
        let root = Authority::root("root", plain);
        let chain = [with_serial(&root, 1)];
        let lists = crls(&[root.revoke(2)]);
        assert!(lists.expired(&chain, now()).is_empty());
        assert_eq!(lists.expired(&chain, year(2036)).len(), 1);
        let other = Authority::root("other", plain);
        assert!(
            lists
                .expired(&[with_serial(&other, 1)], year(2036))
                .is_empty()
        );
    }

    #[test]
    fn files_are_read_as_pem_and_as_der() {
        let root = Authority::root("root", plain);
        let der = root.revoke(1);
        let bundle = format!("{}{}", pem(&der), pem(&root.revoke(2)));
        let glued = bundle.replace("-----\n-----BEGIN", "----------BEGIN");
        assert_eq!(crls(&[der.clone(), bundle.into_bytes()]).checked().len(), 3);
        assert_eq!(crls(&[glued.into_bytes()]).checked().len(), 2);
        let certificate = ::pem::encode(&::pem::Pem::new("CERTIFICATE", root.der.to_vec()));
        for (bytes, why) in [
            (Vec::new(), "is empty"),
            (b"hello".to_vec(), "some other text"),
            (root.der.to_vec(), "holds a certificate;"),
            (certificate.into_bytes(), "holds a certificate;"),
            ([der, b"more".to_vec()].concat(), "something follows"),
        ] {
            let refused = Crls::default().add("x.crl".into(), &bytes).unwrap_err();
            assert!(refused.0.contains(why), "{refused}");
        }
    }
}
