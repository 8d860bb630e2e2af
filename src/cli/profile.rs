//! Heading "Profile": settings that a file of the user's keeps.

use std::path::PathBuf;

use clap::Args;

#[derive(Clone, Debug, Default, Args)]
#[command(
    next_help_heading = "Profile (target, TLS and credentials from a file; flags come first)"
)]
pub struct ProfileFlags {
    /// The profile to use.
    #[arg(
        short = 'P',
        long,
        value_name = "NAME",
        help = "The profile to use [default: $GRPCAUTH_PROFILE, then `profile` under [defaults] in the file]"
    )]
    pub profile: Option<String>,

    /// The file of profiles [default: $GRPCAUTH_CONFIG, then grpcauth/config.toml in the user's
    /// configuration directory]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// Use the target and an identity of this suite, as `grpcauth check` does
    #[arg(long, value_name = "FILE", requires = "identity", conflicts_with_all = ["profile", "config"])]
    pub suite: Option<PathBuf>,

    /// The identity of the suite that calls
    #[arg(long = "as", value_name = "IDENTITY", requires = "suite")]
    pub identity: Option<String>,

    /// The target of the suite, where it has several
    #[arg(long, value_name = "NAME", requires = "suite")]
    pub suite_target: Option<String>,

    /// Set a variable of the suite (repeatable)
    #[arg(long, value_name = "NAME=VALUE", requires = "suite", value_parser = variable)]
    pub var: Vec<(String, String)>,

    /// The command line stands as it is: no profile, and none of our variables, has a say in it.
    #[arg(skip)]
    pub standalone: bool,
}

impl ProfileFlags {
    /// Whether none of our variables has a say: a suite says all.
    pub fn stands_alone(&self) -> bool {
        self.standalone || self.suite.is_some()
    }
}

/// `NAME=VALUE`.
pub(crate) fn variable(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write NAME=VALUE".to_owned()),
    }
}
