//! What a stream can show: colours, where they belong, on a terminal that wants them, and so many columns. The only user
//! of `colored`.
//!
//! Colours repeat what the words say, and are those that stand out on light and on dark backgrounds.

use std::io::IsTerminal;
use std::os::fd::AsFd;

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

/// The fewest columns that lines are wrapped for, and those of a terminal that does not say how many it has.
const FEWEST_COLUMNS: usize = 40;
const USUAL_COLUMNS: usize = 80;

/// Whether a stream takes colours, and how wide it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    enabled: bool,
    /// In columns; `None`: no terminal, its lines are not wrapped.
    width: Option<usize>,
    /// Whether it shows more than ASCII.
    unicode: bool,
}

/// How a step or a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Ok,
    Warn,
    Fail,
}

/// The columns of a terminal, as COLUMNS or the terminal says; `None`: the stream is none.
pub(crate) fn columns(
    stream: &(impl IsTerminal + AsFd),
    environment: Option<usize>,
) -> Option<usize> {
    if !stream.is_terminal() {
        return None;
    }
    let asked = || {
        let size = rustix::termios::tcgetwinsize(stream).ok()?;
        Some(usize::from(size.ws_col))
    };
    let known = environment.or_else(asked).filter(|columns| *columns > 0);
    Some(known.unwrap_or(USUAL_COLUMNS))
}

/// What the environment says of colours.
#[derive(Clone, Copy, Debug, Default)]
pub struct ColorEnvironment {
    pub no_color: bool,
    pub force: bool,
    pub dumb: bool,
}

impl Style {
    pub const PLAIN: Self = Self {
        enabled: false,
        width: None,
        unicode: false,
    };

    /// The same for a stream that shows UTF-8, or does not.
    #[must_use]
    pub(crate) fn with_unicode(self, unicode: bool) -> Self {
        Self { unicode, ..self }
    }

    /// A mark as it is measured, and as it is painted: a sign in colour, or a word.
    pub(crate) fn mark(self, mark: Mark) -> (String, String) {
        let has_signs = self.enabled && self.unicode;
        let text = match (mark, has_signs) {
            (Mark::Ok, true) => "\u{2713}",
            (Mark::Warn, true) => "!",
            (Mark::Fail, true) => "\u{2717}",
            (Mark::Ok, false) => "ok  ",
            (Mark::Warn, false) => "warn",
            (Mark::Fail, false) => "fail",
        };
        let painted = match mark {
            Mark::Ok => self.good(text),
            Mark::Warn => self.warning(text),
            Mark::Fail => self.error(text),
        };
        (text.to_owned(), painted)
    }

    /// The same for a terminal of so many columns; `None`: for what is no terminal.
    #[must_use]
    pub(crate) fn wide(self, width: Option<usize>) -> Self {
        let width = width.map(|columns| columns.max(FEWEST_COLUMNS));
        Self { width, ..self }
    }

    /// The columns that lines are wrapped for.
    pub(crate) fn width(self) -> Option<usize> {
        self.width
    }

    /// Whether it is of a terminal.
    pub(crate) fn is_of_terminal(self) -> bool {
        self.width.is_some()
    }

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
        Self {
            enabled,
            width: None,
            unicode: false,
        }
    }

    pub fn error(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Red).bold())
    }

    pub fn warning(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Magenta).bold())
    }

    pub fn good(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Green).bold())
    }

    pub fn hint(self, text: &str) -> String {
        self.paint(text, |text| text.color(Color::Blue).bold())
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
        if self.enabled && !text.is_empty() {
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
            assert_eq!(style.error(""), "", "no escape sequences around nothing");
        }
    }
}
