//! Everything that is wrong with a refused chain, not just what webpki reports first.

mod accounts;
mod finding;
mod walked;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;
use webpki::CertRevocationList;
use webpki::Error;
use webpki::ExtendedKeyUsageValidator;
use webpki::KeyPurposeIdIter;

pub use finding::Finding;
pub use finding::Role;

use crate::x509::anchors::TrustAnchors;
use crate::x509::facts::Facts;
use crate::x509::verify::Judged;
use crate::x509::verify::findings::accounts::accounts_for;
use crate::x509::verify::findings::walked::Walked;
use crate::x509::verify::judge;
use crate::x509::verify::judge_for_usage;
use crate::x509::walk::Search;
use crate::x509::walk::WalkEnd;

/// Everything that is wrong with a chain that [`judge`] refused at `at`. The path is judged again
/// at an instant when all its certificates are valid, and for any purpose, so that what hides
/// behind an expired certificate or a wrong purpose is found too. Empty for an accepted chain.
pub fn all_findings(
    chain: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    name: Option<&ServerName<'_>>,
    crls: &[CertRevocationList<'_>],
) -> Vec<Finding> {
    let judged = judge(chain, anchors, at, name, crls);
    let mut findings = match &judged.path {
        Ok(_) => Vec::new(),
        Err(error) => path_findings(chain, anchors, at, crls, error),
    };
    findings.extend(name_finding(&judged));
    findings
}

fn path_findings(
    chain: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    crls: &[CertRevocationList<'_>],
    error: &Error,
) -> Vec<Finding> {
    let search = Search::new(chain, anchors);
    let path = Walked::best(&search, anchors, at);
    if *path.end() == WalkEnd::Unreadable {
        return vec![unreadable(chain)];
    }
    let mut errors = vec![error.clone()];
    let mut is_reached = false;
    if let Some(instant) = path.common_instant(at) {
        let same_purpose = judge(chain, anchors, instant, None, crls).path;
        let any_purpose = judge_for_usage(chain, anchors, instant, AnyPurpose, None, crls).path;
        is_reached = any_purpose.is_ok();
        errors.extend(
            [same_purpose.err(), any_purpose.err()]
                .into_iter()
                .flatten(),
        );
    }
    let mut findings = Vec::new();
    // Should the two parsers differ on a certificate, webpki is right that there is a path.
    if !is_reached && !matches!(path.end(), WalkEnd::Anchor(_)) {
        let end = path.end().clone();
        findings.push(Finding::NoPath { end });
    }
    path.report(at, &mut findings);
    for error in errors {
        if !findings.iter().any(|finding| accounts_for(finding, &error)) {
            findings.push(path.explain(error));
        }
    }
    findings
}

fn unreadable(chain: &[CertificateDer<'_>]) -> Finding {
    let reason = match chain.first().map(|der| Facts::read(der)) {
        Some(Err(malformed)) => malformed.to_string(),
        _ => "no certificate was presented".into(),
    };
    Finding::Unreadable { index: 0, reason }
}

/// Lets webpki go on where an extended key usage would stop it. Its verdict is never shown as one.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

fn name_finding(judged: &Judged) -> Option<Finding> {
    let error = judged.name.as_ref()?.as_ref().err()?;
    // A leaf that cannot be read answers both questions with one and the same error.
    if judged.path.as_ref().err() == Some(error) {
        return None;
    }
    Some(Finding::Name {
        error: error.clone(),
    })
}
