//! What is looked for, and the search for it: all spellings in one pass.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::Anchored;
use aho_corasick::automaton::Automaton as _;
use aho_corasick::automaton::StateID;
use aho_corasick::nfa::contiguous::NFA;

use crate::report::redactor::SHORTEST;
use crate::report::redactor::decoding::Octet;
use crate::report::redactor::spellings::Reading;

/// The shortest beginning of a secret that is masked where a text was cut off.
const SHORTEST_BEGINNING: usize = 6;

/// Every spelling that is looked for.
pub(super) struct Index {
    reading: fn() -> Reading,
    known: HashSet<Vec<u8>>,
    batches: Vec<Batch>,
}

impl Index {
    /// `reading`: how they are compared.
    pub(super) fn new(reading: fn() -> Reading) -> Self {
        Self {
            reading,
            known: HashSet::new(),
            batches: Vec::new(),
        }
    }

    /// How many spellings are known.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    pub(super) fn learn(&mut self, spellings: Vec<Vec<u8>>) {
        let mut learned: Vec<Vec<u8>> = Vec::new();
        for spelling in spellings {
            if spelling.len() >= SHORTEST && self.known.insert(spelling.clone()) {
                learned.push(spelling);
            }
        }
        if learned.is_empty() {
            return;
        }
        // A batch takes in those that are no larger. So n secrets stand in at most log2(n) + 1 batches, and a
        // spelling is built into an automaton no more often than that, in whatever order secrets and texts come.
        while let Some(smaller) = self
            .batches
            .pop_if(|batch| batch.spellings.len() <= learned.len())
        {
            learned.extend(smaller.spellings);
        }
        self.batches.push(Batch::new(learned));
    }

    /// Those that a text of this length may hold.
    fn within(&self, length: usize) -> impl Iterator<Item = &Batch> {
        let fits = move |batch: &&Batch| batch.shortest <= length;
        self.batches.iter().filter(fits)
    }

    /// The most that a text of this length may hold of a spelling.
    pub(super) fn longest(&self, length: usize) -> Option<usize> {
        let longest = self.within(length).map(|batch| batch.longest).max()?;
        Some(longest.min(length))
    }

    /// A search through a text of this length.
    pub(super) fn search(&self, length: usize) -> Search<'_> {
        Search {
            reading: (self.reading)(),
            matching: Matching {
                automata: self.within(length).map(Batch::begun).collect(),
                starts: vec![0; self.longest(length).unwrap_or(1)],
                taken: 0,
                found: Vec::new(),
            },
        }
    }

    /// Where the longest beginning of a spelling starts that ends the octets.
    pub(super) fn beginning_at_end(&self, octets: &[Octet]) -> Option<usize> {
        let mut reading = (self.reading)();
        let mut read = Vec::with_capacity(octets.len());
        for octet in octets {
            reading.push(*octet, &mut |octet| read.push(octet));
        }
        // What is kept back may be cut off itself: then it is not part of the secret.
        let without = self.begun_at_end(&read);
        reading.end(&mut |octet| read.push(octet));
        let starts = [without, self.begun_at_end(&read)];
        starts.into_iter().flatten().min()
    }

    fn begun_at_end(&self, read: &[Octet]) -> Option<usize> {
        let last = read.len().checked_sub(SHORTEST_BEGINNING)?;
        let longest = self.batches.iter().map(|batch| batch.longest).max()?;
        let first = (read.len() + 1).saturating_sub(longest);
        let begins = |spelling: &[u8], from: usize| {
            let rest = read.len() - from;
            let same = |(one, other): (&u8, &Octet)| *one == other.value;
            rest < spelling.len() && spelling.iter().zip(&read[from..]).all(same)
        };
        (first..=last)
            .find(|from| self.known.iter().any(|spelling| begins(spelling, *from)))
            .map(|from| read[from].from)
    }
}

/// Spellings that are found in one pass over a text. The automaton is built when the first text comes that is
/// long enough to hold one: beside a long token most are not, and to build it costs more than a call's report.
struct Batch {
    spellings: Vec<Vec<u8>>,
    shortest: usize,
    longest: usize,
    automaton: OnceLock<NFA>,
}

impl Batch {
    fn new(spellings: Vec<Vec<u8>>) -> Self {
        let lengths = || spellings.iter().map(Vec::len);
        Self {
            shortest: lengths().min().unwrap_or(0),
            longest: lengths().max().unwrap_or(0),
            spellings,
            automaton: OnceLock::new(),
        }
    }

    /// A DFA is faster and needs megabytes for one long token.
    fn automaton(&self) -> &NFA {
        self.automaton.get_or_init(|| {
            NFA::builder()
                .build(&self.spellings)
                .expect("all secrets together have fewer than 2^31 bytes")
        })
    }

    fn begun(&self) -> (&NFA, StateID) {
        let automaton = self.automaton();
        let start = automaton.start_state(Anchored::No);
        (automaton, start.expect("it was built to begin anywhere"))
    }
}

/// A search through octets that come one by one.
pub(super) struct Search<'a> {
    reading: Reading,
    matching: Matching<'a>,
}

impl Search<'_> {
    pub(super) fn take(&mut self, octet: Octet) {
        let matching = &mut self.matching;
        self.reading.push(octet, &mut |octet| matching.take(octet));
    }

    /// What was found.
    pub(super) fn end(mut self) -> Vec<Range<usize>> {
        let matching = &mut self.matching;
        self.reading.end(&mut |octet| matching.take(octet));
        self.matching.found
    }
}

struct Matching<'a> {
    automata: Vec<(&'a NFA, StateID)>,
    /// Where the last octets stand in the text: as many as the longest spelling has, over and over.
    starts: Vec<usize>,
    taken: usize,
    found: Vec<Range<usize>>,
}

impl Matching<'_> {
    fn take(&mut self, octet: Octet) {
        let size = self.starts.len();
        self.starts[self.taken % size] = octet.from;
        self.taken += 1;
        for (automaton, state) in &mut self.automata {
            *state = automaton.next_state(Anchored::No, *state, octet.value);
            if !automaton.is_match(*state) {
                continue;
            }
            // Of spellings that end here the longest covers all.
            let length = (0..automaton.match_len(*state))
                .map(|index| automaton.pattern_len(automaton.match_pattern(*state, index)))
                .max()
                .unwrap_or(1);
            let from = self.starts[(self.taken - length) % size];
            cover(&mut self.found, from..octet.to);
        }
    }
}

/// Adds a range that ends no earlier than those before it; ranges that overlap become one.
pub(super) fn cover(ranges: &mut Vec<Range<usize>>, mut range: Range<usize>) {
    while let Some(last) = ranges.pop_if(|last| last.end > range.start) {
        range = last.start.min(range.start)..last.end.max(range.end);
    }
    ranges.push(range);
}

#[cfg(test)]
mod tests;
