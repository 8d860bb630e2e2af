//! From metadata flags to what goes along with the RPCs.

use http::header::HeaderName;
use http::header::HeaderValue;

use crate::authenticate::Prepared;
use crate::cli::metadata::MetadataFlags;
use crate::metadata;
use crate::plan::Planned;
use crate::plan::credentials::CallerPlan;
use crate::plan::usage;

/// Adds what the flags give: plain metadata, and the credentials that stand in it.
pub fn plan(flags: &MetadataFlags, caller: &mut CallerPlan) -> Planned<()> {
    for (key, value) in lines("-H", &flags.headers)? {
        match Prepared::from_metadata(&key, &value) {
            Some(prepared) => caller.credentials.push(prepared),
            None => caller.everywhere.append(key, value),
        }
    }
    for (key, value) in lines("--rpc-header", &flags.rpc_headers)? {
        caller.on_call.append(key, value);
    }
    for (key, value) in lines("--reflect-header", &flags.reflect_headers)? {
        caller.on_reflection.append(key, value);
    }
    Ok(())
}

fn lines(flag: &str, given: &[String]) -> Planned<Vec<(HeaderName, HeaderValue)>> {
    given
        .iter()
        .map(|line| {
            metadata::parse_line(line).map_err(|error| {
                usage(
                    format!("{flag}: {error}"),
                    format!("write {flag} 'key: value'"),
                )
            })
        })
        .collect()
}
