//! `cert.refused`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::revocation;
use crate::x509::verify::Finding;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "cert.refused",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("refused.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let findings = connection.chain_findings().iter();
    let errors: Vec<String> = findings
        .filter_map(|finding| match finding {
            // Where the list itself tells, `revocation` says it.
            Finding::Revocation {
                error: webpki::Error::CertRevoked,
            } if !revocation::revoked(connection).is_empty() => None,
            Finding::Revocation {
                error: webpki::Error::CrlExpired { .. },
            } if !revocation::outdated(connection).is_empty() => None,
            Finding::Revocation { .. } if revocation::unusable(connection).is_some() => None,
            Finding::Other { error } | Finding::Revocation { error } => Some(format!("{error:?}")),
            // A name that does not fit has a family of its own.
            Finding::Name {
                error: webpki::Error::CertNotValidForName(_),
            } => None,
            Finding::Name { error } => Some(format!("{error:?}, of the name")),
            _ => None,
        })
        .collect();
    if errors.is_empty() {
        return None;
    }
    let mut lines = vec![certificates::presented(connection, 0)];
    lines.extend(
        errors
            .iter()
            .map(|error| format!("the verifier says: {error}")),
    );
    lines.push(certificates::trusted(connection));
    Some(Proof {
        side: None,
        cause: "the server's certificates are refused".to_owned(),
        evidence: lines,
        hint: format!(
            "ask the operator of {} to look at the certificate with the verifier's word above; `openssl verify` on its files gives a second opinion",
            connection.asked.host
        ),
    })
}
