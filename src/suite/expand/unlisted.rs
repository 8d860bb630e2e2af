//! The cells that nobody wrote: every other method and identity.

use std::sync::Arc;

use crate::suite::document::CallPolicyWord;
use crate::suite::expand::Cell;
use crate::suite::expand::KeptBack;
use crate::suite::expand::Making;
use crate::suite::expand::Stage;
use crate::suite::expand::effect_of;
use crate::suite::expand::stage;

impl Making<'_> {
    pub(super) fn unlisted(&mut self, target: usize) {
        let Some(coverage) = &self.suite.coverage else {
            return;
        };
        let listed = &self.targets[target];
        let denied_also: Arc<[_]> = self.suite.targets[target].denied_also.as_slice().into();
        for (number, method) in listed.methods().iter().enumerate() {
            if self.is_left_out(target, number) {
                continue;
            }
            let is_called = coverage.call == CallPolicyWord::All
                || listed.on_loopback
                || method.no_side_effects;
            for (identity, own) in self.suite.identities.iter().enumerate() {
                if self.named.contains(&(target, number, identity)) {
                    continue;
                }
                let expects = own.expect.as_ref().unwrap_or(&coverage.unlisted);
                let mut cell = Cell {
                    name: self.name(target, number, identity, None),
                    row: None,
                    at: expects.at.clone(),
                    target,
                    identity,
                    method: number,
                    object_of: None,
                    expected: expects.value.clone(),
                    effect: effect_of(method),
                    stage: Stage::Read,
                    request: None,
                    own_request: None,
                    denied_also: Arc::clone(&denied_also),
                    never_contains: Arc::default(),
                    within: None,
                    is_public: false,
                    shows_life: true,
                    kept_back: (!is_called).then_some(KeptBack::Coverage),
                };
                cell.stage = stage(&cell);
                self.cells.push(cell);
            }
        }
    }
}
