//! `chain.unrelated`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "chain.unrelated",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("unrelated.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let extra: Vec<String> = connection
        .lints()
        .iter()
        .filter_map(|lint| match lint {
            Lint::Unrelated { index } => Some(certificates::presented(connection, *index)),
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
            "ask the operator of {} to leave them out of the chain file",
            connection.asked.host
        ),
    })
}
