//! One cell: its call, the calls that it is judged by, and what is found in its answer.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Map;
use serde_json::Value;

use crate::invoke;
use crate::invoke::details;
use crate::invoke::json::Layout;
use crate::invoke::json::Transcoder;
use crate::metadata;
use crate::peer_text::PeerText;
use crate::session::check::calling;
use crate::session::check::calling::Call;
use crate::session::check::calling::Called;
use crate::session::check::naming;
use crate::session::check::running::Running;
use crate::session::check::schema::Method;
use crate::status::StatusCode;
use crate::suite::assertion::Assertion;
use crate::suite::assertion::Found;
use crate::suite::expand::Cell;
use crate::suite::expand::Sign;
use crate::suite::expand::Stage;
use crate::suite::judging;
use crate::suite::judging::Control;
use crate::suite::judging::Ended;
use crate::suite::judging::Findings;
use crate::suite::judging::Judged;
use crate::suite::judging::Verdict;
use crate::suite::model::ANONYMOUS;
use crate::suite::model::Effect;
use crate::verdict::Answerer;
use crate::verdict::Expectation;
use crate::verdict::class::Class;
use crate::verdict::expectation::Expected;

/// How long a call may take, where the suite says nothing.
const DEADLINE: Duration = Duration::from_secs(10);

/// How many messages of a stream are read where something must not be in them.
const MESSAGES_SEARCHED: usize = 16;

/// A cell's call, judged but for signs of life.
pub(super) struct Settled {
    pub called: Called,
    pub judged: Judged,
    pub attempts: u32,
}

/// What a caller's call for its own object came to.
#[derive(Clone)]
pub(super) struct OwnCall {
    allowed: bool,
    words: String,
}

impl Running<'_> {
    /// Calls a cell and puts its result on record.
    pub(super) async fn cell(&self, number: usize) {
        let cell = &self.prepared.expansion.cells[number];
        let target = &self.targets[cell.target];
        let unobtained = target.unobtained.borrow()[cell.identity].clone();
        if let Some(why) = unobtained {
            let judged = Judged {
                verdict: Verdict::Inconclusive,
                outcome: Class::Inconclusive,
                reason: Some(why),
            };
            return self.record.borrow_mut().settle(number, judged, |_| {});
        }
        let Some(settled) = self.settle(cell).await else {
            return;
        };
        self.note_life(cell, &settled);
        let judged = self.with_own_object(cell, settled.judged.clone()).await;
        let findings = self.findings(cell, &settled.called);
        let judged = judging::with_findings(judged, &findings);
        self.count(judged.verdict);
        self.put_on_record(number, cell, &settled, judged);
    }

    fn put_on_record(&self, number: usize, cell: &Cell, settled: &Settled, judged: Judged) {
        let called = &settled.called;
        let is_told = judged.verdict != Verdict::Pass;
        let caller = self.targets[cell.target].caller(cell.identity);
        let sent = match (&caller, is_told) {
            (Some(caller), true) => {
                let current = caller.current();
                let credentials = current.evidence.credentials.iter();
                credentials
                    .map(|own| naming::sent(own, self.plan.clock, Some(self.reporter)))
                    .collect()
            }
            _ => Vec::new(),
        };
        let diagnosis = is_told.then(|| called.diagnosis()).flatten();
        let message = called.answer().and_then(|answer| match &answer.outcome {
            invoke::Ended::Status { status, .. } => Some(status.message.clone()),
            _ => None,
        });
        let mut record = self.record.borrow_mut();
        record.settle(number, judged, |result| {
            result.status = called.ended.status();
            result.answerer = called.answer().and_then(Answerer::of);
            result.message = message.filter(|message: &PeerText| !message.is_empty());
            result.messages = called.answer().map_or(0, |answer| answer.messages);
            result.tls_refused = match called.ended {
                Ended::TlsRefused(id) => Some(id),
                _ => None,
            };
            result.diagnosis = diagnosis;
            result.sent = sent;
            result.attempts = settled.attempts;
            result.duration = called.took;
        });
    }

    /// Who was allowed anything is alive; what a refused credential says of itself is kept.
    fn note_life(&self, cell: &Cell, settled: &Settled) {
        let (target, identity) = (cell.target, cell.identity);
        let sends = self.suite.identities[identity].sends.any();
        let is_new = {
            let record = self.record.borrow();
            !record.life.has(target, identity) && record.about_of(target, identity).is_none()
        };
        if settled.judged.outcome == Class::Denied
            && sends
            && is_new
            && let Some(diagnosis) = settled.called.diagnosis()
        {
            self.record
                .borrow_mut()
                .about(target, identity, diagnosis.cause);
        }
    }

    /// Makes the call, again where the suite says so, and the control call where one is needed.
    pub(super) async fn settle(&self, cell: &Cell) -> Option<Settled> {
        let method = self.prepared.schemas[cell.target]
            .method(cell.method)
            .ok()?;
        let (called, attempts) = self.attempt(cell, &method, cell.request.as_ref()).await?;
        let control = match judging::needs_control(cell, &called.ended) {
            true => self.control(cell, &method, &called.ended).await,
            false => Control::None,
        };
        let judged = judging::judge(cell, &called.ended, &control);
        if judged.outcome == Class::Allowed {
            let life = &mut self.record.borrow_mut().life;
            match cell.shows_life {
                true => life.allowed(cell.target, cell.identity),
                false => life.up(cell.target),
            }
        }
        Some(Settled {
            called,
            judged,
            attempts,
        })
    }

    /// Makes a cell's call, and repeats it as long as it says nothing and the suite wants it repeated.
    async fn attempt(
        &self,
        cell: &Cell,
        method: &Method,
        request: Option<&Arc<Map<String, Value>>>,
    ) -> Option<(Called, u32)> {
        let retry = self.suite.retry.as_ref();
        let mut pause = retry.map_or(Duration::ZERO, |retry| retry.backoff);
        let mut attempts = 0;
        loop {
            attempts += 1;
            let called = self.call(cell, method, request, true).await?;
            let says_nothing =
                judging::class_of(&called.ended, &cell.denied_also) == Class::Inconclusive;
            let code = match &called.ended {
                // What gRPC makes of a lost connection.
                Ended::NoStatus(_) => StatusCode::UNAVAILABLE,
                ended => ended.status().map_or(StatusCode::OK, |(code, _)| code),
            };
            let is_expected = cell.expected.names(Expected::Status(code));
            let again = retry.is_some_and(|retry| {
                retry.on.contains(&code) && attempts <= u32::from(retry.times)
            });
            if !says_nothing || is_expected || !again {
                return Some((called, attempts));
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
    }

    async fn call(
        &self,
        cell: &Cell,
        method: &Method,
        request: Option<&Arc<Map<String, Value>>>,
        with_credentials: bool,
    ) -> Option<Called> {
        let target = &self.targets[cell.target];
        let caller = target.caller(cell.identity)?;
        let lane = target.lane(cell.identity);
        let call = self.call_of(cell, method, request, with_credentials)?;
        Some(calling::call(lane, &caller, &call, self.plan.clock, self.reporter).await)
    }

    fn call_of<'c>(
        &'c self,
        cell: &Cell,
        method: &Method,
        request: Option<&Arc<Map<String, Value>>>,
        with_credentials: bool,
    ) -> Option<Call<'c>> {
        Some(Call {
            method: self.prepared.schemas[cell.target].name(cell.method),
            client_streaming: method.descriptor.is_client_streaming(),
            server_streaming: method.descriptor.is_server_streaming(),
            message: method.encode(request.map(|request| &**request)).ok()?,
            deadline: self.deadline(),
            reads: match cell.never_contains.is_empty() {
                true => 1,
                false => MESSAGES_SEARCHED,
            },
            with_credentials,
        })
    }

    pub(super) fn deadline(&self) -> Duration {
        self.suite.deadline.unwrap_or(DEADLINE)
    }

    /// The same request without call credentials over the identity's own connection; then without its certificate.
    async fn control(&self, cell: &Cell, method: &Method, own: &Ended) -> Control {
        let sends = self.suite.identities[cell.identity].sends;
        if !sends.any() {
            return Control::Ended(own.clone());
        }
        let mut ended = Control::None;
        if sends.call_credential {
            ended = self.without_credential(cell, method, cell.identity).await;
        }
        let is_denied = |control: &Control| match control {
            Control::Ended(ended) => judging::class_of(ended, &cell.denied_also) == Class::Denied,
            Control::None => false,
        };
        if sends.certificate && !is_denied(&ended) {
            ended = self.without_credential(cell, method, ANONYMOUS).await;
        }
        ended
    }

    /// Made once for each connection, method and request.
    async fn without_credential(&self, cell: &Cell, method: &Method, identity: usize) -> Control {
        let target = &self.targets[cell.target];
        let request = cell
            .request
            .as_ref()
            .map(|request| Value::Object((**request).clone()));
        let request = request.map_or_else(String::new, |request| request.to_string());
        let key = (cell.target, target.lane_of[identity], cell.method, request);
        if let Some(known) = self.controls.borrow().get(&key) {
            return Control::Ended(known.clone());
        }
        let (Some(caller), Some(call)) = (
            target.caller(identity),
            self.call_of(cell, method, cell.request.as_ref(), false),
        ) else {
            return Control::None;
        };
        let lane = target.lane(identity);
        let called = calling::call(lane, &caller, &call, self.plan.clock, self.reporter).await;
        self.controls.borrow_mut().insert(key, called.ended.clone());
        Control::Ended(called.ended)
    }

    /// In a row about others' objects the caller must be allowed its own: else the answer says nothing about whose it is.
    async fn with_own_object(&self, cell: &Cell, judged: Judged) -> Judged {
        let (Some(row), Some(own)) = (cell.row, &cell.own_request) else {
            return judged;
        };
        let key = (row, cell.method, cell.identity);
        let known = self.own_calls.borrow().get(&key).cloned();
        let own = match known {
            Some(known) => known,
            None => {
                let made = self.ask_for_own(cell, own).await;
                self.own_calls.borrow_mut().insert(key, made.clone());
                made
            }
        };
        if own.allowed {
            return judged;
        }
        Judged {
            verdict: Verdict::Inconclusive,
            reason: Some(format!(
                "the call for the caller's own object {}",
                own.words
            )),
            ..judged
        }
    }

    async fn ask_for_own(&self, cell: &Cell, request: &Arc<Map<String, Value>>) -> OwnCall {
        let own = Cell {
            request: Some(Arc::clone(request)),
            own_request: None,
            object_of: None,
            expected: Expectation::of(vec![Expected::Allowed]),
            // Hiding another's object is a refusal; not to find one's own is none.
            denied_also: self.suite.targets[cell.target]
                .denied_also
                .as_slice()
                .into(),
            ..cell.clone()
        };
        match self.settle(&own).await {
            Some(settled) => OwnCall {
                allowed: settled.judged.outcome == Class::Allowed,
                words: judging::words(&settled.called.ended),
            },
            None => OwnCall {
                allowed: false,
                words: "could not be made".to_owned(),
            },
        }
    }

    /// The call of an identity's `control`.
    pub(super) fn control_cell(&self, sign: &Sign, method: usize) -> Cell {
        let mut cells = self.prepared.expansion.cells.iter();
        let open = cells
            .any(|cell| cell.target == sign.target && cell.method == method && !cell.shows_life);
        Cell {
            name: String::new(),
            row: None,
            at: 0..0,
            target: sign.target,
            identity: sign.identity,
            method,
            object_of: None,
            expected: Expectation::of(vec![Expected::Allowed]),
            effect: Effect::Read,
            stage: Stage::Read,
            request: None,
            own_request: None,
            denied_also: self.suite.targets[sign.target]
                .denied_also
                .as_slice()
                .into(),
            never_contains: Arc::default(),
            within: None,
            is_public: false,
            shows_life: !open,
            kept_back: None,
        }
    }

    fn findings(&self, cell: &Cell, called: &Called) -> Findings {
        let markers = cell.never_contains.iter().enumerate();
        let leaked = markers
            .filter(|(_, marker)| called.contains(marker.as_bytes()))
            .map(|(number, _)| number)
            .collect();
        let assertions = cell
            .row
            .map_or(&[][..], |row| &self.suite.rows[row].assertions);
        let unmet = match assertions.is_empty() {
            true => Vec::new(),
            false => self.unmet(cell, called, assertions),
        };
        let too_slow = cell
            .within
            .filter(|within| called.took > *within)
            .map(|within| (called.took, within));
        Findings {
            leaked,
            unmet,
            too_slow,
        }
    }

    fn unmet(&self, cell: &Cell, called: &Called, assertions: &[Assertion]) -> Vec<String> {
        let answer = called.answer();
        let status = answer.and_then(|answer| match &answer.outcome {
            invoke::Ended::Status { status, .. } => Some(status),
            _ => None,
        });
        let message = status.map(|status| status.message.for_judging());
        let details = status.map(|status| details::decode(&status.details, None));
        let method = self.prepared.schemas[cell.target].method(cell.method).ok();
        let response = called
            .messages
            .first()
            .zip(method)
            .and_then(|(encoded, method)| {
                let mut transcoder = Transcoder::new(method.descriptor.output(), false);
                let json = transcoder.decode(encoded, Layout::Compact).ok()?;
                serde_json::from_str::<Value>(json).ok()
            });
        let headers = answer
            .map(|answer| metadata::pairs(&answer.headers))
            .unwrap_or_default();
        let trailers = answer
            .map(|answer| metadata::pairs(&answer.trailers))
            .unwrap_or_default();
        let found = Found {
            message: message.as_deref(),
            details: details.as_deref().unwrap_or_default(),
            headers: &headers,
            trailers: &trailers,
            response: response.as_ref(),
        };
        let unmet = assertions.iter().filter(|own| !own.holds(&found));
        unmet
            .map(|own| format!("{} is not {}", own.key, own.wanted.words()))
            .collect()
    }
}
