//! What the message of another program can stand for: candidates, never a verdict.
//!
//! The table is `messages/rows.txt`, one row a pattern. `tests/data/client-errors.tsv` holds messages of real programs with
//! the ids that a person gives them, and the table is tested against all of them.

mod table;
mod words;

use std::sync::LazyLock;

use crate::verdict::diagnoses;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::messages::table::Row;
use crate::verdict::messages::words::Message;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| table::read(include_str!("messages/rows.txt")));

/// More than this of a message is not looked at.
pub(crate) const MOST_BYTES: usize = 64 * 1024;

/// More candidates than this help nobody.
const MOST: usize = 6;

/// A diagnosis that a message can stand for.
#[derive(Debug)]
pub struct Candidate {
    pub diagnosis: &'static Diagnosis,
    /// The words that matched, as the table has them.
    pub matched: Vec<&'static str>,
}

/// The candidates for a message, most likely first. Prose and messages of other matters have none.
pub(crate) fn candidates(text: &str) -> Vec<Candidate> {
    let message = Message::new(text);
    let mut found: Vec<Candidate> = Vec::new();
    if !message.is_technical() {
        return found;
    }
    for row in ROWS.iter() {
        let Some(matched) = row.matched(&message) else {
            continue;
        };
        if row.ids.is_empty() {
            break;
        }
        for id in &row.ids {
            if found.len() < MOST
                && found.iter().all(|known| known.diagnosis.id != *id)
                && let Some(diagnosis) = diagnoses::find(id)
            {
                let matched = matched.clone();
                found.push(Candidate { diagnosis, matched });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
