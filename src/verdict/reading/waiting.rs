//! What `--wait-for` came to, where it came to nothing.

use crate::connect::waiting::may_recover;
use crate::evidence::Evidence;
use crate::verdict::reading::moment::counted;
use crate::verdict::reading::moment::spent;

/// `waited 5.0 s for a good handshake, in 9 attempts`; of a handshake that was good there is nothing to say.
pub(crate) fn in_words(evidence: &Evidence) -> Option<String> {
    let waited = evidence.connection.waited?;
    let handshake = evidence.connection.handshake.as_ref()?;
    if handshake.failure.is_none() && !handshake.ended_before_settings() {
        return None;
    }
    let allowed = evidence.asked.wait_for.map(spent).unwrap_or_default();
    let time = spent(waited.time);
    let attempts = counted(u64::from(waited.attempts), "attempt");
    Some(match (may_recover(handshake), waited.attempts) {
        (true, _) => format!(
            "waited {time} for a good handshake (--wait-for {allowed}), in {attempts}; this is what came of the last"
        ),
        (false, 1) => format!("--wait-for {allowed} was not used: waiting won't help"),
        (false, _) => format!(
            "waited {time} (--wait-for {allowed}), in {attempts}; waiting longer won't help"
        ),
    })
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;
    use std::time::Duration;

    use super::*;
    use crate::evidence::Waited;
    use crate::evidence::handshakes::HOST;
    use crate::evidence::handshakes::good;
    use crate::evidence::handshakes::presented;
    use crate::evidence::handshakes::unconnected;
    use crate::verdict::Expectation;
    use crate::verdict::judge;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::plain;

    fn after(mut evidence: Evidence, attempts: u32) -> Evidence {
        evidence.asked.wait_for = Some(Duration::from_secs(5));
        evidence.connection_mut().waited = Some(Waited {
            attempts,
            time: Duration::from_millis(4_990),
        });
        evidence
    }

    #[test]
    fn a_wait_in_vain_is_told_with_the_diagnosis() {
        let refused = || unconnected(&[ErrorKind::ConnectionRefused]);
        let unknown = || {
            let strangers = Authority::root("strangers", plain);
            let leaf = strangers.leaf(&[HOST], plain);
            presented(&[&leaf], &[&Authority::root("root", plain).der], HOST)
        };
        for (evidence, id, said) in [
            (
                after(refused(), 9),
                "net.refused",
                "waited 5.0 s for a good handshake (--wait-for 5.0 s), in 9 attempts",
            ),
            (after(refused(), 1), "net.refused", "in 1 attempt;"),
            (
                after(unknown(), 9),
                "trust.no-path",
                "waiting longer won't help",
            ),
            (after(unknown(), 1), "trust.no-path", "was not used"),
        ] {
            let verdict = judge(&Expectation::default(), &evidence);
            let diagnosis = verdict.diagnosis.unwrap();
            assert_eq!(diagnosis.id, id);
            let last = diagnosis.evidence.last().unwrap();
            assert!(last.contains(said), "{last}");
        }
        assert_eq!(in_words(&refused()), None);
        assert_eq!(in_words(&after(good(), 9)), None);
    }
}
