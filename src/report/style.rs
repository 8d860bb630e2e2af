//! Colours, where they belong: on a terminal that wants them. The only user of `colored`.

use std::io::IsTerminal;

use colored::Color;
use colored::ColoredString;
use colored::Colorize as _;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set; elsewhere with CLICOLOR_FORCE.
    #[default]
    Auto,
    Always,
    Never,
}

/// Whether a stream takes colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    enabled: bool,
}

/// What the environment says of colours.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColorEnvironment {
    pub no_color: bool,
    pub force: bool,
    pub dumb: bool,
}

impl Style {
    pub const PLAIN: Self = Self { enabled: false };

    /// Flag before NO_COLOR before CLICOLOR_FORCE before the terminal.
    pub fn choose(
        choice: ColorChoice,
        environment: ColorEnvironment,
        stream: &impl IsTerminal,
    ) -> Self {
        let enabled = match choice {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto if environment.no_color => false,
            ColorChoice::Auto if environment.force => true,
            ColorChoice::Auto => stream.is_terminal() && !environment.dumb,
        };
        if enabled {
            // `colored` has a switch of its own, which looks at other variables.
            colored::control::set_override(true);
        }
        Self { enabled }
    }

    pub fn error(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Red).bold())
    }

    pub fn warning(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Yellow).bold())
    }

    pub fn good(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Green).bold())
    }

    pub fn hint(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Cyan).bold())
    }

    pub fn id(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Magenta))
    }

    pub fn strong(self, text: &str) -> String {
        self.paint(text, |text| text.bold())
    }

    pub fn faint(self, text: &str) -> String {
        self.paint(text, |text| text.dimmed())
    }

    fn paint(self, text: &str, with: impl Fn(&str) -> ColoredString) -> String {
        if self.enabled {
            with(text).to_string()
        } else {
            text.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flag_before_environment_before_terminal() {
        let plain = ColorEnvironment::default();
        let no_color = ColorEnvironment {
            no_color: true,
            ..plain
        };
        let force = ColorEnvironment {
            force: true,
            ..plain
        };
        let both = ColorEnvironment {
            no_color: true,
            force: true,
            dumb: false,
        };
        let file = std::fs::File::open("Cargo.toml").unwrap();
        for (choice, environment, enabled) in [
            (ColorChoice::Always, no_color, true),
            (ColorChoice::Never, force, false),
            (ColorChoice::Auto, plain, false),
            (ColorChoice::Auto, force, true),
            (ColorChoice::Auto, both, false),
        ] {
            let style = Style::choose(choice, environment, &file);
            assert_eq!(style.enabled, enabled, "{choice:?} {environment:?}");
            assert_eq!(style.error("x") != "x", enabled);
        }
    }
}
