//! Reads the secrets that flags refer to, and sees that standard input is claimed once.

use std::time::Duration;

use crate::authenticate::program::TIME_LIMIT;
use crate::authenticate::secret_reader;
use crate::evidence::Refusal;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::usage;
use crate::secret::Secret;
use crate::secret::SecretSource;

/// The secret that `--flag` refers to.
pub(crate) fn read(
    flag: &'static str,
    source: &SecretSource,
    notices: &mut Vec<String>,
) -> Planned<Secret> {
    read_within(flag, source, None, notices)
}

/// The same, of which a program may take no longer than the whole run.
pub(crate) fn read_within(
    flag: &'static str,
    source: &SecretSource,
    max_time: Option<Duration>,
    notices: &mut Vec<String>,
) -> Planned<Secret> {
    let limit = max_time.map_or(TIME_LIMIT, |given| given.min(TIME_LIMIT));
    let read = secret_reader::read(source, environment::value, limit)
        .map_err(|problem| Refusal::Secret { flag, problem })?;
    notices.extend(read.notice);
    Ok(read.secret)
}

/// Standard input can be read once: `claims` are all flags that may read it, and whether each does.
pub(crate) fn claim_stdin_once(claims: &[(&str, bool)]) -> Planned<()> {
    let claiming: Vec<&str> = claims
        .iter()
        .filter(|(_, claims)| *claims)
        .map(|(flag, _)| *flag)
        .collect();
    match claiming.as_slice() {
        [] | [_] => Ok(()),
        [first, second, ..] => Err(usage(
            format!("standard input is claimed twice: by {first} and by {second}"),
            "read one of them from a file: or an env: variable",
        )),
    }
}

/// Whether a secret is read from standard input.
pub(crate) fn is_stdin(source: Option<&SecretSource>) -> bool {
    matches!(source, Some(SecretSource::Stdin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_is_read_once() {
        for (claims, fits) in [
            (vec![], true),
            (vec![("-d", true)], true),
            (vec![("-d", true), ("--token", false)], true),
            (vec![("-d", true), ("--token", true)], false),
            (
                vec![("--token", true), ("-H @-", false), ("--key-pass", true)],
                false,
            ),
        ] {
            assert_eq!(claim_stdin_once(&claims).is_ok(), fits, "{claims:?}");
        }
    }
}
