//! Who calls: `extends` puts an identity over another, key by key.

use std::collections::BTreeMap;

use crate::suite::document::IdentityTable;
use crate::suite::document::located::Located;
use crate::suite::model::Identity;
use crate::suite::model::Sends;
use crate::suite::source::Fault;
use crate::text::escape;

/// The names that cannot be given.
const BUILT_IN: &str = "anonymous";

type Tables = BTreeMap<Located<String>, IdentityTable>;

/// Anonymous, then the others in the order of the file.
pub(super) fn resolve(tables: &Tables) -> Result<Vec<Identity>, Fault> {
    let mut identities = vec![Identity {
        name: BUILT_IN.to_owned(),
        ..Identity::default()
    }];
    let mut names: Vec<&Located<String>> = tables.keys().collect();
    names.sort_by_key(|name| name.at.start);
    for name in names {
        refuse_reserved(name)?;
        let mut identity = one(tables, name, &mut Vec::new())?;
        let own = &tables[name];
        // What is expected of a credential is not what is expected of the one that extends it.
        identity.expect = own.expect.as_ref().map(|expect| Located {
            at: expect.at.clone(),
            value: expect.value.0.clone(),
        });
        identity.name.clone_from(&name.value);
        identity.at = name.at.clone();
        identities.push(identity);
    }
    Ok(identities)
}

fn refuse_reserved(name: &Located<String>) -> Result<(), Fault> {
    if name.value == BUILT_IN {
        let hint = "remove it: anonymous sends nothing";
        return Err(Fault::new(&name.at, "`anonymous` is built in", hint));
    }
    let is_plain = |character: char| character.is_alphanumeric() || "-_.@".contains(character);
    match !name.is_empty() && name.chars().all(is_plain) {
        true => Ok(()),
        false => Err(Fault::new(
            &name.at,
            format!("`{}` cannot be an identity's name", escape(name)),
            "use letters, digits, and - _ . @",
        )),
    }
}

fn one<'a>(
    tables: &'a Tables,
    name: &'a Located<String>,
    on_the_way: &mut Vec<&'a str>,
) -> Result<Identity, Fault> {
    if on_the_way.contains(&name.as_str()) {
        let way = on_the_way.join(" → ");
        return Err(Fault::new(
            &name.at,
            format!("an identity extends itself: {way} → {}", escape(name)),
            "let one of them stand on its own",
        ));
    }
    let Some(table) = tables.get(name) else {
        let known: Vec<&str> = tables.keys().map(|name| name.as_str()).collect();
        let what = format!("there is no [identity.{}]", escape(name));
        return Err(Fault::unknown(&name.at, what, name, &known));
    };
    on_the_way.push(name);
    let mut identity = match &table.extends {
        None => Identity::default(),
        Some(base) => one(tables, base, on_the_way)?,
    };
    identity.owns.extend(table.owns.clone());
    if table.control.is_some() {
        identity.control.clone_from(&table.control);
    }
    identity.sends = Sends {
        call_credential: identity.sends.call_credential || table.auth.is_some(),
        certificate: identity.sends.certificate || table.tls.is_some(),
    };
    Ok(identity)
}
