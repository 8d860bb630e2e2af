//! `completions`: from the definitions of the command line; names of services and methods from
//! `grpcauth complete-names`, which the scripts call.

use clap::CommandFactory as _;
use clap_complete::Shell;

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

/// zsh's script says for each argument what completes it.
fn in_zsh(script: &str) -> String {
    const NAMES: &str = include_str!("completions/names.zsh");
    let is_name = |line: &str| {
        let names = ["'::method -- ", "'::service -- ", "'::symbol -- "];
        // Where files say all, the first word may be the name.
        let target = line.starts_with("'::target -- ") && line.contains("not connected to");
        target || names.iter().any(|name| line.starts_with(name))
    };
    let mut named = String::new();
    for line in script.lines() {
        match line.strip_suffix(":_default' \\") {
            Some(argument) if is_name(line) => {
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
            // Its own definition, METHOD, SERVICE, SYMBOL, and two TARGETs that may be one.
            (Shell::Zsh, 6),
        ] {
            let script = script(shell);
            assert_eq!(script.matches("complete-names --").count(), 1, "{shell}");
            let names = match shell {
                Shell::Zsh => script.matches("_grpcauth_names").count(),
                _ => 1,
            };
            assert_eq!(names, asked, "{shell}");
        }
    }
}
