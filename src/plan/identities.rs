//! Who may be calling, as files have it: the tables `[identity.NAME]`, with `auth`, `tls` and `extends`.
//!
//! Profiles and suites have the same. Nothing that they refer to is read here.

pub(crate) mod auth;
pub(crate) mod tls;

use crate::identity::channel::TlsSpec;
use crate::identity::written::WrittenCredential;
use crate::plan::Planned;
use crate::plan::document::Table;
use crate::plan::document::meant;

/// The keys of an identity.
const KEYS: &[&str] = &["auth", "tls", "extends"];

/// Somebody who may be calling: what is shown on the channel, and what goes with the calls.
#[derive(Clone, Debug, Default)]
pub(crate) struct Identity {
    pub auth: Vec<WrittenCredential>,
    pub tls: TlsSpec,
}

impl Identity {
    /// What `table` says in `auth` and `tls`, over this.
    pub(crate) fn with(&self, table: Table<'_>) -> Planned<Self> {
        let auth = match table.get("auth") {
            None => self.auth.clone(),
            Some(entry) => auth::read(entry, &self.auth)?,
        };
        let tls = match table.get("tls") {
            None => self.tls.clone(),
            Some(entry) => tls::read(entry.table()?)?.over(&self.tls),
        };
        Ok(Self { auth, tls })
    }
}

/// The identities of a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identities<'a> {
    tables: Option<Table<'a>>,
    /// What an identity of this kind of document has besides.
    further_keys: &'static [&'static str],
}

impl<'a> Identities<'a> {
    /// Each identity, by its name.
    pub(crate) fn all(self) -> Planned<Vec<(&'a str, Identity)>> {
        let entries = self.tables.into_iter().flat_map(Table::entries);
        entries
            .map(|entry| Ok((entry.key, self.resolve(entry.key, &mut Vec::new(), entry)?)))
            .collect()
    }

    /// Those of `[identity.NAME]`; every one is read, so that a mistake in any is found.
    pub(crate) fn of(document: Table<'a>, further_keys: &'static [&'static str]) -> Planned<Self> {
        let tables = document.get("identity").map(|entry| entry.table());
        let identities = Self {
            tables: tables.transpose()?,
            further_keys,
        };
        for entry in identities.tables.iter().flat_map(|table| table.entries()) {
            identities.resolve(entry.key, &mut Vec::new(), entry)?;
        }
        Ok(identities)
    }

    /// The identity that `entry` names.
    pub(crate) fn named_by(self, entry: crate::plan::document::Entry<'a>) -> Planned<Identity> {
        self.resolve(entry.text()?, &mut Vec::new(), entry)
    }

    fn resolve(
        self,
        name: &'a str,
        on_the_way: &mut Vec<&'a str>,
        asking: crate::plan::document::Entry<'a>,
    ) -> Planned<Identity> {
        let Some(entry) = self.tables.and_then(|tables| tables.get(name)) else {
            let tables = self.tables.into_iter();
            let known: Vec<&str> = tables
                .flat_map(Table::entries)
                .map(|entry| entry.key)
                .collect();
            let shown = crate::text::escape(name);
            let what = format!("there is no [identity.{shown}]");
            return Err(asking.refuse(what, meant(name, &known)));
        };
        if on_the_way.contains(&name) {
            let way = on_the_way.join(" → ");
            return Err(asking.refuse(
                format!("an identity extends itself: {way} → {name}"),
                "let one of them stand on its own",
            ));
        }
        on_the_way.push(name);
        let table = entry.table()?;
        table.only("an identity", &[KEYS, self.further_keys].concat())?;
        let base = match table.get("extends") {
            None => Identity::default(),
            Some(extends) => self.resolve(extends.text()?, on_the_way, extends)?,
        };
        base.with(table)
    }
}
