//! `${name}`, `${env:X}`, `${file:PATH}` in the texts of a suite.
//!
//! `${own.x}` and `${other.x}` stand for objects and are left for the cells; in the data of a login, what the credential
//! itself fills in is left to it.

use std::collections::BTreeMap;
use std::fmt;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::authenticate::call_credentials;
use crate::identity::kind::Form;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::suite::source::each_text;
use crate::text::escape;

/// What variables stand for, apart from the suite itself.
pub(crate) struct Surroundings<'a> {
    /// `--var`.
    pub given: &'a [(String, String)],
    /// A variable of the environment; the error is a sentence.
    pub environment: &'a dyn Fn(&str) -> Result<String, String>,
    /// The content of a file, whose path is relative to the suite.
    pub file: &'a dyn Fn(&str) -> Result<String, String>,
}

impl fmt::Debug for Surroundings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Surroundings").finish_non_exhaustive()
    }
}

/// Fills in every text of `tables`.
pub(crate) fn expand(
    tables: &mut DeTable<'_>,
    surroundings: &Surroundings<'_>,
) -> Result<(), Fault> {
    let scope = Scope {
        own: own(tables)?,
        surroundings,
    };
    if let Some((name, _)) = surroundings
        .given
        .iter()
        .find(|(name, _)| !scope.own.contains_key(name))
    {
        let known: Vec<&str> = scope.own.keys().map(String::as_str).collect();
        let what = format!(
            "--var {}: the suite has no such variable in [vars]",
            escape(name)
        );
        return Err(Fault::unknown(&(0..0), what, name, &known));
    }
    each_text(tables, &mut Vec::new(), &mut |keys, at, text| {
        if !text.contains("${") {
            return Ok(None);
        }
        let leaves = if is_login_data(keys) {
            Leaves::ToLogin
        } else {
            Leaves::Objects
        };
        scope.fill(text, at, leaves, &mut Vec::new()).map(Some)
    })
}

/// `[vars]` as it is written.
fn own(tables: &DeTable<'_>) -> Result<BTreeMap<String, (Place, String)>, Fault> {
    let Some((_, vars)) = tables.iter().find(|(key, _)| key.get_ref() == "vars") else {
        return Ok(BTreeMap::new());
    };
    let DeValue::Table(vars) = vars.get_ref() else {
        return Err(Fault::new(
            &vars.span(),
            "`vars` is a table of texts",
            "write [vars]",
        ));
    };
    let mut own = BTreeMap::new();
    for (key, value) in vars.iter() {
        let DeValue::String(text) = value.get_ref() else {
            let what = format!("the variable `{}` is not a text", escape(key.get_ref()));
            return Err(Fault::new(&value.span(), what, "write it in quotes"));
        };
        own.insert(key.get_ref().to_string(), (value.span(), text.to_string()));
    }
    Ok(own)
}

/// Whether these keys lead to the data of a login: `identity.NAME.auth.body`.
fn is_login_data(keys: &[String]) -> bool {
    let [identity, _, auth, key, ..] = keys else {
        return false;
    };
    let mut parameters = call_credentials::kinds().flat_map(|kind| kind.parameters);
    identity == "identity"
        && auth == "auth"
        && parameters.any(|parameter| parameter.form == Form::Body && parameter.key == key)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leaves {
    Objects,
    ToLogin,
}

struct Scope<'a> {
    own: BTreeMap<String, (Place, String)>,
    surroundings: &'a Surroundings<'a>,
}

impl Scope<'_> {
    fn fill(
        &self,
        text: &str,
        at: &Place,
        leaves: Leaves,
        on_the_way: &mut Vec<String>,
    ) -> Result<String, Fault> {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            let Some((name, after)) = after.split_once('}') else {
                let what = "`${` without its `}`";
                return Err(Fault::new(
                    at,
                    what,
                    "write ${name}, ${env:NAME} or ${file:PATH}",
                ));
            };
            filled.push_str(before);
            match is_left(name, leaves) && !self.own.contains_key(name) {
                true => filled.push_str(&format!("${{{name}}}")),
                false => filled.push_str(&self.value(name, at, on_the_way)?),
            }
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }

    fn value(&self, name: &str, at: &Place, on_the_way: &mut Vec<String>) -> Result<String, Fault> {
        let refuse = |why: String, hint: &str| Fault::new(at, why, hint);
        if let Some(variable) = name.strip_prefix("env:") {
            return (self.surroundings.environment)(variable)
                .map_err(|why| refuse(why, "set the variable"));
        }
        if let Some(path) = name.strip_prefix("file:") {
            return (self.surroundings.file)(path)
                .map(|text| text.trim_end_matches(['\r', '\n']).to_owned())
                .map_err(|why| refuse(why, "correct the path: it is relative to the suite"));
        }
        let given = self.surroundings.given.iter().rev();
        if let Some((_, value)) = given.into_iter().find(|(own, _)| own == name) {
            return Ok(value.clone());
        }
        let Some((_, text)) = self.own.get(name) else {
            let known: Vec<&str> = self.own.keys().map(String::as_str).collect();
            let what = format!("there is no variable `{}`", escape(name));
            return Err(Fault::unknown(at, what, name, &known));
        };
        if on_the_way.iter().any(|earlier| earlier == name) {
            let way = on_the_way.join(" → ");
            return Err(refuse(
                format!("a variable refers to itself: {way} → {name}"),
                "write its value out",
            ));
        }
        on_the_way.push(name.to_owned());
        let filled = self.fill(text, at, Leaves::Objects, on_the_way)?;
        on_the_way.pop();
        Ok(filled)
    }
}

/// What is not for a variable to fill in.
fn is_left(name: &str, leaves: Leaves) -> bool {
    let of_object = name.starts_with("own.") || name.starts_with("other.");
    let of_login = ["username", "password"].contains(&name)
        || name.starts_with("env:")
        || name.starts_with("file:");
    match leaves {
        Leaves::Objects => of_object,
        Leaves::ToLogin => of_object || of_login,
    }
}

#[cfg(test)]
mod tests;
