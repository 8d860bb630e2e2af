//! From metadata flags to what goes along with the RPCs.

use std::path::Path;
use std::time::Duration;

use http::header::HeaderName;
use http::header::HeaderValue;

use crate::authenticate::Prepared;
use crate::authenticate::metadata_credential;
use crate::identity::caller::HeaderFrom;
use crate::identity::caller::MetadataSpec;
use crate::metadata;
use crate::plan::Planned;
use crate::plan::caller::CallerPlan;
use crate::plan::files;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::SecretSource;

/// One entry, with the words in which a report names its origin: `-H`, `-H @FILE`.
type Given = (HeaderName, HeaderValue, String);

/// Adds what the flags give: plain metadata, and the credentials that stand in it.
pub(crate) fn plan(
    spec: &MetadataSpec,
    max_time: Option<Duration>,
    caller: &mut CallerPlan,
) -> Planned<()> {
    for (key, value, origin) in entries("-H", &spec.headers)? {
        match metadata_credential::in_metadata(&key, &value, &origin) {
            Some(prepared) => caller.credentials.push(prepared),
            None => caller.everywhere.append(key, value),
        }
    }
    for header in &spec.header_from {
        let prepared = secret(header, max_time, &mut caller.notices)?;
        caller.credentials.push(prepared);
    }
    for (key, value, _) in entries("--rpc-header", &spec.rpc_headers)? {
        caller.on_call.append(key, value);
    }
    for (key, value, _) in entries("--reflect-header", &spec.reflect_headers)? {
        caller.on_reflection.append(key, value);
    }
    Ok(())
}

/// Adds what a profile has for every RPC, where the command line does not say it otherwise.
pub(crate) fn add_missing(entries: &[(HeaderName, HeaderValue)], caller: &mut CallerPlan) {
    for (key, value) in entries {
        let name = key.as_str();
        let is_given = [&caller.everywhere, &caller.on_call, &caller.on_reflection]
            .iter()
            .any(|given| given.contains(name))
            || caller.credentials.iter().any(|own| own.key() == name);
        if !is_given {
            caller.everywhere.append(key.clone(), value.clone());
        }
    }
}

/// The flags here that may read standard input, once for each time, and whether each does.
pub(crate) fn stdin_claims(spec: &MetadataSpec) -> Vec<(&'static str, bool)> {
    let lists = [
        ("-H @-", &spec.headers),
        ("--rpc-header @-", &spec.rpc_headers),
        ("--reflect-header @-", &spec.reflect_headers),
    ];
    let of_lists = lists.into_iter().flat_map(|(flag, given)| {
        let claims = given.iter().filter(|text| text.as_str() == "@-");
        claims.map(move |_| (flag, true))
    });
    let of_secrets = spec
        .header_from
        .iter()
        .map(|header| ("--header-from", header.source == SecretSource::Stdin));
    of_lists.chain(of_secrets).collect()
}

/// What a flag's values come to: each is an entry, or names a file of them.
fn entries(flag: &'static str, given: &[String]) -> Planned<Vec<Given>> {
    let mut entries = Vec::new();
    for text in given {
        match text.strip_prefix('@') {
            None => entries.push(entry(flag, text)?),
            Some(source) => entries.extend(from_file(flag, source)?),
        }
    }
    Ok(entries)
}

fn entry(flag: &str, text: &str) -> Planned<Given> {
    let (key, value) = metadata::parse_line(text).map_err(|error| {
        usage(
            format!("{flag}: {error}"),
            format!("write {flag} 'key: value', {flag} @FILE or {flag} @-"),
        )
    })?;
    Ok((key, value, flag.to_owned()))
}

fn from_file(flag: &'static str, source: &str) -> Planned<Vec<Given>> {
    let origin = format!("{flag} @{source}");
    let bytes = match source {
        "" => {
            return Err(usage(
                format!("{flag} @ names no file"),
                format!("write {flag} @FILE, or {flag} @- for standard input"),
            ));
        }
        "-" => files::read_stdin(&origin)?,
        path => files::read(flag, Path::new(path))?,
    };
    let hint =
        "write one `key: value` a line; blank lines and those that begin with # are passed over";
    let text = String::from_utf8(bytes)
        .map_err(|_| usage(format!("{origin} is not text (UTF-8)"), hint))?;
    let entries = metadata::parse_lines(&text)
        .map_err(|(line, error)| usage(format!("{origin}, line {line}: {error}"), hint))?;
    let named = entries
        .into_iter()
        .map(|(key, value)| (key, value, origin.clone()));
    Ok(named.collect())
}

/// Metadata whose value is a secret: kept from the output, and from plaintext, whatever its key.
fn secret(
    header: &HeaderFrom,
    max_time: Option<Duration>,
    notices: &mut Vec<String>,
) -> Planned<Prepared> {
    let refuse = |error: metadata::NotMetadata| {
        usage(
            format!("--header-from: {error}"),
            "write --header-from KEY=SRC, such as x-tenant-key=env:KEY",
        )
    };
    let key = metadata::parse_key(&header.key).map_err(refuse)?;
    let secret = secrets::read_within("header-from", &header.source, max_time, notices)?;
    let value = metadata::parse_value(&key, secret.expose().trim()).map_err(refuse)?;
    let origin = header.source.to_string();
    Ok(metadata_credential::secret(&key, &value, &origin))
}

#[cfg(test)]
mod tests;
