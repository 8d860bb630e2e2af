//! Many calls over one connection, at once: each has evidence and a verdict of its own, and they share what is the same.

mod soak;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use futures_util::future::join_all;
use grpcauth::internals::Ended;
use grpcauth::internals::calling;
use grpcauth::internals::calling::Asking;
use grpcauth::internals::calling::CallPlan;
use grpcauth::internals::calling::Caller;
use grpcauth::internals::calling::Cli;
use grpcauth::internals::calling::Command;
use grpcauth::internals::calling::Described;
use grpcauth::internals::calling::Evidence;
use grpcauth::internals::calling::Expectation;
use grpcauth::internals::calling::OpenChannel;
use grpcauth::internals::calling::Renewed;
use grpcauth::internals::report::Console;
use grpcauth::internals::report::Detail;
use grpcauth::internals::report::FORMATS;
use grpcauth::internals::report::Kept;
use grpcauth::internals::report::Origin;
use grpcauth::internals::report::Redactor;
use grpcauth::internals::report::Reporter;
use grpcauth::internals::report::Sink;
use grpcauth::internals::report::Style;
use serde_json::Value;
use time::OffsetDateTime;
use tokio::time::Instant;

use crate::forward::Counted;
use crate::grpc_server::Answering;
use crate::grpc_server::GrpcServer;
use crate::home::Home;
use crate::tokens::PASSWORD;
use crate::world::World;

/// A call as the command line plans it, with its method's descriptor from a file.
struct Planned {
    plan: CallPlan,
    described: Described,
    evidence: Evidence,
}

impl Planned {
    fn new(lab: &World, line: &str) -> Self {
        let words = lab.words(&format!("call {line} --protoset @vault.protoset"));
        let words = std::iter::once("grpcauth".to_owned()).chain(words);
        let Command::Call(mut arguments) = Cli::try_parse_from(words).unwrap().command else {
            panic!("{line} is no call");
        };
        arguments.server.profile.standalone = true;
        let (evidence, plan) = calling::plan(&arguments, OffsetDateTime::now_utc());
        let plan = plan.unwrap_or_else(|| panic!("{line}: {evidence:?}"));
        let described = calling::without_asking(&plan.descriptors, &plan.method);
        Self {
            described: described.unwrap().unwrap(),
            plan,
            evidence,
        }
    }

    async fn open(&self, reporter: &Reporter) -> OpenChannel {
        let known = self.evidence.connection.as_ref().clone();
        let asked = &self.evidence.asked;
        let opened = OpenChannel::open(&self.plan.channel, asked, known, Instant::now(), reporter);
        opened.await.unwrap_or_else(|known| panic!("{known:?}"))
    }

    async fn caller<'a>(&'a self, reporter: &'a Reporter) -> Caller<'a> {
        let acquired = calling::acquire(&self.plan.caller.credentials, None).await;
        Caller::new(&self.plan.caller, acquired, reporter)
    }

    /// Evidence of a call that is not yet made.
    fn evidence(&self) -> Evidence {
        Evidence {
            clock: self.evidence.clock,
            asked: self.evidence.asked.clone(),
            refusal: None,
            connection: Arc::clone(&self.evidence.connection),
            caller: Arc::default(),
            call: Default::default(),
        }
    }

    async fn call(
        &self,
        channel: &OpenChannel,
        caller: &Caller<'_>,
        reporter: &Reporter,
    ) -> Evidence {
        let mut evidence = self.evidence();
        let deadline = evidence.asked.max_time.map(|time| Instant::now() + time);
        let asking = Asking::new(channel, caller, deadline, false, &mut evidence, reporter);
        self.finish(asking).await;
        evidence
    }

    async fn finish(&self, mut asking: Asking<'_>) {
        let request = calling::prepare(&self.plan, &self.described.method, None).await;
        calling::call(&mut asking, &self.plan, &self.described, request.unwrap()).await;
    }
}

/// Writes what it is told in each of the formats.
fn reporter(kept: &[Kept]) -> Reporter {
    let sinks = FORMATS.iter().zip(kept);
    let sinks = sinks.map(|(format, kept)| Sink::new(format, kept.output(), Detail::default()));
    let console = Console::new(Box::new(io::sink()), Style::PLAIN);
    Reporter::new(sinks.collect(), console, Redactor::new(false))
}

fn silent() -> Reporter {
    reporter(&[])
}

/// The exit code and the diagnosis.
fn verdict(evidence: &Evidence) -> (u8, Option<&'static str>) {
    let verdict = calling::judge(&Expectation::default(), evidence);
    (
        verdict.exit.code(),
        verdict.diagnosis.map(|finding| finding.id),
    )
}

/// The status codes of a call's attempts.
fn attempts(evidence: &Evidence) -> Vec<u32> {
    let attempts = evidence.call.attempts.iter();
    attempts
        .map(|attempt| match &attempt.answer.outcome {
            Ended::Status { status, .. } => status.code.0,
            ended => panic!("{ended:?}"),
        })
        .collect()
}

#[tokio::test]
async fn a_thousand_calls_with_four_credentials_over_one_connection() {
    let lab = World::open();
    let door = Counted::new(lab.door("tls"));
    let kept: [Kept; 3] = Default::default();
    let reporter = reporter(&kept);
    let plans = [
        ("--token file:@token-admin.jwt", 0, None),
        (
            "--token file:@token-viewer.jwt",
            71,
            Some("permission.denied"),
        ),
        (
            "--token file:@token-expired.jwt",
            80,
            Some("credential.token-expired"),
        ),
        (
            "--api-key file:@apikey-viewer.txt",
            71,
            Some("permission.denied"),
        ),
    ]
    .map(|(credential, code, id)| {
        let line = "lab.v1.Vault/GetAdmin --cacert @ca.pem --max-time 1h --connect-timeout 1h";
        let line = format!("{} {line} {credential}", door.address);
        (Planned::new(&lab, &line), (code, id))
    });
    let channel = plans[0].0.open(&reporter).await;
    let callers = join_all(plans.iter().map(|(plan, _)| plan.caller(&reporter))).await;
    let called = join_all((0..1000).map(async |cell| {
        let who = cell as usize % 4;
        let (plan, _) = &plans[who];
        let reporter = reporter.of(Origin { run: 0, cell });
        let evidence = plan.call(&channel, &callers[who], &reporter).await;
        (evidence, who)
    }))
    .await;
    for (cell, (evidence, _)) in (0..).zip(&called) {
        let reporter = reporter.of(Origin { run: 0, cell });
        calling::finish(evidence, &Expectation::default(), &reporter);
    }

    let (first, _) = &called[0];
    for (evidence, who) in &called {
        let (plan, expected) = &plans[*who];
        assert_eq!(verdict(evidence), *expected, "{who}: {evidence:?}");
        let credential = &evidence.caller.credentials[0];
        assert_eq!(credential.source, plan.plan.caller.credentials[0].source());
        // The third file is read again when its token is refused; that is shared for a second.
        let is_same = Arc::ptr_eq(&evidence.caller, &called[*who].0.caller);
        assert!(is_same || *who == 2);
        assert!(Arc::ptr_eq(&evidence.connection, &first.connection));
    }
    let streams = called.iter().map(|(evidence, _)| {
        let [attempt] = &evidence.call.attempts[..] else {
            panic!("{evidence:?}");
        };
        attempt.answer.stream_id.unwrap()
    });
    assert_eq!(streams.collect::<BTreeSet<_>>().len(), 1000);
    channel.hang_up(&mut plans[0].0.evidence()).await;
    assert_eq!(door.connections(), 1);

    let [text, json, ndjson] = kept.map(|kept| kept.text());
    let expected: Vec<_> = called
        .iter()
        .map(|(_, who)| {
            let (_, (code, id)) = plans[*who];
            (u64::from(code), id.map(str::to_owned))
        })
        .collect();
    let documents: Vec<Value> = lines(&json);
    assert_eq!(
        sorted(documents.iter().map(outcome)),
        sorted(expected.clone())
    );
    for document in &documents {
        let messages = document["messages"].as_array().unwrap().len();
        assert_eq!(messages, usize::from(document["exit_code"] == 0));
    }
    let events: Vec<Value> = lines(&ndjson);
    let finished = events.iter().filter(|event| event["event"] == "finished");
    assert_eq!(sorted(finished.map(outcome)), sorted(expected));
    let messages = events.iter().filter(|event| event["event"] == "message");
    assert_eq!(messages.count(), 250);
    for (id, count) in [
        ("permission.denied", 500),
        ("credential.token-expired", 250),
    ] {
        assert_eq!(text.matches(id).count(), count, "{text}");
    }
}

fn lines(text: &str) -> Vec<Value> {
    let lines = text.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The exit code and the diagnosis of a document, or of an event that carries one.
fn outcome(document: &Value) -> (u64, Option<String>) {
    let id = document["diagnosis"]["id"].as_str();
    (
        document["exit_code"].as_u64().unwrap(),
        id.map(str::to_owned),
    )
}

fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items
}

#[tokio::test]
async fn calls_that_are_refused_at_once_have_one_token_fetched_for_all() {
    let lab = World::open();
    let reporter = silent();
    let line = format!("{{tls}} lab.v1.Vault/GetViewer {PASSWORD} --token-cache memory");
    let planned = Planned::new(&lab, &line);
    let channel = planned.open(&reporter).await;
    let caller = planned.caller(&reporter).await;
    let token = caller.current().evidence.credentials[0].secret.clone();
    lab.revoke(token.expose());
    let before = lab.requests("/token");

    let mut held_up = planned.evidence();
    let asking = Asking::new(&channel, &caller, None, false, &mut held_up, &reporter);
    let called = join_all((0..50).map(|_| planned.call(&channel, &caller, &reporter))).await;
    for evidence in &called {
        assert_eq!(attempts(evidence), [16, 0]);
        assert!(matches!(evidence.caller.renewed, Some(Renewed::Another)));
        assert!(Arc::ptr_eq(&evidence.caller, &called[0].caller));
        assert_ne!(
            evidence.caller.credentials[0].secret.expose(),
            token.expose()
        );
    }
    // One that set out with the old token takes the new one as well, without asking for another.
    planned.finish(asking).await;
    assert_eq!(attempts(&held_up), [16, 0]);
    assert!(Arc::ptr_eq(&held_up.caller, &called[0].caller));
    let later = planned.call(&channel, &caller, &reporter).await;
    assert_eq!(attempts(&later), [0]);
    assert!(later.caller.renewed.is_none());
    assert_eq!(lab.requests("/token"), before + 1);
    channel.hang_up(&mut held_up).await;
}

#[tokio::test]
async fn a_renewal_that_one_call_gives_up_goes_on_and_the_others_join_it() {
    let lab = World::open();
    let home = Home::new();
    let runs = home.path().join("runs");
    let token = lab.directory().join("token-viewer.jwt");
    let script = format!(
        "echo run >> {runs}; case $(wc -l < {runs}) in 1) echo refused ;; *) sleep 4; cat {token} ;; esac",
        runs = runs.display(),
        token = token.display()
    );
    let runs = || {
        fs::read_to_string(&runs)
            .unwrap_or_default()
            .lines()
            .count()
    };
    let reporter = silent();
    let program = shlex::try_join(["sh", "-c", &script]).unwrap();
    let program = shlex::try_quote(&program).unwrap();
    let line = format!(
        "{{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem --token-cache memory --exec {program}"
    );
    let patient = Planned::new(&lab, &line);
    let hasty = Planned::new(&lab, &format!("{line} --max-time 1s"));
    let channel = patient.open(&reporter).await;
    let caller = patient.caller(&reporter).await;
    let (given_up, called) = futures_util::join!(hasty.call(&channel, &caller, &reporter), async {
        while runs() < 2 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        join_all((0..10).map(|_| patient.call(&channel, &caller, &reporter))).await
    });
    assert_eq!(attempts(&given_up), [16]);
    assert!(matches!(
        given_up.caller.renewed,
        Some(Renewed::Unobtained(_))
    ));
    for evidence in &called {
        assert_eq!(attempts(evidence), [16, 0]);
    }
    // One for the refused credential, one for all who asked for another.
    assert_eq!(runs(), 2);
    channel.hang_up(&mut { given_up }).await;
}

#[tokio::test]
async fn a_goaway_is_news_for_the_calls_after_it() {
    let lab = World::open();
    let server = GrpcServer::open(&[Answering::Ok, Answering::Ok, Answering::GoAway]);
    let reporter = silent();
    let line = format!("{} lab.v1.Vault/GetViewer --plaintext", server.address);
    let planned = Planned::new(&lab, &line);
    let channel = planned.open(&reporter).await;
    let caller = planned.caller(&reporter).await;
    let call = || planned.call(&channel, &caller, &reporter);
    let (first, second) = (call().await, call().await);
    assert_eq!((attempts(&first), attempts(&second)), (vec![0], vec![0]));
    let cut_off = call().await;
    let after = call().await;
    for evidence in [&cut_off, &after] {
        assert_eq!(verdict(evidence), (3, Some("http2.goaway")), "{evidence:?}");
    }
    // What was known before stays as it was.
    let goaway = |evidence: &Evidence| {
        let handshake = evidence.connection.handshake.as_ref().unwrap();
        handshake.http2.goaway.is_some()
    };
    assert_eq!((goaway(&second), goaway(&cut_off)), (false, true));
    assert_eq!(verdict(&second), (0, None));
    channel.hang_up(&mut { after }).await;
}

#[tokio::test]
async fn a_certificate_that_is_missed_after_the_handshake_is_told_to_every_call() {
    let lab = World::open();
    let reporter = silent();
    let planned = Planned::new(&lab, "{mtls} lab.v1.Vault/GetViewer --cacert @ca.pem");
    let channel = planned.open(&reporter).await;
    let caller = planned.caller(&reporter).await;
    let called = join_all((0..10).map(|_| planned.call(&channel, &caller, &reporter))).await;
    for evidence in &called {
        assert_eq!(
            verdict(evidence),
            (3, Some("mtls.required")),
            "{evidence:?}"
        );
    }
    channel.hang_up(&mut planned.evidence()).await;
}

#[tokio::test]
async fn a_deadline_ends_one_call_and_leaves_the_others() {
    let lab = World::open();
    let server = GrpcServer::open(&[Answering::Ok, Answering::Never, Answering::Ok]);
    let reporter = silent();
    let line = format!("{} lab.v1.Vault/GetViewer --plaintext", server.address);
    let patient = Planned::new(&lab, &line);
    let hasty = Planned::new(&lab, &format!("{line} --max-time 300ms"));
    let channel = patient.open(&reporter).await;
    let caller = patient.caller(&reporter).await;
    let (first, second, third) = futures_util::join!(
        patient.call(&channel, &caller, &reporter),
        hasty.call(&channel, &caller, &reporter),
        patient.call(&channel, &caller, &reporter),
    );
    assert_eq!((attempts(&first), attempts(&third)), (vec![0], vec![0]));
    assert_eq!(attempts(&second), [4]);
    assert_eq!(verdict(&second), (68, Some("deadline.exceeded")));
    let later = patient.call(&channel, &caller, &reporter).await;
    assert_eq!(attempts(&later), [0]);
    channel.hang_up(&mut { later }).await;
}
