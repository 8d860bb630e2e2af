//! `reflection.ambiguous`.

use crate::describe::NotDescribed;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::diagnoses::reflection::unknown_symbol::listed;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.ambiguous",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("ambiguous.md"),
    prove: Prove::Run(|case| {
        let NotDescribed::Ambiguous { name, candidates } = failure(case)? else {
            return None;
        };
        let (cause, hint) = match candidates.first() {
            Some(first) => (
                format!("several methods or services fit `{name}`"),
                format!("write the full name, such as {first}"),
            ),
            None => (
                format!("the server has too many services to search them all for `{name}`"),
                "write the full name: package.Service/Method".to_owned(),
            ),
        };
        Some(Proof {
            side: Some(Side::Client),
            cause,
            evidence: listed("these fit", candidates).into_iter().collect(),
            hint,
        })
    }),
    ..Diagnosis::BLANK
};
