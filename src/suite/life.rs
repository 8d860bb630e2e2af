//! No green without a sign of life: a dead token is denied everywhere, and so is everybody by a server that denies everything.
//!
//! A denial that would pass counts where the identity's credential was allowed something on that target in this run, and the
//! target allowed something to somebody.

use std::collections::HashSet;

use crate::suite::expand::Cell;
use crate::suite::judging::Judged;
use crate::suite::judging::Verdict;
use crate::suite::model::Suite;
use crate::verdict::class::Class;

/// Who was allowed anything, and which targets are known to be up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Life {
    allowed: HashSet<(usize, usize)>,
    up: HashSet<usize>,
}

impl Life {
    /// An identity was allowed something on a target.
    pub(crate) fn allowed(&mut self, target: usize, identity: usize) {
        self.allowed.insert((target, identity));
        self.up.insert(target);
    }

    /// A target distinguishes: it answered UNIMPLEMENTED for a method that does not exist.
    pub(crate) fn up(&mut self, target: usize) {
        self.up.insert(target);
    }

    pub(crate) fn has(&self, target: usize, identity: usize) -> bool {
        self.allowed.contains(&(target, identity))
    }

    pub(crate) fn is_up(&self, target: usize) -> bool {
        self.up.contains(&target)
    }

    /// The verdict that counts. `about`: what the identity's credential says of itself, if anything.
    pub(crate) fn weigh(
        &self,
        suite: &Suite,
        cell: &Cell,
        judged: Judged,
        about: Option<&str>,
    ) -> Judged {
        if judged.verdict != Verdict::Pass || judged.outcome != Class::Denied {
            return judged;
        }
        let identity = &suite.identities[cell.identity];
        let needs_own = identity.sends.any() && identity.expect.is_none();
        let doubt = if needs_own && !self.has(cell.target, cell.identity) {
            let about = about.map(|about| format!(" ({about})")).unwrap_or_default();
            format!(
                "`{}` was allowed nothing here in this run{about}: a credential that is not valid is denied everywhere",
                identity.name
            )
        } else if !self.is_up(cell.target) {
            "the target allowed nothing to anybody in this run: a server or gateway that denies everything passes every denial".to_owned()
        } else {
            return judged;
        };
        Judged {
            verdict: Verdict::Inconclusive,
            reason: Some(doubt),
            ..judged
        }
    }
}

/// Whether a target's life is shown by an answer to a method that does not exist: where nobody is expected to be allowed
/// anything there.
pub(crate) fn by_unknown_method(suite: &Suite, cells: &[&Cell]) -> bool {
    !cells.is_empty()
        && cells.iter().all(|cell| {
            let sends = suite.identities[cell.identity].sends.any();
            let must_fail = suite.identities[cell.identity].expect.is_some();
            cell.expects_denial() && (!sends || must_fail)
        })
}

#[cfg(test)]
mod tests;
