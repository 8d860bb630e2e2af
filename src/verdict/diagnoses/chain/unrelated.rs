//! `chain.unrelated`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::chain;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.unrelated",
    layer: Layer::Tls,
    kind: Kind::Warning,
    meaning: "The server sends certificates that have no part in its chain, or one of them twice. They \
        cost their bytes in every handshake, and may hide that the right one is missing.",
    established: "By no name is the certificate an issuer of the server's, or of its issuers. Cross-signed \
        and re-issued intermediates and the root are related and do not count.",
    mend: chain::SEND_IN_ORDER,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let extra: Vec<String> = evidence
        .connection
        .lints()
        .iter()
        .filter_map(|lint| match lint {
            Lint::Unrelated { index } => Some(certificates::presented(evidence, *index)),
            Lint::Duplicate { index, of } => Some(format!(
                "certificate {index} is the same as certificate {of}"
            )),
            Lint::Unreadable { index } => Some(format!("certificate {index} cannot be read")),
            _ => None,
        })
        .collect();
    if extra.is_empty() {
        return None;
    }
    let count = extra.len();
    Some(Proof {
        side: Some(Side::Server),
        cause: match count {
            1 => "the server sends a certificate that has no part in its chain".to_owned(),
            count => {
                format!("the server sends {count} certificates that have no part in its chain")
            }
        },
        evidence: extra,
        hint: format!(
            "ask whoever runs {} to leave them out of the chain file",
            evidence.connection.asked.host
        ),
    })
}
