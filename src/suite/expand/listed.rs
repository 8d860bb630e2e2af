//! The cells that rows and cases write.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Map;
use serde_json::Value;

use crate::suite::expand::Cell;
use crate::suite::expand::Making;
use crate::suite::expand::Stage;
use crate::suite::expand::effect_of;
use crate::suite::expand::stage;
use crate::suite::model::ANONYMOUS;
use crate::suite::model::Expects;
use crate::suite::model::Methods;
use crate::suite::model::Row;
use crate::suite::model::Who;
use crate::suite::objects::Mentioned;
use crate::suite::objects::Pair;
use crate::suite::source::Fault;
use crate::suite::source::Place;
use crate::verdict::Expectation;
use crate::verdict::expectation::Expected;

impl Making<'_> {
    pub(super) fn row(&mut self, index: usize, row: &Row) -> Result<(), Fault> {
        let listed = &self.targets[row.target];
        let methods: Vec<usize> = match &row.methods {
            Methods::One(name) => vec![listed.find(name)?],
            Methods::Matching(patterns) => {
                let all = listed.methods().iter().enumerate();
                all.filter(|(_, method)| patterns.iter().any(|own| own.fits(&method.name)))
                    .map(|(number, _)| number)
                    .collect()
            }
        };
        let request = row
            .request
            .as_ref()
            .map(|request| Arc::new(request.value.clone()));
        for method in methods {
            self.matched.insert((row.target, method));
            let name = &self.targets[row.target].methods()[method].name;
            let is_public = self.is_public(name);
            for identity in 0..self.suite.identities.len() {
                let Some((at, expected)) = self.expected(row, identity, is_public) else {
                    continue;
                };
                let written = Written {
                    index,
                    row,
                    method,
                    identity,
                    at,
                    expected,
                    is_public,
                    request: request.as_ref(),
                };
                self.cells_of(&written);
            }
        }
        Ok(())
    }

    /// What the row expects of an identity, and where it says so.
    fn expected(
        &self,
        row: &Row,
        identity: usize,
        is_public: bool,
    ) -> Option<(Place, Expectation)> {
        let of = |who| row.expect.iter().find(|own: &&Expects| own.who == who);
        let found = |expects: &Expects| (expects.at.clone(), expects.expectation.clone());
        if let Some(expects) = of(Who::Identity(identity)) {
            return Some(found(expects));
        }
        if let Some(own) = &self.suite.identities[identity].expect {
            let is_matrix = matches!(row.methods, Methods::Matching(_));
            let applies = is_matrix && !is_public && row.mentioned.is_empty();
            return applies.then(|| (own.at.clone(), own.value.clone()));
        }
        let (at, expectation) = of(Who::Rest).map(found)?;
        // What anonymous may reach it may also be denied.
        let either = || Expectation::of(vec![Expected::Allowed, Expected::Denied]);
        match is_public && identity == ANONYMOUS {
            true => Some((at, either())),
            false => Some((at, expectation)),
        }
    }

    /// One cell; in a row about others' objects, one for each other owner.
    fn cells_of(&mut self, written: &Written<'_>) {
        let suite = self.suite;
        let mentioned = &written.row.mentioned;
        let owner = |identity: usize, names: &BTreeSet<String>| {
            let owns = &suite.identities[identity].owns;
            names.iter().all(|name| owns.contains_key(name))
        };
        let is_named = written
            .row
            .expect
            .iter()
            .any(|own| own.who == Who::Identity(written.identity));
        let owns_all =
            owner(written.identity, &mentioned.own) && owner(written.identity, &mentioned.other);
        // Who owns nothing has no object of its own to ask for, and is asked about others' only where it is named.
        if !mentioned.is_empty() && !owns_all && (!is_named || !mentioned.own.is_empty()) {
            return;
        }
        if mentioned.other.is_empty() {
            return self.push(written, None);
        }
        for other in 0..suite.identities.len() {
            if other != written.identity && owner(other, &mentioned.other) {
                self.push(written, Some(other));
            }
        }
    }

    fn push(&mut self, written: &Written<'_>, object_of: Option<usize>) {
        let row = written.row;
        let target = row.target;
        self.named
            .insert((target, written.method, written.identity));
        let own = &self.suite.identities[written.identity].owns;
        let method = &self.targets[target].methods()[written.method];
        let effect = row.effect.unwrap_or_else(|| effect_of(method));
        let fill = |request: &Arc<Map<String, Value>>, other: usize| {
            if row.mentioned.is_empty() {
                return Arc::clone(request);
            }
            let other = &self.suite.identities[other].owns;
            Arc::new(Pair { own, other }.fill(request))
        };
        let has_own = row
            .mentioned
            .other
            .iter()
            .all(|name| own.contains_key(name));
        let own_request = written
            .request
            .filter(|_| object_of.is_some() && has_own)
            .map(|request| fill(request, written.identity));
        let request = written
            .request
            .map(|request| fill(request, object_of.unwrap_or(written.identity)));
        let name = self.name(target, written.method, written.identity, object_of);
        let mut cell = Cell {
            name,
            row: Some(written.index),
            at: written.at.clone(),
            target,
            identity: written.identity,
            method: written.method,
            object_of,
            expected: written.expected.clone(),
            effect,
            stage: Stage::Read,
            request,
            own_request,
            denied_also: row.denied_also.as_slice().into(),
            never_contains: Arc::default(),
            within: row.within,
            is_public: written.is_public,
            shows_life: true,
            kept_back: None,
        };
        cell.never_contains = self.markers(row, &cell).into();
        cell.stage = stage(&cell);
        self.cells.push(cell);
    }

    /// The texts that must not be in the cell's answer. Another's is there by right where the cell may be allowed.
    fn markers(&self, row: &Row, cell: &Cell) -> Vec<String> {
        let identities = &self.suite.identities;
        let own = &identities[cell.identity].owns;
        let mut markers = Vec::new();
        for text in &row.never_contains {
            let mentioned = Mentioned::in_text(text);
            if !mentioned.own.iter().all(|name| own.contains_key(name)) {
                continue;
            }
            if mentioned.other.is_empty() {
                markers.push(Pair { own, other: own }.text(text));
                continue;
            }
            if cell.expects_allowed() {
                continue;
            }
            let others = identities.iter().enumerate().filter(|(number, identity)| {
                *number != cell.identity
                    && cell.object_of.is_none_or(|of| of == *number)
                    && mentioned
                        .other
                        .iter()
                        .all(|name| identity.owns.contains_key(name))
            });
            markers.extend(others.map(|(_, identity)| {
                let other = &identity.owns;
                Pair { own, other }.text(text)
            }));
        }
        markers
    }
}

/// A row's cells of one method and identity.
struct Written<'a> {
    index: usize,
    row: &'a Row,
    method: usize,
    identity: usize,
    at: Place,
    expected: Expectation,
    is_public: bool,
    request: Option<&'a Arc<Map<String, Value>>>,
}
