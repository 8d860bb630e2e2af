//! The environment: read here and nowhere else, which `clippy.toml` sees to.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;

use etcetera::BaseStrategy;
use etcetera::HomeDirError;

use crate::authenticate::cache::Notice;
use crate::plan::Planned;
use crate::plan::usage;
use crate::report::style::ColorEnvironment;

/// A variable's value; `None`: unset.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that reads variables"
)]
pub(crate) fn value(name: &str) -> Option<OsString> {
    env::var_os(name)
}

/// A variable's text; `None`: unset, or not UTF-8.
pub(crate) fn text(name: &str) -> Option<String> {
    value(name)?.into_string().ok()
}

/// A variable; an empty one is a mistake, not the wish for nothing.
pub(crate) fn variable(name: &str) -> Planned<Option<String>> {
    match value(name).map(OsString::into_string) {
        None => Ok(None),
        Some(Ok(value)) if value.is_empty() => Err(usage(
            format!("the variable {name} is set and empty"),
            format!("give it a value, or unset {name}"),
        )),
        Some(Ok(value)) => Ok(Some(value)),
        Some(Err(_)) => Err(usage(
            format!("the variable {name} is not text (UTF-8)"),
            format!("correct it, or unset {name}"),
        )),
    }
}

/// Whether a variable has a value that is not empty.
pub(crate) fn is_set(name: &str) -> bool {
    value(name).is_some_and(|value| !value.is_empty())
}

/// What NO_COLOR, CLICOLOR_FORCE and TERM say of colours; an empty variable counts as unset.
pub(crate) fn colors() -> ColorEnvironment {
    ColorEnvironment {
        no_color: is_set("NO_COLOR"),
        force: value("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0"),
        dumb: value("TERM").is_some_and(|value| value == "dumb"),
    }
}

/// Whether the locale is one of UTF-8: the first that is set of LC_ALL, LC_CTYPE and LANG decides.
pub(crate) fn is_utf8() -> bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(text);
    let mut locale = locale.filter(|name| !name.is_empty());
    let name = locale.next().unwrap_or_default().to_ascii_lowercase();
    name.contains("utf-8") || name.contains("utf8")
}

/// COLUMNS: how wide the terminal is.
pub(crate) fn columns() -> Option<usize> {
    text("COLUMNS")?.parse().ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks for directories"
)]
fn directories() -> Result<impl BaseStrategy, HomeDirError> {
    etcetera::choose_base_strategy()
}

/// `$XDG_CONFIG_HOME/grpcauth`, or `~/.config/grpcauth`.
///
/// # Errors
/// When neither variable leads anywhere.
pub(crate) fn configuration_directory() -> Result<PathBuf, HomeDirError> {
    Ok(directories()?.config_dir().join("grpcauth"))
}

/// `$XDG_CACHE_HOME/grpcauth`, or `~/.cache/grpcauth`.
///
/// # Errors
/// When neither variable leads anywhere.
pub(crate) fn cache_directory() -> Result<PathBuf, HomeDirError> {
    Ok(directories()?.cache_dir().join("grpcauth"))
}

/// Where tokens are kept.
///
/// # Errors
/// As those of [`cache_directory`].
pub(crate) fn token_directory() -> Result<PathBuf, Notice> {
    match cache_directory() {
        Ok(directory) => Ok(directory.join("tokens")),
        Err(error) => Err(Notice::NoHome(error.to_string())),
    }
}
