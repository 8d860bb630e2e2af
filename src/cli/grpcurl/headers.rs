//! `-expand-headers`: `${NAME}` in a header stands for a variable of the environment.

use std::ffi::OsStr;
use std::ffi::OsString;

use crate::cli::grpcurl::Environment;
use crate::cli::grpcurl::Refused;
use crate::secret::Secret;

/// The header with its variables' values; nothing else is expanded, and a value is not looked into.
pub(super) fn expand(header: &OsStr, environment: Environment<'_>) -> Result<OsString, Refused> {
    let Some(mut rest) = header.to_str() else {
        return Ok(header.to_owned());
    };
    let mut expanded = String::new();
    while let Some((before, after)) = rest.split_once("${") {
        expanded.push_str(before);
        let Some((name, behind)) = after.split_once('}').filter(|(name, _)| !name.is_empty())
        else {
            expanded.push_str("${");
            rest = after;
            continue;
        };
        match environment(name) {
            // What is not written out is a secret, whatever the header.
            Some(value) => expanded.push_str(Secret::new(value).expose()),
            None => {
                return Err(Refused {
                    what: format!("a header names the variable {name}, which is not set"),
                    hint: format!("set {name}, or leave -expand-headers out"),
                });
            }
        }
        rest = behind;
    }
    expanded.push_str(rest);
    Ok(expanded.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_alone_are_expanded() {
        let environment = |name: &str| match name {
            "TOKEN" => Some("abc${X}".to_owned()),
            "EMPTY" => Some(String::new()),
            _ => None,
        };
        for (header, expected) in [
            ("k: v", Ok("k: v")),
            (
                "authorization: Bearer ${TOKEN}",
                Ok("authorization: Bearer abc${X}"),
            ),
            ("${TOKEN}${TOKEN}", Ok("abc${X}abc${X}")),
            ("k: ${EMPTY}.", Ok("k: .")),
            ("k: $TOKEN \\$ ${", Ok("k: $TOKEN \\$ ${")),
            ("k: ${}", Ok("k: ${}")),
            ("k: ${UNSET}", Err("UNSET")),
        ] {
            match (expand(OsStr::new(header), &environment), expected) {
                (Ok(expanded), Ok(expected)) => assert_eq!(expanded, expected),
                (Err(refused), Err(name)) => assert!(refused.what.contains(name)),
                (outcome, _) => panic!("{header}: {outcome:?}"),
            }
        }
    }
}
