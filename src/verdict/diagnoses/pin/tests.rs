use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::Pin;
use crate::x509::test_pki::*;

/// A server of which the pins were held against its certificate.
fn pinned(mut evidence: Evidence, pins: &[Pin]) -> Evidence {
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    let tls = handshake.tls.as_mut().unwrap();
    let fits = pins.iter().any(|pin| pin.fits(&tls.chain[0]));
    tls.pinned = Some(fits);
    if !fits {
        handshake.failure.get_or_insert(Failure::Tls(
            rustls::CertificateError::ApplicationVerificationFailure.into(),
        ));
    }
    evidence.connection_mut().asked.pins = pins.to_vec();
    evidence
}

#[test]
fn both_digests_are_shown() {
    let other = Authority::root("other", plain).der;
    for (pins, cause) in [
        (
            vec![Pin::of_key(&other).unwrap()],
            "the key of the server's certificate",
        ),
        (
            vec![Pin::of_certificate(&other)],
            "the server's certificate is not the one",
        ),
        (
            vec![Pin::of_key(&other).unwrap(), Pin::of_certificate(&other)],
            "fits none of the pins",
        ),
    ] {
        let evidence = pinned(good(), &pins);
        assert_eq!(proven(&evidence), ["pin.mismatch"], "{pins:?}");
        let said = text(&finding(&evidence, "pin.mismatch"));
        assert!(said.contains(cause), "{said}");
        let leaf = &evidence.connection.tls().unwrap().chain[0];
        for pin in pins
            .iter()
            .chain(&[Pin::of_key(leaf).unwrap(), Pin::of_certificate(leaf)])
        {
            assert!(said.contains(&pin.to_string()), "{said}");
        }
    }
}

#[test]
fn a_pin_that_fits_raises_no_alarm() {
    let evidence = good();
    let leaf = evidence.connection.tls().unwrap().chain[0].clone();
    let other = Authority::root("other", plain).der;
    for pins in [
        vec![Pin::of_key(&leaf).unwrap()],
        vec![Pin::of_certificate(&leaf)],
        vec![Pin::of_certificate(&other), Pin::of_key(&leaf).unwrap()],
    ] {
        assert!(
            proven(&pinned(good_like(&evidence), &pins)).is_empty(),
            "{pins:?}"
        );
    }
    assert!(proven(&evidence).is_empty());
}

/// The same handshake again.
fn good_like(evidence: &Evidence) -> Evidence {
    let mut again = with(evidence.connection.handshake.clone().unwrap());
    again
        .connection_mut()
        .trust
        .clone_from(&evidence.connection.trust);
    again
}

#[test]
fn what_is_wrong_with_the_chain_comes_first() {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], expired);
    let evidence = presented(&[&leaf], &[&root.der], HOST);
    let pins = [Pin::of_certificate(&root.der)];
    assert_eq!(
        proven(&pinned(evidence, &pins)),
        ["time.expired.leaf", "pin.mismatch"]
    );
}
