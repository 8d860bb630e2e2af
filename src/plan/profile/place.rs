//! Where profiles are, and which one is meant: flags, then variables, then what the file says.

use std::path::Path;
use std::path::PathBuf;

use crate::cli::profile::ProfileFlags;
use crate::plan::Planned;
use crate::plan::environment;

const CONFIG: &str = "GRPCAUTH_CONFIG";
const PROFILE: &str = "GRPCAUTH_PROFILE";

/// What flags and variables ask for.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// A file that is named, and must be there.
    named: Option<PathBuf>,
    /// The user's own file, if there is one.
    own: Option<PathBuf>,
    /// What names the file, for complaints.
    pub named_by: &'static str,
    pub profile: Option<String>,
}

impl Asked {
    pub(super) fn of(
        flags: &ProfileFlags,
        environment: &dyn Fn(&str) -> Planned<Option<String>>,
    ) -> Planned<Self> {
        let (named, named_by) = match &flags.config {
            Some(path) => (Some(path.clone()), "--config"),
            None => (environment(CONFIG)?.map(PathBuf::from), CONFIG),
        };
        let profile = match &flags.profile {
            Some(name) => Some(name.clone()),
            None => environment(PROFILE)?,
        };
        let (own, named_by) = match named {
            Some(_) => (None, named_by),
            None => (own(), "--config"),
        };
        Ok(Self {
            named,
            own,
            named_by,
            profile,
        })
    }

    /// The file to read. Without a profile that is asked for there may be none; it is read for its default.
    pub(super) fn path(&self) -> Option<&Path> {
        match (&self.named, &self.own) {
            (Some(path), _) => Some(path),
            (None, Some(path)) if self.profile.is_some() || path.exists() => Some(path),
            (None, _) => None,
        }
    }
}

/// `$XDG_CONFIG_HOME/grpcauth/config.toml`.
fn own() -> Option<PathBuf> {
    let directory = environment::configuration_directory().ok()?;
    Some(directory.join("config.toml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::usage;

    fn flags(config: Option<&str>, profile: Option<&str>) -> ProfileFlags {
        ProfileFlags {
            config: config.map(PathBuf::from),
            profile: profile.map(str::to_owned),
            ..ProfileFlags::default()
        }
    }

    #[test]
    fn flags_come_before_variables() {
        let set = |name: &str| {
            Ok(Some(match name {
                CONFIG => "/env.toml".to_owned(),
                _ => "of-env".to_owned(),
            }))
        };
        let unset = |_: &str| Ok(None);
        for (config, profile, path, named_by, name) in [
            (
                Some("/flag.toml"),
                Some("of-flag"),
                "/flag.toml",
                "--config",
                "of-flag",
            ),
            (Some("/flag.toml"), None, "/flag.toml", "--config", "of-env"),
            (None, Some("of-flag"), "/env.toml", CONFIG, "of-flag"),
            (None, None, "/env.toml", CONFIG, "of-env"),
        ] {
            let asked = Asked::of(&flags(config, profile), &set).unwrap();
            assert_eq!(asked.path(), Some(Path::new(path)));
            assert_eq!(asked.named_by, named_by);
            assert_eq!(asked.profile.as_deref(), Some(name));
        }
        let asked = Asked::of(&flags(None, None), &unset).unwrap();
        assert_eq!((asked.named, asked.profile), (None, None));
    }

    #[test]
    fn a_bad_variable_is_an_error_where_it_counts() {
        let bad = |name: &str| Err(usage(name, ""));
        for (config, profile, fits) in [
            (None, None, false),
            (Some("/flag.toml"), None, false),
            (None, Some("of-flag"), false),
            (Some("/flag.toml"), Some("of-flag"), true),
        ] {
            assert_eq!(Asked::of(&flags(config, profile), &bad).is_ok(), fits);
        }
    }

    /// The user's own file may be absent, unless a profile of it is asked for.
    #[test]
    fn a_file_that_nobody_asked_for_may_be_absent() {
        let mut asked = Asked {
            named: None,
            own: Some("/no/such/file".into()),
            named_by: "--config",
            profile: None,
        };
        assert_eq!(asked.path(), None);
        asked.profile = Some("ci".into());
        assert_eq!(asked.path(), Some(Path::new("/no/such/file")));
    }
}
