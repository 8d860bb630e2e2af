//! `completions`: from the definitions of the command line.

use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::cli::completions::Completions;
use crate::exit_status::ExitStatus;
use crate::session::plain_output;

pub fn run(arguments: &Completions) -> ExitStatus {
    let mut output = plain_output();
    output.print(&script(arguments.shell));
    output.exit_status(ExitStatus::Success)
}

/// A shell's script.
pub fn script(shell: clap_complete::Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "grpcauth", &mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}
