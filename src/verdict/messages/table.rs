//! The table of messages, read: its head says how a row is written.

use crate::verdict::messages::words;
use crate::verdict::messages::words::Message;

/// Words, and what they can stand for.
pub(crate) struct Row {
    /// Any of these.
    ways: Vec<Way>,
    /// Most likely first. None: words of another matter.
    pub(crate) ids: Vec<&'static str>,
}

/// All of these.
type Way = Vec<Term>;

/// Any of some words, or none of them.
struct Term {
    absent: bool,
    words: Vec<Words>,
}

struct Words {
    /// As they are written in the table.
    written: &'static str,
    kind: Kind,
}

enum Kind {
    /// Words in a row.
    Joined(String),
    /// Characters.
    Exact(&'static str),
}

impl Row {
    /// The words for which it fits a message.
    pub(crate) fn matched(&self, message: &Message<'_>) -> Option<Vec<&'static str>> {
        self.ways.iter().find_map(|way| matched(way, message))
    }
}

fn matched(way: &[Term], message: &Message<'_>) -> Option<Vec<&'static str>> {
    let mut found = Vec::new();
    for term in way {
        let first = term.words.iter().find(|words| words.are_in(message));
        match (first, term.absent) {
            (Some(words), false) => found.push(words.written),
            (None, true) => {}
            _ => return None,
        }
    }
    Some(found)
}

impl Words {
    fn new(written: &'static str) -> Self {
        match written.strip_prefix('^') {
            Some(exact) => Self {
                written: exact,
                kind: Kind::Exact(exact),
            },
            None => Self {
                written,
                kind: Kind::Joined(words::joined(written)),
            },
        }
    }

    fn are_in(&self, message: &Message<'_>) -> bool {
        match &self.kind {
            Kind::Joined(words) => message.has_words(words),
            Kind::Exact(text) => message.has_text(text),
        }
    }
}

/// Reads the table.
pub(crate) fn read(text: &'static str) -> Vec<Row> {
    let lines = || {
        text.lines()
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
    };
    let classes: Vec<(&str, &'static str)> = lines()
        .filter(|line| line.starts_with('$'))
        .filter_map(|line| line.split_once(" = "))
        .collect();
    let row = |line: &'static str| {
        let (ways, ids) = line.split_once("=>")?;
        let ways = ways.split(" | ").map(|way| way_of(way, &classes)).collect();
        let ids = ids.split_whitespace().collect();
        Some(Row { ways, ids })
    };
    lines().filter_map(row).collect()
}

fn way_of(way: &'static str, classes: &[(&str, &'static str)]) -> Way {
    let term = |term: &'static str| {
        let term = term.trim();
        let (absent, term) = match term.strip_prefix('!') {
            Some(rest) => (true, rest),
            None => (false, term),
        };
        let words = term.split(" / ").map(str::trim);
        let words = words.flat_map(
            |words| match classes.iter().find(|(name, _)| *name == words) {
                Some((_, all)) => all.split(" / ").map(str::trim).map(Words::new).collect(),
                None => vec![Words::new(words)],
            },
        );
        let words = words.collect();
        Term { absent, words }
    };
    way.split(" & ").map(term).collect()
}
