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

    /// The command line stands as it is: no profile, and none of our variables, has a say in it.
    #[arg(skip)]
    pub standalone: bool,
}
