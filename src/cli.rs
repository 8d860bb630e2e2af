//! The command line as it is typed. Nothing here touches the world; [`crate::plan`] says what it means.
//!
//! One file for each command, and for each heading of flags that commands share.

pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod credentials;
pub(crate) mod demo;
pub(crate) mod describe;
pub(crate) mod descriptors;
pub(crate) mod explain;
pub(crate) mod grpcurl;
pub(crate) mod handshake;
pub(crate) mod health;
pub(crate) mod lab;
pub(crate) mod list;
pub(crate) mod man;
pub(crate) mod metadata;
pub(crate) mod output;
pub(crate) mod profile;
pub(crate) mod server;
pub(crate) mod target;
pub(crate) mod tls;
pub(crate) mod token;
pub(crate) mod values;

use std::ffi::OsString;

use clap::Args as _;
use clap::CommandFactory as _;
use clap::FromArgMatches as _;
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
pub struct CliOf<C: Subcommand> {
    #[command(subcommand)]
    pub command: C,
}

/// The whole command line.
pub type Cli = CliOf<Command>;

/// No command at all: what the program itself takes.
#[derive(Debug, Subcommand)]
enum Nothing {}

/// Reads a command line. Of the commands that most lines begin with only the one that is meant is defined:
/// defining all of them costs more than reading the line.
///
/// # Errors
/// clap's: usage, or that help or the version is wanted.
pub(crate) fn parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let word = arguments.get(1).and_then(|word| word.to_str());
    let itself = CliOf::<Nothing>::command;
    let mut definition = match word {
        Some("--version" | "-V") => itself(),
        _ => match word.and_then(alone) {
            Some(command) => itself().subcommand(command),
            None => Cli::command(),
        },
    };
    let matches = definition.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut definition))
}

/// The definition of one command by itself, as [`Command`] has it.
pub(crate) fn alone(name: &str) -> Option<clap::Command> {
    let define = match name {
        "call" => call::Call::augment_args,
        "check" => check::Check::augment_args,
        "list" => list::List::augment_args,
        "describe" => describe::Describe::augment_args,
        "handshake" => handshake::Handshake::augment_args,
        "health" => health::Health::augment_args,
        "token" => token::Token::augment_args,
        _ => return None,
    };
    Some(define(clap::Command::new(name.to_owned())))
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Call(Box<call::Call>),
    Check(Box<check::Check>),
    List(Box<list::List>),
    Describe(Box<describe::Describe>),
    Handshake(Box<handshake::Handshake>),
    Health(Box<health::Health>),
    Explain(explain::Explain),
    Token(Box<token::Token>),
    Lab(lab::Lab),
    Demo(demo::Demo),
    Completions(completions::Completions),
    Man(man::Man),
}

/// The table of exit codes, for help and man pages.
pub(crate) fn exit_codes() -> String {
    codes(exit_status::TABLE)
}

/// The same for `check`.
pub(crate) fn exit_codes_of_check() -> String {
    codes(exit_status::OF_CHECK)
}

fn codes(table: &[(&str, &str)]) -> String {
    let mut text = String::from("Exit codes:\n");
    for (code, meaning) in table {
        text.push_str(&format!("  {code:<6}{meaning}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_by_itself_is_the_one_of_all() {
        let mut whole = Cli::command();
        whole.build();
        for name in [
            "call",
            "check",
            "list",
            "describe",
            "handshake",
            "health",
            "token",
        ] {
            let mut one = CliOf::<Nothing>::command().subcommand(alone(name).unwrap());
            one.build();
            let help = |root: &mut clap::Command| {
                let command = root.find_subcommand_mut(name).unwrap();
                command.render_long_help().to_string()
            };
            assert_eq!(help(&mut one), help(&mut whole), "{name}");
        }
        assert!(alone("cal").is_none());
    }

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
