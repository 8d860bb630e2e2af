//! Waivers and probes.

use crate::jwt::Algorithm;
use crate::secret::SecretSource;
use crate::suite::document::ProbeTable;
use crate::suite::document::WaiverTable;
use crate::suite::document::located::Located;
use crate::suite::model::Probe;
use crate::suite::model::Waived;
use crate::suite::model::Waiver;
use crate::suite::resolve::Names;
use crate::suite::resolve::some_patterns;
use crate::suite::source::Fault;
use crate::text::escape;

/// The checks of a target that a waiver can cover.
pub(crate) const CHECKS: &[&str] = &[
    "min_version",
    "cert_valid_for",
    "client_cert",
    "plaintext",
    "reflection",
];

pub(super) fn waivers(
    tables: &[Located<WaiverTable>],
    names: &Names<'_>,
) -> Result<Vec<Waiver>, Fault> {
    tables.iter().map(|table| waiver(table, names)).collect()
}

fn waiver(table: &Located<WaiverTable>, names: &Names<'_>) -> Result<Waiver, Fault> {
    let of = match (&table.cell, &table.check) {
        (Some(cell), None) => waived_cell(cell, names)?,
        (None, Some(check)) if CHECKS.contains(&check.as_str()) => {
            Waived::Check(check.value.clone())
        }
        (None, Some(check)) => {
            let what = format!("there is no check `{}`", escape(check));
            return Err(Fault::unknown(&check.at, what, check, CHECKS));
        }
        _ => {
            return Err(Fault::new(
                &table.at,
                "a waiver is of one cell or one check",
                "write cell = \"METHOD as IDENTITY\" or check = \"plaintext\"",
            ));
        }
    };
    if table.reason.trim().is_empty() {
        return Err(Fault::new(
            &table.at,
            "a waiver without a reason",
            "write why, or a ticket",
        ));
    }
    let target = table.target.as_ref();
    Ok(Waiver {
        at: table.at.clone(),
        of,
        target: target
            .map(|name| names.target(Some(name), &table.at))
            .transpose()?,
        reason: table.reason.clone(),
        until: table.until.0,
    })
}

fn waived_cell(cell: &Located<String>, names: &Names<'_>) -> Result<Waived, Fault> {
    let Some((method, identity)) = cell.split_once(" as ") else {
        return Err(Fault::new(
            &cell.at,
            format!("`{}` is not a cell", escape(cell)),
            "write \"package.Service/Method as IDENTITY\"",
        ));
    };
    let identity = Located {
        at: cell.at.clone(),
        value: identity.trim().to_owned(),
    };
    Ok(Waived::Cell {
        method: method.trim().to_owned(),
        identity: names.identity(&identity)?,
    })
}

pub(super) fn probes(
    tables: &[Located<ProbeTable>],
    names: &Names<'_>,
) -> Result<Vec<Probe>, Fault> {
    tables.iter().map(|table| probe(table, names)).collect()
}

fn probe(table: &Located<ProbeTable>, names: &Names<'_>) -> Result<Probe, Fault> {
    let identity = names.identity(&table.identity)?;
    if !names.identities[identity].sends.call_credential {
        return Err(Fault::new(
            &table.identity.at,
            format!(
                "`{}` has no call credential to damage",
                escape(&table.identity)
            ),
            "name an identity with auth",
        ));
    }
    if let Some(bad) = table.mutations.0.iter().find(|text| !is_selection(text)) {
        return Err(Fault::new(
            &table.at,
            format!("`{}` does not select mutations", escape(bad)),
            "write \"default\", FAMILY.ID or FAMILY.*, with - in front to leave some out",
        ));
    }
    if let Some(mint) = &table.mint {
        // The text may be the key itself: it is not repeated.
        let source: Result<SecretSource, _> = mint.key.parse();
        source.map_err(|error| {
            Fault::new(
                &mint.key.at,
                error.to_string(),
                "write env:NAME or file:PATH",
            )
        })?;
        Algorithm::find(&mint.alg).map_err(|error| {
            let names: Vec<&str> = Algorithm::names().collect();
            Fault::unknown(&mint.alg.at, error.to_string(), &mint.alg, &names)
        })?;
    }
    Ok(Probe {
        target: names.target(table.target.as_ref(), &table.at)?,
        methods: some_patterns(&table.methods)?,
    })
}

/// `default`, `jwt.alg-none`, `-size.*`.
fn is_selection(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let is_name = |part: &str| {
        let mut characters = part.chars();
        !part.is_empty() && characters.all(|own| own.is_ascii_alphanumeric() || own == '-')
    };
    match text.split_once('.') {
        None => is_name(text),
        Some((family, "*")) => is_name(family),
        Some((family, id)) => is_name(family) && is_name(id),
    }
}
