//! `reflection.unknown-symbol`.

use crate::describe::NotDescribed;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.unknown-symbol",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("unknown_symbol.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

/// Names shown at most.
const SHOWN: usize = 8;

fn prove(case: &Case<'_>) -> Option<Proof> {
    // What was read before anything was dialled came from a file.
    let place = match case.connection.handshake {
        Some(_) => "the server",
        None => "what was given in files",
    };
    let (cause, known, meant) = match failure(case)? {
        NotDescribed::UnknownService {
            name,
            suggestion,
            known,
        } => (
            format!("{place} has no service {name}"),
            listed("its services are", known),
            suggestion.clone(),
        ),
        NotDescribed::UnknownSymbol {
            name,
            suggestion,
            known,
        } => (
            format!("{place} has nothing of the name {name}"),
            listed("its services are", known),
            suggestion.clone(),
        ),
        NotDescribed::UnknownMethod {
            service,
            method,
            suggestion,
            known,
        } if service.is_empty() => (
            format!("no service of {place} has a method {method}"),
            listed("its services are", known),
            suggestion.clone(),
        ),
        NotDescribed::UnknownMethod {
            service,
            method,
            suggestion,
            known,
        } => (
            format!("{service} has no method {method} by {place}"),
            listed("its methods are", known),
            suggestion
                .as_ref()
                .map(|method| format!("{service}/{method}")),
        ),
        _ => return None,
    };
    Some(Proof {
        // A near name speaks for a slip of the pen; without one, either side may be another version.
        side: meant.is_some().then_some(Side::Client),
        cause,
        evidence: known.into_iter().collect(),
        hint: match meant {
            Some(name) => format!("did you mean {name}?"),
            None if case.connection.handshake.is_none() => {
                "check the name, and that these are the right files".to_owned()
            }
            None => format!(
                "check the name and that {} is the right target; if they are right, its operator must deploy what has it",
                case.connection.asked.target
            ),
        },
    })
}

/// The names, the first few of them; `None` if there are none.
pub(super) fn listed(what: &str, names: &[String]) -> Option<String> {
    let shown = names
        .iter()
        .take(SHOWN)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len() {
        0 => None,
        count if count > SHOWN => Some(format!("{what} {shown} and {} more", count - SHOWN)),
        _ => Some(format!("{what} {shown}")),
    }
}
