//! Flags over the ambient credential: parameter by parameter within a kind, and never two kinds mixed.

use http::header::HeaderName;

use crate::authenticate::call_credentials;
use crate::authenticate::call_credentials::none;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::Form;
use crate::identity::written::Given;
use crate::identity::written::WrittenCredential;
use crate::plan::Planned;
use crate::plan::credentials::ambient::AmbientCredential;
use crate::plan::credentials::kinds;

/// The credentials to obtain.
#[derive(Debug, Default)]
pub(super) struct Settled {
    pub blocks: Vec<WrittenCredential>,
    /// Something of the ambient credential would be sent: more than names that the flags' own secrets go by.
    pub uses_ambient: bool,
}

/// Settles which credentials are meant. `named` is `--auth`; `none` beats everything.
pub(super) fn settle(
    named: Option<&str>,
    flags: Vec<Given>,
    ambient: Option<&AmbientCredential>,
    notices: &mut Vec<String>,
) -> Planned<Settled> {
    let Some(ambient) = ambient.filter(|_| named != Some(none::KIND.name)) else {
        return of_flags(named, flags);
    };
    let is_meant = |name: &str| ambient.blocks.iter().any(|block| block.kind.name == name);
    let (fitting, others): (Vec<Given>, Vec<Given>) = flags.into_iter().partition(|(name, _)| {
        let mut blocks = ambient.blocks.iter();
        blocks.any(|block| block.kind.parameter(name).is_some())
    });
    let beside = beside(&others);
    if named.is_none_or(is_meant) && (others.is_empty() || beside.is_some()) {
        let mut blocks: Vec<WrittenCredential> = ambient.blocks.clone();
        let mut uses_ambient = false;
        for block in &mut blocks {
            merge(block, &fitting, &ambient.whose, notices);
            uses_ambient |= !is_of_flags(block, &fitting);
        }
        blocks.extend(beside.map(|kind| WrittenCredential {
            kind,
            parameters: others,
        }));
        return Ok(Settled {
            blocks,
            uses_ambient,
        });
    }
    let flags: Vec<Given> = fitting.into_iter().chain(others).collect();
    if named.is_none() && kinds::implied(&flags).is_empty() {
        let kinds: Vec<_> = ambient.blocks.iter().map(|block| block.kind).collect();
        kinds::no_parameter_is_idle(&kinds, &flags)?;
    }
    let settled = of_flags(named, flags)?;
    notices.push(format!(
        "the credential of {} is not used: the flags give one of another kind",
        ambient.whose
    ));
    Ok(settled)
}

/// The kind that all of this gives, if it may go beside another one: a key and a token go together.
fn beside(others: &[Given]) -> Option<&'static CredentialKind> {
    let takes = |kind: &&CredentialKind| {
        let mut parameters = others.iter().map(|(name, _)| kind.parameter(name));
        parameters.all(|parameter| parameter.is_some())
    };
    let implied = kinds::implied(others).into_iter();
    implied.filter(|kind| kind.goes_beside).find(takes)
}

/// Whether all that is secret in a merged block came by flag. What is fetched never did.
fn is_of_flags(block: &WrittenCredential, flags: &[Given]) -> bool {
    let is_secret = |name: &str| {
        let parameter = block.kind.parameter(name);
        parameter.is_some_and(|parameter| parameter.form == Form::Secret)
    };
    let given = |name: &str| flags.iter().any(|(given, _)| *given == name);
    let mut secrets = block.parameters.iter().filter(|(name, _)| is_secret(name));
    !call_credentials::is_fetched(block.kind)
        && flags.iter().any(|(name, _)| is_secret(name))
        && secrets.all(|(name, _)| given(name))
}

fn of_flags(named: Option<&str>, flags: Vec<Given>) -> Planned<Settled> {
    let block = |kind: &'static CredentialKind| WrittenCredential {
        kind,
        parameters: flags
            .iter()
            .filter(|(name, _)| kind.parameter(name).is_some())
            .cloned()
            .collect(),
    };
    Ok(Settled {
        blocks: kinds::chosen(named, &flags)?
            .into_iter()
            .map(block)
            .collect(),
        uses_ambient: false,
    })
}

/// Takes out what would go under a metadata key that the command line gives itself; before its secrets are
/// read.
pub(super) fn yield_to(
    given: &[&HeaderName],
    blocks: &mut Vec<WrittenCredential>,
    whose: &str,
    notices: &mut Vec<String>,
) {
    blocks.retain(|block| {
        let beaten = given.iter().any(|key| block.is_sent_as(key.as_str()));
        if beaten {
            notices.push(format!(
                "the credential of {whose} is not sent: the command line gives its metadata key itself"
            ));
        }
        !beaten
    });
}

/// Puts what the flags give into `block`. Where they send it elsewhere, the secrets in it stay behind: they
/// were meant for another place.
fn merge(block: &mut WrittenCredential, flags: &[Given], whose: &str, notices: &mut Vec<String>) {
    let mine = flags
        .iter()
        .filter(|(name, _)| block.kind.parameter(name).is_some());
    let mine: Vec<Given> = mine.cloned().collect();
    let moved = mine.iter().find(|(name, written)| {
        let parameter = block.kind.parameter(name);
        parameter.is_some_and(|parameter| parameter.endpoint) && block.get(name) != Some(written)
    });
    if let Some((moved_by, _)) = moved {
        let kind = block.kind;
        let holds_secret = |name: &str| {
            let form = kind.parameter(name).map(|parameter| parameter.form);
            matches!(form, Some(Form::Secret | Form::Body))
        };
        let replaced = |name: &str| mine.iter().any(|(given, _)| *given == name);
        let left = |name: &str| holds_secret(name) && !replaced(name);
        for (name, _) in block.parameters.iter().filter(|(name, _)| left(name)) {
            notices.push(format!(
                "{name} of {whose} is not used: --{moved_by} names another place than it was meant for"
            ));
        }
        block.parameters.retain(|(name, _)| !left(name));
    }
    for (name, written) in mine {
        block.set(name, written);
    }
}

#[cfg(test)]
mod tests;
