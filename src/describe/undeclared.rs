//! Types that a declaration uses and that are not there: of an import that a server does not have, mostly.

use crate::describe::census::Census;
use crate::describe::declarations::Declarations;
use crate::describe::declarations::lookup_work;
use crate::describe::flaw::Flaw;
use crate::describe::outline::METHOD_TYPES;
use crate::describe::outline::Outline;
use crate::describe::outline::qualify;
use crate::describe::symbol::Located;
use crate::describe::symbol::SymbolKind;
use crate::describe::wire::fields;

/// Names that are told of one declaration.
const MAX_TOLD: usize = 20;
/// Bytes compared while looking them up: only a hostile set comes near.
const MAX_WORK: usize = 1 << 28;

/// The full names, each once, in the order of their use.
///
/// # Errors
/// When the declaration cannot be read, or is larger than is described.
pub(super) fn types(located: &Located<'_, '_>, files: &[Outline<'_>]) -> Result<Vec<String>, Flaw> {
    let references = references(located)?;
    let mut told: Vec<String> = Vec::new();
    // What is declared twice is a flaw for the linker to name.
    let Ok(declared) = Declarations::index(files) else {
        return Ok(told);
    };
    let scope = match located.symbol().kind {
        SymbolKind::Message => located.full_name(),
        _ => qualify(located.file.package, located.path[0].name),
    };
    let mut work = 0_usize;
    for reference in references {
        work = work.saturating_add(lookup_work(reference, &scope));
        if work > MAX_WORK || told.len() == MAX_TOLD {
            break;
        }
        let name = reference.trim_start_matches('.');
        if declared.meant_by(reference, &scope).is_empty() && !told.iter().any(|told| told == name)
        {
            told.push(name.to_owned());
        }
    }
    Ok(told)
}

/// The types that a declaration names.
fn references<'a>(located: &Located<'_, 'a>) -> Result<Vec<&'a str>, Flaw> {
    let symbol = located.symbol();
    let mut census = Census::default();
    match symbol.kind {
        SymbolKind::Message => census.message(symbol.bytes, 0)?,
        SymbolKind::Service => census.service(symbol.bytes, 0, None)?,
        SymbolKind::Field | SymbolKind::Extension => census.field(symbol.bytes, 0)?,
        SymbolKind::Method => {
            let types = fields(symbol.bytes).flatten();
            let types = types.filter(|field| METHOD_TYPES.contains(&field.number));
            census.references = types.filter_map(|field| field.text().ok()).collect();
        }
        SymbolKind::Enum | SymbolKind::EnumValue | SymbolKind::Oneof => {}
    }
    Ok(census.references)
}
