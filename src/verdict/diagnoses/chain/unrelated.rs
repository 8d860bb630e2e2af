//! `chain.unrelated`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.unrelated",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("unrelated.md"),
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
