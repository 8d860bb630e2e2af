//! Judges evidence. Pure: the same evidence and expectation give the same verdict.
//!
//! `rustls` alone accepts or refuses, the peer alone says yes or no; a diagnosis explains and never
//! turns one into the other. The diagnoses are the rows of [`diagnoses::ALL`].

pub(crate) mod case;
pub(crate) mod class;
pub(crate) mod diagnoses;
pub(crate) mod doubt;
pub(crate) mod expectation;
pub(crate) mod finding;
pub(crate) mod messages;
pub(crate) mod outcome;
mod reading;

pub use expectation::Expectation;
pub(crate) use finding::Finding;
pub(crate) use finding::Layer;
pub(crate) use finding::Side;
pub(crate) use outcome::Outcome;
pub(crate) use reading::answerer::Answerer;
pub(crate) use reading::answerer::By;
pub(crate) use reading::opening::first_text;

use crate::evidence::Aim;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;

/// A further fact that a diagnosis needs; the session gets it, bounded, before it judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// One TLS hello on the port that was dialled in plaintext.
    TlsHello,
    /// One HTTP/2 preface in plaintext on the port that was dialled with TLS.
    PlaintextHello,
    /// Hold the chain against the system's roots.
    SystemRoots,
}

/// The further facts to get before `evidence` is judged.
pub(crate) fn follow_ups(evidence: &Evidence) -> Vec<FollowUp> {
    match outcome::of(evidence).is_success() {
        true => Vec::new(),
        false => diagnoses::follow_ups(&Case::new(evidence).connection),
    }
}

/// What a run came to.
#[derive(Debug)]
pub struct Verdict {
    pub outcome: Outcome,
    /// `None` where nothing was expected.
    pub met: Option<bool>,
    /// Why the answer does not settle what was expected. A sentence.
    pub doubt: Option<String>,
    /// The one thing to fix first; `None` when all is well.
    pub diagnosis: Option<Finding>,
    /// What else is wrong.
    pub also: Vec<Finding>,
    /// What is not wrong yet, or only for others.
    pub warnings: Vec<Finding>,
    pub exit: ExitStatus,
}

/// Judges `evidence` against what was expected.
pub fn judge(expectation: &Expectation, evidence: &Evidence) -> Verdict {
    let ended = outcome::of(evidence);
    let weighed = doubt::weigh(expectation, evidence, &ended);
    let case = Case::new(evidence);
    let mut warnings = diagnoses::warn_all(&case);
    let mut findings = Vec::new();
    if !ended.is_success() || waives_refusal(evidence) {
        findings = diagnoses::prove_all(&case);
    }
    if waives_refusal(evidence) {
        // What is wrong with the server's chain is told beside the outcome, not as the reason for it.
        let of_chain = findings.extract_if(.., |finding| {
            diagnoses::is_waived(&case.connection, finding)
        });
        warnings.extend(of_chain);
    }
    if ended.is_success() {
        findings.clear();
    }
    let mut diagnosis = (!findings.is_empty()).then(|| findings.remove(0));
    if let Some(diagnosis) = &mut diagnosis {
        reading::describing::add(evidence, diagnosis);
        diagnosis
            .evidence
            .extend(reading::waiting::in_words(evidence));
        diagnosis
            .evidence
            .extend(reading::fetch::renewal_in_words(&evidence.caller));
    }
    Verdict {
        exit: match weighed.doubt {
            Some(_) => ExitStatus::NoStatus,
            None => ended.exit_status(weighed.met),
        },
        outcome: weighed.outcome,
        met: weighed.met,
        doubt: weighed.doubt,
        diagnosis,
        also: findings,
        warnings,
    }
}

/// Judges a connection that failed before anything was asked over it.
pub(crate) fn judge_connection(connection: &ConnectionEvidence) -> Verdict {
    let mut findings =
        diagnoses::prove_connection(&ConnectionCase::new(connection, None)).into_iter();
    Verdict {
        diagnosis: findings.next(),
        also: findings.collect(),
        ..without_status(ExitStatus::NoStatus)
    }
}

/// The verdict on a run that a signal ended: nothing is judged that was not over.
pub(crate) fn interrupted(exit: ExitStatus) -> Verdict {
    without_status(exit)
}

fn without_status(exit: ExitStatus) -> Verdict {
    Verdict {
        outcome: Outcome::NoStatus,
        met: None,
        doubt: None,
        diagnosis: None,
        also: Vec::new(),
        warnings: Vec::new(),
        exit,
    }
}

/// Whether `--insecure` let a server in that was refused, to be called all the same.
fn waives_refusal(evidence: &Evidence) -> bool {
    let refused = evidence
        .connection
        .judged()
        .is_some_and(|judged| !judged.is_accepted());
    let calls = matches!(evidence.asked.aim, Aim::Call | Aim::Health);
    evidence.connection.asked.insecure && calls && refused
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use super::*;
    use crate::connect::Failure;
    use crate::connect::Phase;
    use crate::evidence::answers;
    use crate::evidence::handshakes::HOST;
    use crate::evidence::handshakes::attempt;
    use crate::evidence::handshakes::presented;
    use crate::evidence::handshakes::tls_failure;
    use crate::evidence::handshakes::unconnected;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::expired;
    use crate::x509::test_pki::fixture;
    use crate::x509::test_pki::plain;

    /// A server with an expired certificate of an unknown CA that was let in by `--insecure`.
    fn let_in() -> Evidence {
        let root = Authority::root("root", plain);
        let other = Authority::root("other", plain);
        let leaf = other.leaf(&[HOST], expired);
        let mut evidence = presented(&[&leaf], &[&root.der], HOST);
        evidence.connection_mut().asked.insecure = true;
        evidence
            .connection_mut()
            .handshake
            .as_mut()
            .unwrap()
            .failure = None;
        evidence
    }

    fn ids(findings: &[Finding]) -> Vec<&str> {
        findings.iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn what_insecure_waives_is_a_warning_whatever_the_outcome() {
        for (code, diagnosed) in [(0, false), (16, true)] {
            let mut evidence = let_in();
            evidence.call.attempts = vec![attempt(answers::status(code, ""))];
            let verdict = judge(&Expectation::default(), &evidence);
            assert_eq!(
                ids(&verdict.warnings),
                ["time.expired.leaf", "trust.no-path"]
            );
            assert_eq!(verdict.diagnosis.is_some(), diagnosed, "{code}");
            let said = verdict.diagnosis.map_or("", |finding| finding.id);
            assert!(!said.starts_with("time.") && !said.starts_with("trust."));
        }
    }

    #[test]
    fn a_signature_that_cannot_be_taken_is_not_waived() {
        let weak = fixture(include_str!("x509/fixtures/weakroot.pem"));
        let root = Authority::root("root", plain);
        for (leaf, id) in [
            (weak, "crypto.weak-key"),
            (root.leaf(&[HOST], expired), "tls.handshake-failed"),
        ] {
            let mut evidence = presented(&[&leaf], &[&root.der], HOST);
            evidence.connection_mut().asked.insecure = true;
            evidence
                .connection_mut()
                .handshake
                .as_mut()
                .unwrap()
                .failure = Some(Failure::Tls(rustls::Error::InvalidCertificate(
                rustls::CertificateError::BadSignature,
            )));
            let verdict = judge(&Expectation::default(), &evidence);
            assert_eq!(verdict.diagnosis.unwrap().id, id);
            assert!(!verdict.warnings.is_empty());
        }
    }

    #[test]
    fn a_connection_alone_is_judged_as_a_handshake_is() {
        let late = |phase| Failure::Deadline {
            phase,
            after: Duration::from_millis(1),
        };
        let closed = Failure::Closed {
            phase: Phase::Tls,
            reset: false,
        };
        let root = Authority::root("root", plain);
        let other = Authority::root("other", plain).leaf(&[HOST], expired);
        for (mut evidence, id) in [
            (
                presented(&[&other], &[&root.der], HOST),
                "time.expired.leaf",
            ),
            (unconnected(&[ErrorKind::ConnectionRefused]), "net.refused"),
            (
                tls_failure(closed, b"HTTP/1.1 400"),
                "plain.server-is-http1",
            ),
            (tls_failure(late(Phase::Tls), b""), "deadline.exceeded"),
            (tls_failure(late(Phase::Http2), b""), "deadline.exceeded"),
        ] {
            evidence.asked.aim = Aim::Handshake;
            let of_run = judge(&Expectation::default(), &evidence);
            let alone = judge_connection(&evidence.connection);
            assert_eq!(alone.diagnosis.as_ref().unwrap().id, id);
            assert_eq!(alone.diagnosis, of_run.diagnosis);
            assert_eq!(alone.also, of_run.also);
        }
    }

    #[test]
    fn a_handshake_is_judged_as_if_it_were_not_waived() {
        let mut evidence = let_in();
        evidence.asked.aim = Aim::Handshake;
        let verdict = judge(&Expectation::default(), &evidence);
        assert_eq!(verdict.diagnosis.unwrap().id, "time.expired.leaf");
        assert_eq!(ids(&verdict.also), ["trust.no-path"]);
        assert_eq!(verdict.exit, ExitStatus::NoStatus);
    }
}
