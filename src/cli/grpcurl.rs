//! grpcurl's command line, translated into ours before clap reads it: `-plaintext`, `-max-time=5`, `ADDRESS list`.
//!
//! Two dashes are ours alone; one dash and a name of grpcurl's is what grpcurl means by it. Its words
//! after the address, `list` and `describe`, change the command.

mod flags;
mod headers;

use std::cell::OnceCell;
use std::ffi::OsString;

use crate::cli;
use crate::cli::grpcurl::flags::Meaning;
pub(super) use crate::cli::grpcurl::flags::switch;

/// The commands that grpcurl has.
const COMMANDS: [&str; 3] = ["call", "list", "describe"];

/// What of grpcurl's has no counterpart here, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub what: String,
    pub hint: String,
}

/// A variable of the environment.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The command line in our own terms; another command than grpcurl's passes as it is.
///
/// # Errors
/// A flag without a counterpart, or a header with a variable that is not set.
pub(crate) fn translate(
    arguments: Vec<OsString>,
    environment: Environment<'_>,
) -> Result<Vec<OsString>, Refused> {
    let command = arguments
        .get(1)
        .and_then(|word| COMMANDS.into_iter().find(|command| word == *command));
    let Some(command) = command else {
        return Ok(arguments);
    };
    let mut words = arguments.into_iter();
    let program = words.next().unwrap_or_default();
    let mut line = Line::new(command);
    let mut words = words.skip(1);
    while let Some(word) = words.next() {
        let Some(text) = word.to_str() else {
            line.positional(word);
            continue;
        };
        if text == "--" {
            line.rest = std::iter::once(word).chain(words).collect();
            break;
        }
        match flags::find(text) {
            Some((meaning, value)) => {
                let value = value.map(OsString::from);
                let value = value.or_else(|| meaning.takes_value().then(|| words.next()).flatten());
                line.flag(text, meaning, value)?;
            }
            None if text.starts_with('-') && text != "-" => {
                let takes_value = line.own_flag_takes_value(text);
                let value = takes_value.then(|| words.next()).flatten();
                line.push(PartKind::Ours, std::iter::once(word).chain(value));
            }
            None => line.positional(word),
        }
    }
    line.finish(program, environment)
}

/// The line as far as it is translated.
#[derive(Debug)]
struct Line {
    command: &'static str,
    definition: OnceCell<Option<clap::Command>>,
    parts: Vec<Part>,
    /// `--` and what follows.
    rest: Vec<OsString>,
    authority: Option<OsString>,
    unix: bool,
    expand_headers: bool,
}

/// A flag with its value, or a positional word.
#[derive(Debug)]
struct Part {
    kind: PartKind,
    words: Vec<OsString>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PartKind {
    Positional,
    Ours,
    /// A flag that was grpcurl's.
    Theirs,
    Header,
}

impl Line {
    fn new(command: &'static str) -> Self {
        Self {
            command,
            definition: OnceCell::new(),
            parts: Vec::new(),
            rest: Vec::new(),
            authority: None,
            unix: false,
            expand_headers: false,
        }
    }

    fn push(&mut self, kind: PartKind, words: impl IntoIterator<Item = OsString>) {
        let words = words.into_iter().collect();
        self.parts.push(Part { kind, words });
    }

    fn positionals(&mut self) -> impl Iterator<Item = &mut Part> {
        let parts = self.parts.iter_mut();
        parts.filter(|part| part.kind == PartKind::Positional)
    }

    /// The address, grpcurl's verb, or a symbol.
    fn positional(&mut self, word: OsString) {
        // The verb stands after the address, or in its place where files are described.
        let verb = ["list", "describe"].into_iter().find(|verb| word == *verb);
        if let Some(verb) = verb
            && self.command == "call"
            && self.positionals().count() < 2
        {
            self.command = verb;
            self.definition = OnceCell::new();
            return;
        }
        self.push(PartKind::Positional, [word]);
    }

    fn flag(
        &mut self,
        text: &str,
        meaning: Meaning,
        value: Option<OsString>,
    ) -> Result<(), Refused> {
        let is_on = || flags::switch(text, value.as_ref());
        // Without its value, clap says what is missing.
        let ours = |flag: &str| std::iter::once(flag.into()).chain(value.clone());
        match meaning {
            Meaning::Switch(flag) if is_on()? => self.push(PartKind::Theirs, [flag.into()]),
            Meaning::Switch(_) => {}
            Meaning::Either(on, off) => {
                let flag = if is_on()? { on } else { off };
                self.push(PartKind::Theirs, [flag.into()]);
            }
            Meaning::Needless => {
                is_on()?;
            }
            Meaning::Unix => self.unix = is_on()?,
            Meaning::ExpandHeaders => self.expand_headers = is_on()?,
            // grpcurl's default for "no limit".
            Meaning::Seconds(_) if value.as_ref().is_some_and(|value| value == "0") => {}
            Meaning::Value(flag) | Meaning::Seconds(flag) => {
                self.push(PartKind::Theirs, ours(flag))
            }
            Meaning::Header(flag) => self.push(PartKind::Header, ours(flag)),
            Meaning::Authority => {
                self.push(PartKind::Theirs, ours("--authority"));
                self.authority = value;
            }
            Meaning::Format => flags::format(value.as_ref())?,
            Meaning::Nothing(hint) => {
                return Err(Refused {
                    what: format!("grpcurl's {} has no counterpart here", flags::name(text)),
                    hint: hint.to_owned(),
                });
            }
        }
        Ok(())
    }

    fn own_flag_takes_value(&self, text: &str) -> bool {
        !text.contains('=') && self.takes_value(text).unwrap_or(false)
    }

    /// Whether a flag of ours takes a value; `None`: the command has no such flag.
    fn takes_value(&self, flag: &str) -> Option<bool> {
        // Defined once for the whole line: that costs as much as reading it.
        let definition = self.definition.get_or_init(|| cli::alone(self.command));
        takes_value(definition.as_ref()?, flag)
    }

    fn finish(
        mut self,
        program: OsString,
        environment: Environment<'_>,
    ) -> Result<Vec<OsString>, Refused> {
        if self.expand_headers {
            let headers = self
                .parts
                .iter_mut()
                .filter(|part| part.kind == PartKind::Header);
            for value in headers.filter_map(|part| part.words.get_mut(1)) {
                *value = headers::expand(value, environment)?;
            }
        }
        if self.unix
            && let Some(address) = self.positionals().next()
        {
            let mut target = OsString::from("unix:");
            target.push(&address.words[0]);
            address.words = vec![target];
        }
        self.verify_authority();
        self.leave_out_the_useless();
        let mut line = vec![program, self.command.into()];
        line.extend(self.parts.into_iter().flat_map(|part| part.words));
        line.append(&mut self.rest);
        Ok(line)
    }

    /// grpcurl's `-authority` is the verified name too, where there is TLS and no `-servername`.
    fn verify_authority(&mut self) {
        let given = |flag: &str| {
            let mut words = self.parts.iter().flat_map(|part| part.words.first());
            words.any(|word| word == flag)
        };
        let is_plain = given("--plaintext") || self.unix;
        if let Some(authority) = self.authority.take()
            && !is_plain
            && !given("--servername")
        {
            let host = flags::host_of(&authority);
            self.push(PartKind::Theirs, ["--servername".into(), host]);
        }
    }

    /// `list` and `describe` send no message; grpcurl takes the flags for one there, and ignores them.
    fn leave_out_the_useless(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        parts.retain(|part| {
            let flag = part.words.first().and_then(|flag| flag.to_str());
            !matches!(part.kind, PartKind::Theirs | PartKind::Header)
                || !flag.is_some_and(|flag| FOR_MESSAGES.contains(&flag))
                || self.takes_value(flag.unwrap_or_default()).is_some()
        });
        self.parts = parts;
    }
}

/// What only a call has a use for.
const FOR_MESSAGES: [&str; 5] = [
    "-d",
    "--allow-unknown-fields",
    "--emit-defaults",
    "--max-msg-size",
    "--rpc-header",
];

/// Whether a flag of this command takes a value; `None`: it has no such flag.
pub(super) fn takes_value(command: &clap::Command, flag: &str) -> Option<bool> {
    let found = command.get_arguments().find(|argument| {
        match (flag.strip_prefix("--"), flag.strip_prefix('-')) {
            (Some(long), _) => argument.get_long() == Some(long),
            (None, Some(short)) => argument.get_short().map(String::from).as_deref() == Some(short),
            (None, None) => false,
        }
    })?;
    Some(found.get_action().takes_values())
}

#[cfg(test)]
mod tests;
