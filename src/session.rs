//! The only place that knows the order of the stages, and runs anything.
//!
//! plan → connect ∥ authenticate → describe → invoke → evidence → verdict → report.

pub(crate) mod asking;
mod bug;
pub(crate) mod call;
pub(crate) mod caller;
pub(crate) mod channel;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod demo;
pub(crate) mod describe;
pub(crate) mod describing;
pub(crate) mod explain;
pub(crate) mod follow_up;
pub(crate) mod handshake;
pub(crate) mod health;
pub(crate) mod lab;
pub(crate) mod list;
pub(crate) mod listing;
pub(crate) mod man;
pub(crate) mod names;
pub(crate) mod outgoing;
pub(crate) mod reaching;
pub(crate) mod retry;
pub(crate) mod token;
mod usage;
pub(crate) mod waiting;
pub(crate) mod watched;

use std::ffi::OsString;
use std::io;
use std::io::IsTerminal as _;
use std::io::Write as _;
use std::os::fd::AsFd;

use clap::error::ErrorKind;
use time::OffsetDateTime;

use crate::cli;
use crate::cli::Command;
use crate::cli::grpcurl;
use crate::cli::health::probe;
use crate::cli::output::OutputFlags;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::plan::channel::ChannelPlan;
use crate::plan::environment;
use crate::report::Detail;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::report::Sink;
use crate::report::Step;
use crate::report::console::Console;
use crate::report::formats;
use crate::report::layout::Block;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::report::style;
use crate::report::style::ColorChoice;
use crate::report::style::Style;
use crate::secret::places;
use crate::secret::tokens;
use crate::verdict;
use crate::verdict::Expectation;

/// Runs a command line and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    bug::guarded(|| dispatch(arguments))
}

fn dispatch(arguments: impl IntoIterator<Item = OsString>) -> ExitStatus {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if names::asked(&arguments) {
        return names::run();
    }
    let words = arguments.clone();
    let texts = || words.iter().skip(1).filter_map(|word| word.to_str());
    places::learn_words(texts());
    tokens::learn_words(texts());
    let translated = grpcurl::translate(arguments, &environment::text).and_then(probe::translate);
    let arguments = match translated {
        Ok(arguments) => arguments,
        Err(refused) => return usage::refuse(&words, refused.what, refused.hint),
    };
    let cli = match cli::parse(arguments) {
        Ok(cli) => cli,
        Err(error) => return refuse(&error, &words),
    };
    match cli.command {
        Command::Call(arguments) => call::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::List(arguments) => list::run(&arguments),
        Command::Describe(arguments) => describe::run(&arguments),
        Command::Handshake(arguments) => handshake::run(&arguments),
        Command::Health(arguments) => health::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Token(arguments) => token::run(&arguments),
        Command::Lab(arguments) => lab::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
        Command::Man(arguments) => man::run(&arguments),
    }
}

/// Help and version go to standard output, errors to standard error; a closed pipe is quiet.
fn refuse(error: &clap::Error, words: &[OsString]) -> ExitStatus {
    if !error.use_stderr() {
        return match error.print().and_then(|()| io::stdout().flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let why = format!("standard output could not be written: {error}");
                say(&Block::error(None, why));
                ExitStatus::Output
            }
            _ => ExitStatus::Success,
        };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitStatus::Usage;
    }
    let (what, fix) = usage::explained(error, words);
    usage::refuse(words, what, fix)
}

/// Says something on standard error where there is no report.
fn say(block: &Block) {
    let mut console = Console::standard(style_of(ColorChoice::Auto, &io::stderr()));
    let mut redactor = Redactor::new(false);
    redactor.catch_up();
    console.show(block, Detail::default(), &redactor);
}

/// For commands that print a page, or nothing but why not.
fn pages(color: ColorChoice) -> Reporter {
    let (stdout, stderr) = styles(color);
    let sink = Sink::new(
        &formats::text::ROW,
        Output::standard(stdout),
        Detail::default(),
    );
    Reporter::new(vec![sink], Console::standard(stderr), Redactor::new(false))
}

/// The styles of standard output and error, as the flag and the environment say.
fn styles(color: ColorChoice) -> (Style, Style) {
    (
        style_of(color, &io::stdout()),
        style_of(color, &io::stderr()),
    )
}

fn style_of(color: ColorChoice, stream: &(impl io::IsTerminal + AsFd)) -> Style {
    let width = style::columns(stream, environment::columns());
    let style = Style::choose(color, environment::colors(), stream);
    style.wide(width).with_unicode(environment::is_utf8())
}

/// For commands that take the output flags.
fn reporter(flags: &OutputFlags, show_secrets: bool) -> Reporter {
    let (stdout, stderr) = styles(flags.color);
    let detail = Detail {
        verbosity: flags.verbose,
        quiet: flags.quiet,
    };
    let format = formats::find(&flags.format).unwrap_or(formats::ALL[0]);
    let sink = Sink::new(format, Output::standard(stdout), detail);
    let mut console = Console::standard(stderr);
    let ci = environment::is_set("CI");
    if flags.quiet || ci || !io::stderr().is_terminal() {
        console.without_progress();
    }
    Reporter::new(vec![sink], console, Redactor::new(show_secrets))
}

/// What the channel's plan has to say, before the first packet.
fn begin(channel: &ChannelPlan, reporter: &Reporter) {
    for notice in &channel.notices {
        reporter.notice(notice);
    }
}

/// Reports that a run has a stage behind it.
fn reached(step: Step, evidence: &Evidence, reporter: &Reporter) {
    reporter.emit(&Event::Reached(
        step,
        &Run {
            evidence,
            expectation: &Expectation::default(),
            verdict: &verdict::interrupted(ExitStatus::NoStatus),
        },
    ));
}

/// The clock that a run is judged by.
fn now() -> OffsetDateTime {
    OffsetDateTime::now_utc()
}
