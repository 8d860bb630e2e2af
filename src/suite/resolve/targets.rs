//! The servers: tables, or the short form, whose keys stand at the top of the document.

use std::mem;

use crate::suite::document::SuiteDocument;
use crate::suite::document::TargetTable;
use crate::suite::document::Targets;
use crate::suite::document::located::Located;
use crate::suite::document::schema_source::SchemaSource;
use crate::suite::model::Identity;
use crate::suite::model::Target;
use crate::suite::resolve::codes;
use crate::suite::resolve::identity;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::target;
use crate::target::Scheme;
use crate::text::escape;

/// What the only target is called in the short form.
const DEFAULT: &str = "default";

/// In the order of the file.
pub(super) fn resolve(
    document: &mut SuiteDocument,
    identities: &[Identity],
) -> Result<Vec<Target>, Fault> {
    let at = document.target.at.clone();
    let tables = match mem::replace(&mut document.target.value, Targets::Address(String::new())) {
        Targets::Address(address) => vec![short(document, address, at)],
        Targets::Tables(tables) => {
            refuse_short_keys(document)?;
            if tables.is_empty() {
                return Err(Fault::new(
                    &at,
                    "no target",
                    "write [target.NAME] with an address",
                ));
            }
            let mut tables: Vec<_> = tables.into_iter().collect();
            tables.sort_by_key(|(name, _)| name.at.start);
            tables
        }
    };
    let tables = tables.into_iter();
    tables
        .map(|(name, table)| one(name, table.value, identities))
        .collect()
}

/// The short form is a target called `default`.
fn short(
    document: &mut SuiteDocument,
    address: String,
    at: Place,
) -> (Located<String>, Located<TargetTable>) {
    let name = Located {
        at: at.clone(),
        value: DEFAULT.to_owned(),
    };
    let table = TargetTable {
        address: Located {
            at: at.clone(),
            value: address,
        },
        ca: document.ca.take(),
        server_name: document.server_name.take(),
        authority: document.authority.take(),
        schema: document.schema.take(),
        reflect_as: document.reflect_as.take(),
        reflection: document.reflection.take(),
        denied_also: document.denied_also.take(),
        tls: document.tls.take(),
    };
    (name, Located { at, value: table })
}

/// A target of which the address is all that is said.
pub(super) fn of_address(address: &str) -> Result<Target, Fault> {
    let nowhere = |value: &str| Located {
        at: 0..0,
        value: value.to_owned(),
    };
    let table = TargetTable {
        address: nowhere(address),
        ca: None,
        server_name: None,
        authority: None,
        schema: None,
        reflect_as: None,
        reflection: None,
        denied_also: None,
        tls: None,
    };
    one(nowhere(DEFAULT), table, &[])
}

fn refuse_short_keys(document: &SuiteDocument) -> Result<(), Fault> {
    let place = |at: Option<&Place>, key| at.map(|at| (at.clone(), key));
    let keys = [
        place(document.ca.as_ref().map(|own| &own.at), "ca"),
        place(
            document.server_name.as_ref().map(|own| &own.at),
            "server_name",
        ),
        place(document.authority.as_ref().map(|own| &own.at), "authority"),
        place(document.schema.as_ref().map(|own| &own.at), "schema"),
        place(
            document.reflect_as.as_ref().map(|own| &own.at),
            "reflect_as",
        ),
        place(
            document.reflection.as_ref().map(|own| &own.at),
            "reflection",
        ),
        place(
            document.denied_also.as_ref().map(|own| &own.at),
            "denied_also",
        ),
        place(document.tls.as_ref().map(|own| &own.at), "tls"),
    ];
    match keys.into_iter().flatten().next() {
        None => Ok(()),
        Some((at, key)) => Err(Fault::new(
            &at,
            format!("`{key}` stands at the top only beside target = \"ADDRESS\""),
            format!("move {key} into [target.NAME]"),
        )),
    }
}

fn one(
    name: Located<String>,
    table: TargetTable,
    identities: &[Identity],
) -> Result<Target, Fault> {
    let address = target::Target::parse(&table.address).map_err(|error| {
        let hint = "write host:port, unix:PATH, https://host or http://host";
        Fault::new(&table.address.at, error.to_string(), hint)
    })?;
    let is_plain = address.scheme == Some(Scheme::Http)
        || (matches!(address.address, target::Address::Unix(_)) && table.ca.is_none());
    if let (true, Some(tls)) = (is_plain, &table.tls) {
        return Err(Fault::new(
            &tls.at,
            format!("[target.{}] is plaintext, which has no TLS", escape(&name)),
            "write https:// in its address, or remove its tls",
        ));
    }
    if let (true, Some(ca)) = (address.scheme == Some(Scheme::Http), &table.ca) {
        return Err(Fault::new(
            &ca.at,
            "the address says http, which is plaintext: no certificate is verified there",
            "write https:// in its address, or remove ca",
        ));
    }
    let reflect_as = table.reflect_as.as_ref();
    let text = |written: Option<Located<String>>| written.map(|written| written.value);
    Ok(Target {
        reflect_as: reflect_as
            .map(|name| identity(identities, name))
            .transpose()?,
        denied_also: codes(table.denied_also.as_ref()),
        name: name.value,
        at: name.at,
        address: table.address,
        ca: table.ca.map(|files| files.value.0).unwrap_or_default(),
        server_name: text(table.server_name),
        authority: text(table.authority),
        schema: table
            .schema
            .map_or(SchemaSource::Reflection, |schema| schema.value),
        reflection: table.reflection,
        tls: table.tls.map(|tls| tls.value).unwrap_or_default(),
    })
}
