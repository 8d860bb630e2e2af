//! `completions`: from the definitions of the command line; names of services and methods from
//! `grpcauth complete-names`, which the scripts call.

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::Cli;
use crate::cli::completions::Completions;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Page;
use crate::report::style::ColorChoice;
use crate::session;

pub(crate) fn run(arguments: &Completions) -> ExitStatus {
    let reporter = session::pages(ColorChoice::Never);
    reporter.emit(&Event::Page(&Page::Text(&script(arguments.shell))));
    reporter.exit_status(ExitStatus::Success)
}

/// A shell's script.
pub fn script(shell: Shell) -> String {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "grpcauth", &mut bytes);
    let script = String::from_utf8_lossy(&bytes).into_owned();
    match shell {
        Shell::Bash => script + include_str!("completions/names.bash"),
        Shell::Fish => script + include_str!("completions/names.fish"),
        Shell::Zsh => in_zsh(&script),
        Shell::PowerShell => in_powershell(&script),
        _ => script,
    }
}

/// zsh's script has a block for each command, which begins with the command in parentheses, and in it a line for
/// each argument, which says what completes it.
fn in_zsh(script: &str) -> String {
    const NAMES: &str = include_str!("completions/names.zsh");
    const OF_A_NAME: [&str; 3] = ["'::method -- ", "'::service -- ", "'::symbol -- "];
    let mut command = "";
    let mut named = String::new();
    for line in script.lines() {
        let within = line.trim().strip_prefix('(');
        command = within
            .and_then(|line| line.strip_suffix(')'))
            .unwrap_or(command);
        // With the descriptors in files, the first word may be the name.
        let name_first =
            matches!(command, "list" | "describe") && line.starts_with("'::target -- ");
        let is_name = name_first || OF_A_NAME.iter().any(|name| line.starts_with(name));
        match line.strip_suffix(":_default' \\") {
            Some(argument) if is_name => {
                named.push_str(argument);
                named.push_str(":_grpcauth_names' \\");
            }
            _ => named.push_str(line),
        }
        named.push('\n');
        if line == "autoload -U is-at-least" {
            named.push_str(NAMES);
        }
    }
    named
}

/// PowerShell's script is one block, whose end chooses among what was collected.
fn in_powershell(script: &str) -> String {
    const NAMES: &str = include_str!("completions/names.ps1");
    const CHOICE: &str = "    $completions.Where{";
    script.replacen(CHOICE, &format!("{NAMES}\n{CHOICE}"), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_asks_for_names() {
        for (shell, asked) in [
            (Shell::Bash, 1),
            (Shell::Fish, 1),
            (Shell::PowerShell, 1),
            // Its own definition, METHOD, SERVICE, SYMBOL, and three TARGETs that may be one.
            (Shell::Zsh, 7),
        ] {
            let script = script(shell);
            assert_eq!(script.matches("complete-names -").count(), 1, "{shell}");
            let names = match shell {
                Shell::Zsh => script.matches("_grpcauth_names").count(),
                _ => 1,
            };
            assert_eq!(names, asked, "{shell}");
        }
    }
}
