//! What a target's TLS and its reflection must be: a line each.

use std::rc::Rc;
use std::time::Duration;

use time::OffsetDateTime;
use tokio::time::Instant;

use crate::connect;
use crate::connect::Endpoint;
use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::follow_up::Answered;
use crate::connect::follow_up::answer_to_hello_of_tls_1_1;
use crate::connect::follow_up::answer_to_preface_in_plaintext;
use crate::connect::report::Ending;
use crate::connect::tls::versions;
use crate::connect::tls::versions::TlsVersion;
use crate::describe::NotDescribed;
use crate::describe::given::Given;
use crate::describe::listing::Contents;
use crate::describe::listing::Question;
use crate::describe::reflection;
use crate::evidence::Aim;
use crate::evidence::Evidence;
use crate::invoke;
use crate::session::check::calling;
use crate::session::check::calling::Call;
use crate::session::check::lane::Lane;
use crate::session::check::record::line;
use crate::session::check::running::Running;
use crate::session::check::running::UNKNOWN_METHOD;
use crate::session::outgoing::Outgoing;
use crate::status::AnsweredBy;
use crate::suite::document::MinVersion;
use crate::suite::document::Reflection;
use crate::suite::document::quantity::Share;
use crate::suite::judging;
use crate::suite::judging::Ended;
use crate::suite::judging::Verdict;
use crate::suite::model::ANONYMOUS;
use crate::suite::result::Line;
use crate::suite::source::Place;
use crate::verdict;
use crate::verdict::Expectation;
use crate::verdict::class::Class;
use crate::x509::Facts;

/// How long one of these may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a line came to.
struct Came {
    found: String,
    verdict: Verdict,
}

fn came(verdict: Verdict, found: impl Into<String>) -> Came {
    Came {
        found: found.into(),
        verdict,
    }
}

impl Running<'_> {
    /// Every line that the target's table has.
    pub(super) async fn tls_lines(&self, target: usize) {
        let own = &self.suite.targets[target];
        if let Some(version) = &own.tls.min_version {
            let started = Instant::now();
            let (expected, came) = self.min_version(target, version.value).await;
            self.tell(
                target,
                ("min_version", &version.at),
                expected,
                came,
                started,
            );
        }
        if let Some(share) = &own.tls.cert_valid_for {
            let started = Instant::now();
            let (expected, came) = self.cert_valid_for(target, share.value).await;
            self.tell(
                target,
                ("cert_valid_for", &share.at),
                expected,
                came,
                started,
            );
        }
        if let Some(required) = &own.tls.client_cert {
            let started = Instant::now();
            let came = self.client_cert(target).await;
            let expected = "refused without a client certificate".to_owned();
            self.tell(
                target,
                ("client_cert", &required.at),
                expected,
                came,
                started,
            );
        }
        if let Some(refused) = &own.tls.plaintext {
            let started = Instant::now();
            let came = self.plaintext(target).await;
            let expected = "refused without TLS".to_owned();
            self.tell(target, ("plaintext", &refused.at), expected, came, started);
        }
        if let Some(reflection) = &own.reflection
            && reflection.value == Reflection::Denied
        {
            let started = Instant::now();
            let came = self.reflection(target).await;
            let expected = "reflection denied to anonymous".to_owned();
            self.tell(
                target,
                ("reflection", &reflection.at),
                expected,
                came,
                started,
            );
        }
    }

    fn tell(
        &self,
        target: usize,
        (name, at): (&str, &Place),
        expected: String,
        came: Came,
        started: Instant,
    ) {
        self.count(came.verdict);
        self.record.borrow_mut().line(Line {
            name: name.to_owned(),
            target,
            line: line(self.loaded, at),
            expected,
            found: came.found,
            verdict: came.verdict,
            waived: None,
            diagnosis: None,
            duration: started.elapsed(),
        });
    }

    /// One connection as the suite makes them.
    pub(super) async fn shake(&self, lane: &Lane<'_>) -> Line {
        let mut evidence = Evidence::of_nothing(self.plan.clock);
        evidence.asked.aim = Aim::Handshake;
        let is_open = match lane.channel(self.plan.clock).await {
            Ok(channel) => {
                channel.note_in(&mut evidence);
                true
            }
            Err(known) => {
                evidence.connection = known.as_ref().clone().into();
                false
            }
        };
        let handshake = evidence.connection.handshake.as_ref();
        let is_good = is_open && handshake.is_some_and(|own| own.ending.is_none());
        let diagnosis = match is_good {
            true => None,
            false => verdict::judge(&Expectation::default(), &evidence).diagnosis,
        };
        let found = match (&diagnosis, handshake) {
            (Some(diagnosis), _) => diagnosis.cause.clone(),
            (None, Some(handshake)) => agreed(handshake),
            (None, None) => "no connection".to_owned(),
        };
        Line {
            name: "handshake".to_owned(),
            target: 0,
            line: 0,
            expected: "a connection".to_owned(),
            found,
            verdict: match is_good {
                true => Verdict::Pass,
                false => Verdict::Inconclusive,
            },
            waived: None,
            diagnosis,
            duration: Duration::ZERO,
        }
    }

    /// The endpoint of the first identity that the server lets in.
    async fn welcome(&self, target: usize) -> &Endpoint {
        let lanes = &self.targets[target].lanes;
        for lane in lanes {
            if self.shake(lane).await.verdict == Verdict::Pass {
                return lane.endpoint();
            }
        }
        lanes[0].endpoint()
    }

    async fn min_version(&self, target: usize, version: MinVersion) -> (String, Came) {
        let endpoint = self.welcome(target).await;
        if version == MinVersion::Tls12 {
            let answered = answer_to_hello_of_tls_1_1(endpoint, PATIENCE).await;
            let came = match answered {
                Answered::Octets(octets) => match octets.first() {
                    Some(0x15) => came(Verdict::Pass, "TLS 1.1 is refused (alert)"),
                    Some(0x16) => came(Verdict::Fail, "TLS 1.1 is accepted"),
                    _ => came(
                        Verdict::Inconclusive,
                        "the answer to a hello of TLS 1.1 is not TLS",
                    ),
                },
                Answered::Closed => came(Verdict::Pass, "TLS 1.1 is refused (closed)"),
                Answered::Silent => came(Verdict::Inconclusive, "no answer to a hello of TLS 1.1"),
                Answered::Unreached => came(Verdict::Inconclusive, "no connection"),
            };
            return ("TLS 1.1 refused".to_owned(), came);
        }
        let mut endpoint = endpoint.clone();
        let only = versions::range(Some(TlsVersion::Tls12), Some(TlsVersion::Tls12));
        let tls = match &mut endpoint.channel {
            ChannelCredentials::Insecure => None,
            ChannelCredentials::Tls(tls) => Some(tls),
            ChannelCredentials::MutualTls(mutual) => Some(&mut mutual.tls),
        };
        if let (Some(tls), Some(only)) = (tls, only) {
            tls.versions = only;
        }
        let report = handshake_with(&endpoint).await;
        let saw_certificate = report.tls.as_ref().is_some_and(|tls| !tls.chain.is_empty());
        let came = match refused_words(&report) {
            _ if saw_certificate => came(Verdict::Fail, "TLS 1.2 is accepted"),
            Some(Ok(how)) => came(Verdict::Pass, format!("TLS 1.2 is refused ({how})")),
            Some(Err(why)) => came(Verdict::Inconclusive, why),
            None => came(Verdict::Fail, "TLS 1.2 is accepted"),
        };
        ("TLS 1.2 refused".to_owned(), came)
    }

    async fn cert_valid_for(&self, target: usize, share: Share) -> (String, Came) {
        let report = handshake_with(self.welcome(target).await).await;
        let leaf = report.tls.as_ref().and_then(|tls| tls.chain.first());
        let facts = leaf.and_then(|der| Facts::read(der).ok());
        let Some(facts) = facts else {
            let why = "the server's certificate was not seen";
            return ("a certificate".to_owned(), came(Verdict::Inconclusive, why));
        };
        let needed = match share {
            Share::For(time) => time,
            Share::OfLifetime(percent) => {
                let lifetime = (facts.not_after - facts.not_before).max(time::Duration::ZERO);
                lifetime.unsigned_abs().mul_f64(percent / 100.0)
            }
        };
        let expected = match share {
            Share::For(time) => {
                format!("certificate valid for {}", humantime::format_duration(time))
            }
            Share::OfLifetime(percent) => {
                format!("certificate valid for {percent}% of its lifetime")
            }
        };
        let left = facts.not_after - self.plan.clock;
        let end = minute(facts.not_after);
        let is_enough = left.is_positive() && left.unsigned_abs() >= needed;
        let words = match left.is_positive() {
            true => format!("expires in {} ({end})", days(left)),
            false => format!("expired {} ago ({end})", days(-left)),
        };
        match is_enough {
            true => (expected, came(Verdict::Pass, words)),
            false => (expected, came(Verdict::Fail, words)),
        }
    }

    /// A call without a certificate: a server may refuse in the handshake, right after it, or by HTTP 400.
    async fn client_cert(&self, target: usize) -> Came {
        let own = &self.targets[target];
        let Some(caller) = own.caller(ANONYMOUS) else {
            return came(Verdict::Inconclusive, "nothing was sent");
        };
        let call = Call {
            method: UNKNOWN_METHOD,
            client_streaming: false,
            server_streaming: false,
            message: bytes::Bytes::new(),
            deadline: PATIENCE,
            reads: 1,
            with_credentials: false,
        };
        let lane = own.lane(ANONYMOUS);
        let called = calling::call(lane, &caller, &call, self.plan.clock, self.reporter).await;
        let handshake = called.evidence.connection.handshake.as_ref();
        match &called.ended {
            Ended::TlsRefused(id) => came(Verdict::Pass, format!("refused ({id})")),
            Ended::Status(code, AnsweredBy::Local) => came(
                Verdict::Inconclusive,
                format!("ended with {code}, determined locally"),
            ),
            Ended::Status(..) | Ended::Message => {
                came(Verdict::Fail, "accepted without a client certificate")
            }
            Ended::NoStatus(why) => match handshake.and_then(refused_words) {
                Some(Ok(how)) => came(Verdict::Pass, format!("refused ({how})")),
                _ => came(Verdict::Inconclusive, why.clone()),
            },
        }
    }

    async fn plaintext(&self, target: usize) -> Came {
        /// The type of a SETTINGS frame (RFC 9113 §6.5), and where a frame's type stands.
        const SETTINGS: (usize, u8) = (3, 4);
        let lane = self.targets[target].lane(ANONYMOUS);
        match answer_to_preface_in_plaintext(lane.endpoint(), PATIENCE).await {
            Answered::Octets(octets) if octets.get(SETTINGS.0) == Some(&SETTINGS.1) => {
                came(Verdict::Fail, "the server speaks HTTP/2 without TLS")
            }
            Answered::Octets(octets) if octets.first() == Some(&0x15) => {
                came(Verdict::Pass, "refused (TLS alert)")
            }
            Answered::Octets(octets) if octets.starts_with(b"HTTP/1.") => {
                came(Verdict::Pass, "refused (HTTP/1 error)")
            }
            Answered::Octets(_) => came(
                Verdict::Inconclusive,
                "the answer is neither HTTP/2 nor TLS",
            ),
            Answered::Closed => came(Verdict::Pass, "refused (closed)"),
            Answered::Silent => came(Verdict::Inconclusive, "no answer"),
            Answered::Unreached => came(Verdict::Inconclusive, "no connection"),
        }
    }

    async fn reflection(&self, target: usize) -> Came {
        let own = &self.targets[target];
        let lane = own.lane(ANONYMOUS);
        let (Some(caller), Ok(channel)) =
            (own.caller(ANONYMOUS), lane.channel(self.plan.clock).await)
        else {
            return match lane.refused() {
                Some(id) => came(
                    Verdict::Pass,
                    format!("refused in the TLS handshake ({id})"),
                ),
                None => came(Verdict::Inconclusive, "no connection"),
            };
        };
        let outgoing = Outgoing::with_reflection(caller.plan, Some(&[]));
        let by = Some(Instant::now() + PATIENCE);
        let question = Question::List { service: None };
        let none = Given::default();
        let listed = reflection::listing(
            &channel.rpcs,
            &outgoing.metadata,
            &none,
            &question,
            false,
            by,
        )
        .await;
        match listed {
            Ok(listing) => match listing.contents {
                Contents::Services(services) => came(
                    Verdict::Fail,
                    format!("open: it lists {} services to anonymous", services.len()),
                ),
                _ => came(Verdict::Fail, "open to anonymous"),
            },
            Err(NotDescribed::Absent { .. }) => came(Verdict::Pass, "the server has no reflection"),
            Err(NotDescribed::Refused { answer, .. }) => {
                self.refused_reflection(target, &answer, &channel)
            }
            Err(_) => came(Verdict::Inconclusive, "reflection is broken"),
        }
    }

    fn refused_reflection(
        &self,
        target: usize,
        answer: &invoke::Answer,
        channel: &Rc<crate::session::channel::OpenChannel>,
    ) -> Came {
        let invoke::Ended::Status {
            status,
            answered_by,
        } = &answer.outcome
        else {
            let mut evidence = Evidence::of_nothing(self.plan.clock);
            evidence.asked.aim = Aim::Handshake;
            channel.note_in(&mut evidence);
            let handshake = evidence.connection.handshake.as_ref();
            return match handshake.and_then(refused_words) {
                Some(Ok(how)) => came(Verdict::Pass, format!("refused ({how})")),
                _ => came(Verdict::Inconclusive, "the connection ended"),
            };
        };
        let ended = Ended::Status(status.code, *answered_by);
        let also = &self.suite.targets[target].denied_also;
        match judging::class_of(&ended, also) {
            Class::Denied => came(Verdict::Pass, judging::words(&ended)),
            _ => came(Verdict::Inconclusive, judging::words(&ended)),
        }
    }
}

/// One handshake, up to the peer's SETTINGS or its end.
async fn handshake_with(endpoint: &Endpoint) -> HandshakeReport {
    let deadline = Instant::now() + PATIENCE;
    let (connection, mut report) = connect::connect(endpoint, deadline).await;
    if let Some(connection) = connection {
        connection.settle(deadline).await;
        connection.update(&mut report);
        connection.close().await;
    }
    report
}

/// How a handshake was refused: by an alert, a close or a reset; an `Err` where nothing is known. `None`: it was not.
fn refused_words(report: &HandshakeReport) -> Option<Result<String, String>> {
    if let Some((alert, _)) = report.alert_received() {
        return Some(Ok(format!("alert {alert:?}")));
    }
    match (&report.failure, &report.ending) {
        (Some(Failure::Closed { phase, reset }), _) if *phase >= Phase::Tls => {
            Some(Ok(if *reset { "reset" } else { "closed" }.to_owned()))
        }
        (None, Some(Ending::Closed { reset })) if report.reached < Phase::Done => {
            Some(Ok(if *reset { "reset" } else { "closed" }.to_owned()))
        }
        (Some(Failure::Deadline { .. }), _) => Some(Err("no answer in time".to_owned())),
        (Some(Failure::Connect | Failure::Resolve { .. } | Failure::NotLoopback), _) => {
            Some(Err("no connection".to_owned()))
        }
        (Some(_), _) => Some(Err("the handshake failed for another reason".to_owned())),
        (None, _) => None,
    }
}

/// `TLS 1.3 TLS13_AES_128_GCM_SHA256, ALPN h2`.
fn agreed(handshake: &HandshakeReport) -> String {
    let Some(tls) = &handshake.tls else {
        return "plaintext HTTP/2".to_owned();
    };
    let version = tls.version.unwrap_or_default().replace("TLSv", "TLS ");
    let suite = tls.cipher_suite.as_deref().unwrap_or_default();
    format!("{version} {suite}, ALPN h2")
}

/// `9d 4h`.
fn days(time: time::Duration) -> String {
    format!("{}d {}h", time.whole_days(), time.whole_hours() % 24)
}

/// `2026-11-30T05:12Z`.
fn minute(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    format!("{}T{:02}:{:02}Z", at.date(), at.hour(), at.minute())
}
