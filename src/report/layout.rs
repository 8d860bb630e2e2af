//! The one place that lays out what is said beside the results, as rustc lays out an error: what is wrong, who said
//! so, the facts that decide as a label and a value each, and what to do.
//!
//! Lines wrap at the terminal's width behind a hanging indent, and not at all in a pipe. What stands between backquotes
//! is something to copy: it is never broken.

pub(crate) mod rows;
mod sentence;

use crate::report::Detail;
use crate::report::layout::sentence::divided;
use crate::report::layout::sentence::glued;
use crate::report::layout::sentence::labelled;
use crate::report::layout::sentence::shortened;
use crate::report::opening;
use crate::report::redactor::Redactor;
use crate::report::style::Style;
use crate::text::aside;

/// The longest text that is shown as one headline, value or fix.
const LONGEST: usize = 600;

/// How many facts are shown without `-v`.
const FACTS: usize = 8;

/// The widest label that has its values stand in a column; a longer one is part of a sentence.
const LABEL: usize = 24;

/// A failure's headline that is longer is divided where a clause ends, and the rest of it becomes a fact.
const HEADLINE: usize = 80;

/// What stands for a blank between backquotes while lines are wrapped. A noncharacter, so that no text has one.
const GLUE: char = '\u{fdd8}';

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Error,
    Warning,
    /// A further thing that is wrong.
    Also,
    Note,
    /// Good news.
    Expected,
}

/// Something that is said: a failure, a warning, a note. Its texts may quote a peer, and are opened here.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    kind: Kind,
    id: Option<&'static str>,
    headline: String,
    answer: Option<String>,
    excerpt: Vec<String>,
    facts: Vec<Fact>,
    fixes: Vec<String>,
}

/// A value behind its label, or a sentence without one.
#[derive(Clone, Debug)]
struct Fact {
    label: Option<String>,
    value: String,
}

impl Block {
    pub(crate) fn error(id: Option<&'static str>, headline: impl Into<String>) -> Self {
        Self::new(Kind::Error, id, headline.into())
    }

    pub(crate) fn warning(id: Option<&'static str>, headline: impl Into<String>) -> Self {
        Self::new(Kind::Warning, id, headline.into())
    }

    pub(crate) fn also(id: &'static str, headline: impl Into<String>) -> Self {
        Self::new(Kind::Also, Some(id), headline.into())
    }

    pub(crate) fn note(headline: impl Into<String>) -> Self {
        Self::new(Kind::Note, None, headline.into())
    }

    pub(crate) fn expected(headline: impl Into<String>) -> Self {
        Self::new(Kind::Expected, None, headline.into())
    }

    fn new(kind: Kind, id: Option<&'static str>, headline: String) -> Self {
        Self {
            kind,
            id,
            headline,
            answer: None,
            excerpt: Vec::new(),
            facts: Vec::new(),
            fixes: Vec::new(),
        }
    }

    /// Who said so, in a sentence.
    #[must_use]
    pub(crate) fn answered(self, answer: impl Into<String>) -> Self {
        Self {
            answer: Some(answer.into()),
            ..self
        }
    }

    /// A value with its label. Those that decide come first: without `-v` only some are shown.
    #[must_use]
    pub(crate) fn fact(mut self, label: &str, value: impl Into<String>) -> Self {
        self.facts.push(Fact {
            label: Some(label.to_owned()),
            value: value.into(),
        });
        self
    }

    /// A line of a file, or what points at a place in it: shown as it is.
    #[must_use]
    pub(crate) fn excerpt(mut self, line: impl Into<String>) -> Self {
        self.excerpt.push(line.into());
        self
    }

    /// A fact in a sentence.
    #[must_use]
    pub(crate) fn sentence(mut self, text: impl Into<String>) -> Self {
        self.facts.push(Fact {
            label: None,
            value: text.into(),
        });
        self
    }

    /// A line of evidence: `label: value`, or a sentence.
    #[must_use]
    pub(crate) fn evidence(self, line: &str) -> Self {
        match labelled(line, LABEL) {
            Some((label, value)) => self.fact(label, value),
            None => self.sentence(line),
        }
    }

    /// What to do: a line for each part of it.
    #[must_use]
    pub(crate) fn fix(mut self, what: &str) -> Self {
        let parts = divided(what, "; ");
        self.fixes.extend(parts.into_iter().map(str::to_owned));
        self
    }

    /// The lines, ready to be written.
    pub(crate) fn lines(&self, style: Style, detail: Detail, redactor: &Redactor) -> Vec<String> {
        let open = |text: &str| match detail.verbosity {
            0 => opening::first(&aside::without(text), LONGEST, redactor),
            _ => opening::first(text, LONGEST, redactor),
        };
        let (headline, rest) = self.divided_headline(open);
        let begin = self.beginning();
        let painted = match self.kind {
            Kind::Error => style.error(&begin),
            Kind::Warning => style.warning(&begin),
            Kind::Also | Kind::Note => style.strong(&begin),
            Kind::Expected => style.good(&begin),
        };
        let mut lines = wrapped(
            &open(headline),
            (&painted, &begin),
            4,
            style,
            |line| match self.kind {
                Kind::Note | Kind::Expected => line.to_owned(),
                _ => style.strong(line),
            },
        );
        for said in self.answer.iter().map(String::as_str).chain(rest) {
            lines.extend(wrapped(&open(said), ("  ", "  "), 4, style, str::to_owned));
        }
        let excerpt = self.excerpt.iter();
        lines.extend(excerpt.map(|line| opening::escaped(line, redactor)));
        lines.extend(self.fact_lines(style, detail, open));
        let mut begin = "fix: ";
        for fix in &self.fixes {
            let painted = style.hint(begin.trim_end()) + &begin[begin.trim_end().len()..];
            lines.extend(wrapped(
                &open(fix),
                (&painted, begin),
                5,
                style,
                str::to_owned,
            ));
            begin = "     ";
        }
        lines
    }

    fn beginning(&self) -> String {
        let kind = match self.kind {
            Kind::Error => "error",
            Kind::Warning => "warning",
            Kind::Also => "also",
            Kind::Note => "note",
            Kind::Expected => "as expected",
        };
        match self.id {
            Some(id) => format!("{kind}[{id}]: "),
            None => format!("{kind}: "),
        }
    }

    /// The headline, cut short at the end of a clause if it is too long, and what was cut off.
    fn divided_headline(&self, open: impl Fn(&str) -> String) -> (&str, Option<&str>) {
        let room = HEADLINE.saturating_sub(self.beginning().len());
        if self.kind != Kind::Error || width(&open(&self.headline)) <= room {
            return (&self.headline, None);
        }
        let fits = |head: &str| width(&open(head)) <= room;
        match shortened(&self.headline, fits) {
            Some((head, rest)) => (head, Some(rest)),
            None => (&self.headline, None),
        }
    }

    fn fact_lines(
        &self,
        style: Style,
        detail: Detail,
        open: impl Fn(&str) -> String,
    ) -> Vec<String> {
        let shown = match detail.verbosity {
            0 => self.facts.len().min(FACTS),
            _ => self.facts.len(),
        };
        let column = |fact: &Fact| fact.label.as_deref().map_or(0, |label| width(&open(label)));
        let facts = &self.facts[..shown];
        let column = facts.iter().map(column).max().unwrap_or_default();
        let mut lines = Vec::new();
        for fact in facts {
            let value = open(&fact.value);
            lines.extend(match &fact.label {
                Some(label) => {
                    let label = open(label);
                    let gap = " ".repeat(column - width(&label) + 2);
                    let begin = format!("  {label}{gap}");
                    let painted = format!("  {}{gap}", style.faint(&label));
                    wrapped(&value, (&painted, &begin), column + 4, style, str::to_owned)
                }
                None => wrapped(&value, ("  ", "  "), 4, style, str::to_owned),
            });
        }
        let left = self.facts.len() - shown;
        if left > 0 {
            let more = format!("{left} more with -v");
            lines.push(format!("  {}", style.faint(&more)));
        }
        lines
    }
}

/// How many columns a text takes.
fn width(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// `text` behind its beginning, painted and plain, on lines of the style's width; those that follow are indented by
/// `hang` columns. Where there is no width, it is one line.
pub(crate) fn wrapped(
    text: &str,
    (painted, begin): (&str, &str),
    hang: usize,
    style: Style,
    paint: impl Fn(&str) -> String,
) -> Vec<String> {
    let Some(columns) = style.width() else {
        return vec![format!("{painted}{}", paint(text))];
    };
    let options = textwrap::Options::new(columns)
        .initial_indent(begin)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    let indent = " ".repeat(hang);
    let options = options.subsequent_indent(&indent);
    let whole = glued(text, GLUE);
    let lines = textwrap::wrap(&whole, options);
    let unglued = |line: &str| line.replace(GLUE, " ");
    let mut shown = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        let (indent, painted) = match index {
            0 => (begin, painted),
            _ => (&*indent, &*indent),
        };
        // A beginning with nothing behind it is cut off by the library.
        let text = line.strip_prefix(indent).unwrap_or_default();
        shown.push(format!("{painted}{}", paint(&unglued(text))));
    }
    shown
}
