//! `man`: from the definitions of the command line.

use clap::CommandFactory as _;

use crate::cli::Cli;
use crate::cli::man::Man;
use crate::exit_status::ExitStatus;
use crate::report;
use crate::report::Event;
use crate::report::style::ColorChoice;
use crate::session;
use crate::text;

pub(crate) fn run(arguments: &Man) -> ExitStatus {
    let reporter = session::pages(ColorChoice::Never);
    let wanted = arguments.command.as_deref();
    match pages()
        .into_iter()
        .find(|page| page.command.as_deref() == wanted)
    {
        Some(page) => {
            reporter.emit(&Event::Page(&report::Page::Text(&page.roff)));
            reporter.exit_status(ExitStatus::Success)
        }
        None => {
            let known: Vec<String> = pages()
                .into_iter()
                .filter_map(|page| page.command)
                .collect();
            let word = wanted.unwrap_or_default();
            let suggestion = text::did_you_mean(word, known.iter().map(String::as_str))
                .map(|name| format!("; did you mean `{name}`?"))
                .unwrap_or_default();
            reporter.refuse(
                &format!("`{}` is an unknown command{suggestion}", text::escape(word)),
                &format!("the commands are {}", known.join(", ")),
            );
            ExitStatus::Usage
        }
    }
}

/// A man page.
#[derive(Debug)]
pub struct Page {
    /// `grpcauth-call.1`.
    pub file: String,
    /// `call`, `token-explain`; `None`: grpcauth itself.
    pub command: Option<String>,
    pub roff: String,
}

/// Every page: of grpcauth, of each command, and of each command within one.
pub fn pages() -> Vec<Page> {
    let mut root = Cli::command();
    root.build();
    let mut pages = vec![page(root.clone(), None)];
    for command in shown_within(&root) {
        let name = command.get_name().to_owned();
        for inner in shown_within(command) {
            let name = format!("{name}-{}", inner.get_name());
            pages.push(named_page(inner, name));
        }
        pages.push(named_page(command, name));
    }
    pages
}

fn shown_within(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    command
        .get_subcommands()
        .filter(|inner| !inner.is_hide_set() && inner.get_name() != "help")
}

fn named_page(command: &clap::Command, name: String) -> Page {
    let full = command.clone().name(format!("grpcauth-{name}"));
    page(full, Some(name))
}

fn page(command: clap::Command, name: Option<String>) -> Page {
    let file = match &name {
        None => "grpcauth.1".to_owned(),
        Some(name) => format!("grpcauth-{name}.1"),
    };
    let mut roff = Vec::new();
    // Writing into memory does not fail.
    let _ = clap_mangen::Man::new(command).render(&mut roff);
    Page {
        file,
        command: name,
        roff: String::from_utf8_lossy(&roff).into_owned(),
    }
}
