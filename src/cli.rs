//! The command line as it is typed. Nothing here touches the world; [`crate::plan`] says what it means.
//!
//! One file for each command, and for each heading of flags that commands share.

pub mod call;
pub mod completions;
pub mod credentials;
pub mod demo;
pub mod describe;
pub mod descriptors;
pub mod explain;
pub mod grpcurl;
pub mod handshake;
pub mod lab;
pub mod list;
pub mod man;
pub mod metadata;
pub mod output;
pub mod profile;
pub mod target;
pub mod tls;
pub mod token;
pub mod values;

use clap::Parser;
use clap::Subcommand;

use crate::exit_status;

/// Finds out who said no to a gRPC call, and why.
#[derive(Debug, Parser)]
#[command(
    name = "grpcauth",
    version,
    about = "Finds out who said no to a gRPC call, and why",
    long_about = "Finds out who said no to a gRPC call, and why: connects, authenticates, calls, and \
                  says which layer refused, what it said, the cause, and the cure.",
    after_help = "Try `grpcauth demo`: calls to a secured server inside this process, each explained.",
    after_long_help = exit_codes(),
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 100
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Call(Box<call::Call>),
    List(Box<list::List>),
    Describe(Box<describe::Describe>),
    Handshake(Box<handshake::Handshake>),
    Explain(explain::Explain),
    Token(Box<token::Token>),
    Lab(lab::Lab),
    Demo(demo::Demo),
    Completions(completions::Completions),
    Man(man::Man),
}

/// The table of exit codes, for help and man pages.
pub fn exit_codes() -> String {
    let mut text = String::from("Exit codes:\n");
    for (code, meaning) in exit_status::TABLE {
        text.push_str(&format!("  {code:<6}{meaning}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_definitions_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_shows_an_example() {
        let root = Cli::command();
        let outer = root.get_subcommands();
        let inner = root
            .get_subcommands()
            .flat_map(|command| command.get_subcommands());
        for command in outer.chain(inner) {
            let help = command.get_after_help().map(ToString::to_string);
            assert!(
                help.is_some_and(|help| help.contains("grpcauth")),
                "{} has no example in its help",
                command.get_name()
            );
        }
    }
}
