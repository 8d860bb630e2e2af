//! `reflection.stale-cache`.

use crate::evidence::CacheCheck;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.stale-cache",
    layer: Layer::Reflection,
    certainty: Certainty::Warning,
    page: include_str!("stale_cache.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let repeat = "repeat the call, or leave --descriptor-cache off";
    let (cause, hint) = match case.call.cache.as_ref()? {
        CacheCheck::Current => return None,
        CacheCheck::Stale { replaced: true } => (
            "the call was made with cached descriptors, and the server has others now; the cache is renewed".to_owned(),
            repeat,
        ),
        CacheCheck::Stale { replaced: false } => (
            "the call was made with cached descriptors, and the server has others now; the cache could not be renewed".to_owned(),
            "leave --descriptor-cache off, or make the cache directory writable",
        ),
        CacheCheck::Unchecked { why } => (
            format!("the call was made with cached descriptors, and whether the server still has them is not known: {why}"),
            repeat,
        ),
    };
    Some(Proof {
        side: None,
        cause,
        evidence: Vec::new(),
        hint: hint.to_owned(),
    })
}
