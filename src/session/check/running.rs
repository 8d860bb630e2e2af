//! A suite's run: credentials, signs of life, then the cells, the safe ones first.

use std::cell::Cell as Counter;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use futures_util::stream;
use tokio::time::Instant;

use crate::cli::check::Check;
use crate::evidence::Evidence;
use crate::plan::check::CheckPlan;
use crate::plan::check::Reach;
use crate::plan::suite::Loaded;
use crate::report::Reporter;
use crate::session::caller;
use crate::session::caller::Acquired;
use crate::session::caller::Caller;
use crate::session::check::Prepared;
use crate::session::check::calling;
use crate::session::check::calling::Call;
use crate::session::check::cells::OwnCall;
use crate::session::check::is_failure;
use crate::session::check::lane::Lane;
use crate::session::check::naming;
use crate::session::check::record::Record;
use crate::session::check::record::line;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::suite::Suite;
use crate::suite::expand::By;
use crate::suite::expand::Cell;
use crate::suite::expand::Sign;
use crate::suite::expand::Stage;
use crate::suite::judging;
use crate::suite::judging::Ended;
use crate::suite::judging::Verdict;
use crate::suite::life;
use crate::suite::model::ANONYMOUS;
use crate::suite::result::Line;
use crate::verdict;
use crate::verdict::Expectation;
use crate::verdict::class::Class;

/// A method that no server has.
pub(super) const UNKNOWN_METHOD: &str = "grpcauth.check.v1.Unknown/Unknown";

pub(super) struct Running<'a> {
    pub plan: &'a CheckPlan<'a>,
    pub loaded: &'a Loaded,
    pub suite: &'a Suite,
    pub arguments: &'a Check,
    pub prepared: &'a Prepared,
    pub record: &'a RefCell<Record>,
    pub reporter: &'a Reporter,
    pub targets: Vec<TargetRun<'a>>,
    /// What calls without a credential came to: lane, method and request.
    pub controls: RefCell<HashMap<(usize, usize, usize, String), Ended>>,
    /// What callers' calls for objects of their own came to: row, method and identity.
    pub own_calls: RefCell<HashMap<(usize, usize, usize), OwnCall>>,
    failures: Counter<u32>,
}

/// A target, and who calls it.
pub(super) struct TargetRun<'a> {
    pub lanes: Vec<Lane<'a>>,
    /// By identity.
    pub lane_of: Vec<usize>,
    /// By identity; `None`: it has nothing to call.
    pub callers: RefCell<Vec<Option<Rc<Caller<'a>>>>>,
    /// By identity: why it has no credential.
    pub unobtained: RefCell<Vec<Option<String>>>,
}

impl<'a> TargetRun<'a> {
    fn new(reaches: &'a [Reach], arguments: &Check, reporter: &'a Reporter) -> Self {
        let mut keys: Vec<&str> = Vec::new();
        let mut lanes = Vec::new();
        let mut lane_of = Vec::with_capacity(reaches.len());
        for reach in reaches {
            let known = keys.iter().position(|key| *key == reach.shared_as);
            lane_of.push(known.unwrap_or(lanes.len()));
            if known.is_none() {
                keys.push(&reach.shared_as);
                lanes.push(Lane::new(reach, arguments.wait_for, reporter));
            }
        }
        Self {
            lanes,
            lane_of,
            callers: RefCell::new(reaches.iter().map(|_| None).collect()),
            unobtained: RefCell::new(vec![None; reaches.len()]),
        }
    }

    pub(super) fn lane(&self, identity: usize) -> &Lane<'a> {
        &self.lanes[self.lane_of[identity]]
    }

    pub(super) fn caller(&self, identity: usize) -> Option<Rc<Caller<'a>>> {
        self.callers.borrow()[identity].clone()
    }
}

impl<'a> Running<'a> {
    pub(super) fn new(
        plan: &'a CheckPlan<'a>,
        loaded: &'a Loaded,
        arguments: &'a Check,
        prepared: &'a Prepared,
        record: &'a RefCell<Record>,
        reporter: &'a Reporter,
    ) -> Self {
        let reaches = prepared.reaches.iter();
        Self {
            plan,
            loaded,
            suite: &loaded.suite,
            arguments,
            prepared,
            record,
            reporter,
            targets: reaches
                .map(|reaches| TargetRun::new(reaches, arguments, reporter))
                .collect(),
            controls: RefCell::default(),
            own_calls: RefCell::default(),
            failures: Counter::default(),
        }
    }

    pub(super) async fn run(self) {
        for target in 0..self.targets.len() {
            self.obtain(target).await;
            self.handshake(target).await;
            if self.arguments.filter.is_none() && self.arguments.shard.is_none() {
                self.tls_lines(target).await;
            }
        }
        for sign in &self.prepared.expansion.signs {
            self.show_life(sign).await;
        }
        self.tell_credentials();
        if !self.arguments.credentials {
            for target in 0..self.targets.len() {
                self.ask_for_unknown(target).await;
            }
            for stage in Stage::ALL {
                self.stage(stage).await;
            }
        }
        let why = match self.arguments.credentials {
            true => "not called: --credentials",
            false => "not called: --fail-fast",
        };
        self.record.borrow_mut().stop(why);
        for target in self.targets {
            target.callers.borrow_mut().clear();
            for lane in target.lanes {
                lane.close(self.plan.clock).await;
            }
        }
    }

    /// Whether an identity calls a target in this run.
    fn is_needed(&self, target: usize, identity: usize) -> bool {
        let cells = self.prepared.expansion.cells.iter();
        let mut own = cells.filter(|cell| cell.target == target && cell.identity == identity);
        identity == ANONYMOUS
            || self.arguments.credentials
            || own.any(|cell| cell.kept_back.is_none())
    }

    /// Obtains the credentials of everybody who calls a target, side by side.
    async fn obtain(&self, target: usize) {
        let needed = (0..self.suite.identities.len()).filter(|own| self.is_needed(target, *own));
        join_all(needed.map(|identity| self.obtain_one(target, identity))).await;
    }

    async fn obtain_one(&self, target: usize, identity: usize) {
        let reach = &self.prepared.reaches[target][identity];
        let own = &self.targets[target];
        let mut acquired = Acquired::default();
        // What may not go out is not even fetched.
        let refused = match &reach.caller.if_not_loopback {
            None => false,
            Some(_) => own.lane(identity).channel(self.plan.clock).await.is_err(),
        };
        if !refused {
            acquired = caller::acquire(&reach.caller.credentials, None).await;
        }
        for notice in reach.caller.notices.iter().chain(&reach.channel.notices) {
            self.reporter.notice(notice);
        }
        let caller = Caller::new(&reach.caller, acquired, self.reporter);
        let current = caller.current();
        if !current.evidence.unobtained.is_empty() {
            let mut evidence = Evidence::of_nothing(self.plan.clock);
            evidence.caller = current.evidence.clone();
            let diagnosis = verdict::judge(&Expectation::default(), &evidence).diagnosis;
            let why = diagnosis.map_or_else(
                || "its credential could not be obtained".to_owned(),
                |own| format!("its credential could not be obtained: {}", own.cause),
            );
            own.unobtained.borrow_mut()[identity] = Some(why);
            self.record.borrow_mut().unobtained();
        }
        own.callers.borrow_mut()[identity] = Some(Rc::new(caller));
    }

    /// A line for each credential.
    fn tell_credentials(&self) {
        for (target, own) in self.targets.iter().enumerate() {
            for (identity, known) in self.suite.identities.iter().enumerate() {
                let Some(caller) = own.caller(identity).filter(|_| known.sends.any()) else {
                    continue;
                };
                let current = caller.current();
                let evidence = &current.evidence;
                let unobtained = own.unobtained.borrow()[identity].clone();
                let sent = evidence.credentials.iter();
                let mut shown: Vec<String> = sent
                    .map(|own| naming::sent(own, self.plan.clock, None))
                    .collect();
                if known.sends.certificate {
                    shown.push("a client certificate".to_owned());
                }
                let sign = self.sign(target, identity);
                let (found, verdict) = match (unobtained, sign) {
                    (Some(why), _) => (why, Verdict::Inconclusive),
                    (None, Some((found, verdict))) => {
                        (format!("{}; {found}", shown.join(", ")), verdict)
                    }
                    (None, None) => (shown.join(", "), self.without_sign(identity)),
                };
                self.record.borrow_mut().credential(Line {
                    name: known.name.clone(),
                    target,
                    line: line(self.loaded, &known.at),
                    expected: "obtained".to_owned(),
                    found,
                    verdict,
                    waived: None,
                    diagnosis: None,
                    duration: evidence.took.unwrap_or_default(),
                });
            }
        }
    }

    /// Where credentials are all that is checked, one that no call shows to be valid is not green.
    fn without_sign(&self, identity: usize) -> Verdict {
        let must_fail = self.suite.identities[identity].expect.is_some();
        match self.arguments.credentials && !must_fail {
            true => Verdict::Inconclusive,
            false => Verdict::Pass,
        }
    }

    /// What the call for a sign of life came to. The failure of a cell is the cell's own.
    fn sign(&self, target: usize, identity: usize) -> Option<(String, Verdict)> {
        let signs = &self.prepared.expansion.signs;
        let sign = signs
            .iter()
            .find(|sign| sign.target == target && sign.identity == identity)?;
        let record = self.record.borrow();
        let what = match &sign.by {
            By::Control { method, .. } => self.prepared.schemas[target].name(*method).to_owned(),
            By::Cell(cell) => {
                let cell = &self.prepared.expansion.cells[*cell];
                self.prepared.schemas[target].name(cell.method).to_owned()
            }
        };
        let what = crate::text::escape(&what).into_owned();
        let is_control = matches!(sign.by, By::Control { .. }) || self.arguments.credentials;
        match record.life.has(target, identity) {
            true => Some((format!("allowed: {what}"), Verdict::Pass)),
            false if is_control => {
                let about = record
                    .about_of(target, identity)
                    .unwrap_or("it shows nothing, since anonymous may call it, too");
                Some((format!("{what}: {about}"), Verdict::Fail))
            }
            false => Some((format!("not allowed: {what}"), Verdict::Pass)),
        }
    }

    /// Makes the call that an identity must be allowed.
    async fn show_life(&self, sign: &Sign) {
        if !self.is_needed(sign.target, sign.identity) {
            return;
        }
        match &sign.by {
            By::Cell(number) if self.is_selected(*number) => self.cell(*number).await,
            By::Cell(number) => {
                let cell = &self.prepared.expansion.cells[*number];
                self.sign_of(cell).await;
            }
            By::Control { method, .. } => {
                let cell = self.control_cell(sign, *method);
                self.sign_of(&cell).await;
            }
        }
    }

    async fn sign_of(&self, cell: &Cell) {
        let Some(settled) = self.settle(cell).await else {
            return;
        };
        if settled.judged.outcome != Class::Allowed {
            let words = judging::words(&settled.called.ended);
            let about = settled.called.diagnosis().map_or(words, |own| own.cause);
            let mut record = self.record.borrow_mut();
            record.about(cell.target, cell.identity, about);
        }
    }

    /// The selected cells of a stage, so many at once; the next stage waits for all of them.
    async fn stage(&self, stage: Stage) {
        let cells = self.prepared.expansion.cells.iter().enumerate();
        let todo = cells
            .filter(|(number, cell)| cell.stage == stage && self.is_selected(*number))
            .map(|(number, _)| number);
        stream::iter(todo)
            .for_each_concurrent(usize::from(self.arguments.jobs), async |number| {
                if !self.is_over() && !self.record.borrow().is_settled(number) {
                    self.cell(number).await;
                }
            })
            .await;
    }

    fn is_selected(&self, number: usize) -> bool {
        !self.arguments.credentials && self.prepared.expansion.cells[number].kept_back.is_none()
    }

    /// Whether enough has failed.
    fn is_over(&self) -> bool {
        self.arguments
            .fail_fast
            .is_some_and(|limit| self.failures.get() >= limit)
    }

    pub(super) fn count(&self, verdict: Verdict) {
        if is_failure(verdict) {
            self.failures.set(self.failures.get() + 1);
        }
    }

    /// Where nobody is expected to be allowed anything, the target shows life by its answer to a method that it cannot have.
    async fn ask_for_unknown(&self, target: usize) {
        let cells = self.prepared.expansion.cells.iter();
        let selected: Vec<&Cell> = cells
            .filter(|cell| cell.target == target && cell.kept_back.is_none())
            .collect();
        let Some(caller) = self.targets[target].caller(ANONYMOUS) else {
            return;
        };
        if !life::by_unknown_method(self.suite, &selected) {
            return;
        }
        let call = Call {
            method: UNKNOWN_METHOD,
            client_streaming: false,
            server_streaming: false,
            message: bytes::Bytes::new(),
            deadline: self.deadline(),
            reads: 1,
            with_credentials: false,
        };
        let lane = self.targets[target].lane(ANONYMOUS);
        let called = calling::call(lane, &caller, &call, self.plan.clock, self.reporter).await;
        if called.ended == Ended::Status(StatusCode::UNIMPLEMENTED, AnsweredBy::Server) {
            self.record.borrow_mut().life.up(target);
        }
    }

    /// Whether there is a connection at all, and what was agreed: with the first identity that the server lets in.
    async fn handshake(&self, target: usize) {
        let own = &self.targets[target];
        let started = Instant::now();
        let mut found = None;
        for lane in &own.lanes {
            let shaken = self.shake(lane).await;
            let is_good = shaken.verdict == Verdict::Pass;
            found = Some(shaken);
            if is_good {
                break;
            }
        }
        if let Some(mut line) = found {
            line.target = target;
            line.duration = started.elapsed();
            self.record.borrow_mut().line(line);
        }
    }
}
