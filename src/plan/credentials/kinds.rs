//! Which kinds of credential are meant: the one that is named, or those that the parameters imply.

use crate::authenticate::NotObtained;
use crate::authenticate::call_credentials::find;
use crate::authenticate::call_credentials::is_fetched;
use crate::authenticate::call_credentials::kinds;
use crate::authenticate::call_credentials::none;
use crate::evidence::Refusal;
use crate::identity::kind::CredentialKind;
use crate::identity::written::Given;
use crate::plan::Planned;
use crate::plan::usage;

/// The kinds to obtain. `none` beats everything else that is given.
pub(super) fn chosen(
    named: Option<&str>,
    written: &[Given],
) -> Planned<Vec<&'static CredentialKind>> {
    let unknown = |name: &str| Refusal::Credential(NotObtained::UnknownKind(name.to_owned()));
    let named = named
        .map(|name| find(name).ok_or_else(|| unknown(name)))
        .transpose()?;
    let kinds: Vec<&CredentialKind> = match named {
        Some(kind) if kind.name == none::KIND.name => return Ok(Vec::new()),
        Some(kind) => kinds()
            .filter(|other| {
                other.name == kind.name || (other.goes_beside && is_implied(other, written))
            })
            .collect(),
        None => implied(written),
    };
    no_parameter_is_idle(&kinds, written)?;
    Ok(kinds)
}

/// What the parameters imply. What a kind sends as it is given yields to one that fetches something with all of it:
/// beside a login, user and password are what it sends.
pub(super) fn implied(written: &[Given]) -> Vec<&'static CredentialKind> {
    let mut kinds: Vec<_> = kinds().filter(|kind| is_implied(kind, written)).collect();
    let fetched: Vec<_> = kinds
        .iter()
        .copied()
        .filter(|kind| is_fetched(kind))
        .collect();
    kinds.retain(|kind| {
        let takes_all = |other: &&CredentialKind| {
            let mut own = kind.parameters.iter();
            own.all(|parameter| other.parameter(parameter.name).is_some())
        };
        is_fetched(kind) || !fetched.iter().any(takes_all)
    });
    kinds
}

fn is_implied(kind: &CredentialKind, written: &[Given]) -> bool {
    written.iter().any(|(name, _)| {
        kind.parameter(name)
            .is_some_and(|parameter| parameter.implies)
    })
}

/// A flag that does nothing is a mistake: what was meant by it would not happen.
pub(super) fn no_parameter_is_idle(taking: &[&CredentialKind], written: &[Given]) -> Planned<()> {
    for (name, _) in written {
        if taking.iter().any(|kind| kind.parameter(name).is_some()) {
            continue;
        }
        let names: Vec<&str> = taking.iter().map(|kind| kind.name).collect();
        let takers: Vec<&str> = kinds()
            .filter(|kind| kind.parameter(name).is_some())
            .map(|kind| kind.name)
            .collect();
        let what = match names.as_slice() {
            [] => format!("--{name} requires a credential"),
            names => format!(
                "--{name} has no use with a credential of kind {}",
                names.join(", ")
            ),
        };
        let hint = match name {
            &"password" => "name its user with --user NAME".to_owned(),
            _ => format!(
                "leave it out, or give what it belongs to: a credential of kind {}",
                takers.join(", ")
            ),
        };
        return Err(usage(what, hint));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::written::Written;

    fn names(named: Option<&str>, given: &[&'static str]) -> Option<Vec<&'static str>> {
        let written: Vec<(&str, Written)> = given
            .iter()
            .map(|name| (*name, Written::Text(String::new())))
            .collect();
        let kinds = chosen(named, &written).ok()?;
        Some(kinds.iter().map(|kind| kind.name).collect())
    }

    #[test]
    fn what_is_meant() {
        for (named, given, expected) in [
            (None, &[][..], Some(&[][..])),
            (None, &["token"], Some(&["bearer"])),
            (None, &["user", "password"], Some(&["basic"])),
            (None, &["token", "api-key"], Some(&["bearer", "api-key"])),
            (None, &["login-url", "user", "password"], Some(&["login"])),
            (None, &["token-url", "client-id", "user"], Some(&["oauth"])),
            (None, &["client-id", "issuer", "scope"], Some(&["oauth"])),
            (None, &["token", "login-url"], Some(&["bearer", "login"])),
            (None, &["login-rpc", "user"], Some(&["login-rpc"])),
            (None, &["exec", "audience"], Some(&["exec"])),
            (
                None,
                &["jwt-claims", "assertion-key", "audience"],
                Some(&["jwt"]),
            ),
            (Some("jwt"), &["assertion-key"], Some(&["jwt"])),
            (Some("none"), &["token", "scope"], Some(&[])),
            (Some("basic"), &["user"], Some(&["basic"])),
            (
                Some("oauth"),
                &["client-id", "api-key"],
                Some(&["api-key", "oauth"]),
            ),
            (Some("bearer"), &[], Some(&["bearer"])),
            (Some("mac"), &[], None),
            (Some("bearer"), &["client-id"], None),
            (None, &["scheme"], None),
            (None, &["password"], None),
            (None, &["token", "scope"], None),
        ] {
            assert_eq!(
                names(named, given).as_deref(),
                expected,
                "{named:?} {given:?}"
            );
        }
    }
}
