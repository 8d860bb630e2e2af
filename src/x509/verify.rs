//! Accepting or refusing a chain. webpki judges; nothing here overrules it.
//!
//! [`judge`] is the verdict, one pass on the good path. [`all_findings`] is computed only once that
//! verdict is a refusal: it names everything that is wrong, where webpki stops at one error.

mod findings;
mod presented;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;
use webpki::CertRevocationList;
use webpki::EndEntityCert;
use webpki::ExpirationPolicy;
use webpki::ExtendedKeyUsageValidator;
use webpki::KeyUsage;
use webpki::RevocationOptions;
use webpki::RevocationOptionsBuilder;
use webpki::UnknownStatusPolicy;
use webpki::VerifiedPath;

use crate::clock;
use crate::x509::anchors::TrustAnchors;
use crate::x509::facts::Facts;
use crate::x509::spiffe::SpiffeId;

pub use findings::Finding;
pub use findings::Role;
pub use findings::all_findings;

/// webpki's two answers, asked for independently: an expired certificate with the wrong name shows both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The path to a trust anchor, or why there is none.
    pub path: Result<Path, webpki::Error>,
    /// Whether the end-entity certificate is valid for the name; `None` if none was asked for.
    pub name: Option<Result<(), webpki::Error>>,
    /// Whether the end-entity certificate is of the workload asked for in place of a name; `None` if none
    /// was asked for.
    pub workload: Option<bool>,
}

impl Judged {
    /// Whether the path is good, and the name or the workload.
    pub fn is_accepted(&self) -> bool {
        self.path.is_ok()
            && self.name.as_ref().is_none_or(Result::is_ok)
            && self.workload != Some(false)
    }

    /// The same of a certificate that is to be a workload's: of `leaf`, the end-entity certificate.
    pub fn with_workload(self, leaf: &CertificateDer<'_>, id: &SpiffeId) -> Self {
        let is_of = Facts::read(leaf).is_ok_and(|facts| id.is_of(&facts));
        Self {
            workload: Some(is_of),
            ..self
        }
    }
}

/// The path that webpki verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// From the end-entity certificate's issuer upwards, without the anchor.
    pub intermediates: Vec<CertificateDer<'static>>,
    /// The index, in [`TrustAnchors::anchors`], of the anchor at its end.
    pub anchor: usize,
}

/// The extended key usage that a server's certificate needs, by its RFC 5280 name.
const SERVER_AUTH: &str = "serverAuth";

/// Judges the `chain` of a server (end-entity certificate first, the rest in any order) at `at`.
///
/// With `crls`, every certificate on the path that one of them covers is checked for revocation, and
/// a list past its `nextUpdate` refuses; a certificate that none covers passes. An empty chain is
/// [`webpki::Error::BadDer`].
pub fn judge(
    chain: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    name: Option<&ServerName<'_>>,
    crls: &[CertRevocationList<'_>],
) -> Judged {
    judge_for_usage(chain, anchors, at, KeyUsage::server_auth(), name, crls)
}

fn judge_for_usage(
    chain: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    usage: impl ExtendedKeyUsageValidator,
    name: Option<&ServerName<'_>>,
    crls: &[CertRevocationList<'_>],
) -> Judged {
    let Some((leaf, others)) = chain.split_first() else {
        return Judged::unreadable(webpki::Error::BadDer, name);
    };
    let leaf = match EndEntityCert::try_from(leaf) {
        Ok(leaf) => leaf,
        Err(error) => return Judged::unreadable(error, name),
    };
    let crls: Vec<&CertRevocationList<'_>> = crls.iter().collect();
    let searched = presented::searched(others);
    let verified = leaf.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        anchors.roots(),
        &searched.intermediates,
        clock::unix_time(at),
        usage,
        revocation(&crls),
        None,
    );
    Judged {
        path: verified
            .map(|verified| Path::of(&verified, anchors))
            .map_err(|error| match error {
                webpki::Error::UnknownIssuer if searched.is_partial => {
                    webpki::Error::MaximumPathBuildCallsExceeded
                }
                error => error,
            }),
        name: name.map(|name| leaf.verify_is_valid_for_subject_name(name)),
        workload: None,
    }
}

impl Judged {
    /// Neither question can be answered of an end-entity certificate that webpki cannot read.
    fn unreadable(error: webpki::Error, name: Option<&ServerName<'_>>) -> Self {
        Self {
            name: name.map(|_| Err(error.clone())),
            path: Err(error),
            workload: None,
        }
    }
}

impl Path {
    fn of(verified: &VerifiedPath<'_>, anchors: &TrustAnchors) -> Self {
        let anchor = anchors
            .roots()
            .iter()
            .position(|root| std::ptr::eq(root, verified.anchor()))
            .expect("webpki ends a path at one of the roots it was given");
        Self {
            intermediates: verified
                .intermediate_certificates()
                .map(|certificate| certificate.der().into_owned())
                .collect(),
            anchor,
        }
    }
}

fn revocation<'a>(crls: &'a [&'a CertRevocationList<'a>]) -> Option<RevocationOptions<'a>> {
    let options = RevocationOptionsBuilder::new(crls).ok()?;
    Some(
        options
            .with_status_policy(UnknownStatusPolicy::Allow)
            .with_expiration_policy(ExpirationPolicy::Enforce)
            .build(),
    )
}

/// Whether webpki accepts the certificate for this name, whatever its path.
pub fn is_for_name(certificate: &CertificateDer<'_>, name: &str) -> bool {
    let certificate = EndEntityCert::try_from(certificate);
    match (certificate, ServerName::try_from(name)) {
        (Ok(certificate), Ok(name)) => certificate.verify_is_valid_for_subject_name(&name).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
