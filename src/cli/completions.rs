//! `grpcauth completions`.

use clap::Args;
use clap_complete::Shell;

/// Print a shell's completion script
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  grpcauth completions bash > /etc/bash_completion.d/grpcauth
  grpcauth completions zsh > ~/.zfunc/_grpcauth")]
pub struct Completions {
    pub shell: Shell,
}
