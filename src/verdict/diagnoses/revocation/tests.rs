use std::sync::Arc;

use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::Crls;
use crate::x509::judge;
use crate::x509::test_pki::*;

const SERIAL: u64 = 0x1234;

/// A server of `root`, whose certificate has the serial number, held against these lists in `year`.
fn checked(root: &Authority, lists: &[Vec<u8>], at: i32) -> Evidence {
    let leaf = root.leaf(&[HOST], |params| {
        params.serial_number = Some(SERIAL.into());
        params.not_after = year(2050);
    });
    let mut evidence = presented(&[&leaf], &[&root.der], HOST);
    let mut crls = Crls::default();
    for (index, list) in lists.iter().enumerate() {
        crls.add(format!("{index}.crl").into(), list).unwrap();
    }
    let name = HOST.try_into().unwrap();
    let anchors = evidence.connection.anchors();
    let lists = crls.checked();
    let judged = judge(&[leaf], anchors, year(at), Some(&name), lists);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    let refused = rustls::CertificateError::Revoked.into();
    handshake.failure = (!judged.is_accepted()).then_some(Failure::Tls(refused));
    handshake.tls.as_mut().unwrap().judged = Some(judged);
    evidence.connection_mut().trust.as_mut().unwrap().crls = Arc::new(crls);
    evidence.connection_mut().clock = year(at);
    evidence
}

#[test]
fn a_revoked_certificate_is_named_with_serial_date_and_list() {
    let root = Authority::root("root", plain);
    let evidence = checked(&root, &[root.revoke(SERIAL)], 2030);
    assert_eq!(proven(&evidence), ["revocation.crl"]);
    let said = text(&finding(&evidence, "revocation.crl"));
    for word in [
        "serial 1234",
        "2025-01-01T00:00:00Z",
        "none given",
        "0.crl",
        "CN=root",
    ] {
        assert!(said.contains(word), "{word}: {said}");
    }
}

#[test]
fn a_list_that_is_in_force_and_names_another_is_no_alarm() {
    let root = Authority::root("root", plain);
    for lists in [vec![], vec![root.revoke(SERIAL + 1)]] {
        let evidence = checked(&root, &lists, 2030);
        assert!(proven(&evidence).is_empty() && warned(&evidence).is_empty());
    }
}

#[test]
fn a_list_out_of_date_is_the_clients_to_mend() {
    let root = Authority::root("root", |params| params.not_after = year(2050));
    let evidence = checked(&root, &[root.revoke(SERIAL + 1)], 2036);
    assert_eq!(proven(&evidence), ["revocation.crl-expired"]);
    let said = text(&finding(&evidence, "revocation.crl-expired"));
    assert!(said.contains("the next one due 2035"), "{said}");
}

#[test]
fn a_list_of_another_issuer_is_a_warning() {
    let (root, other) = (
        Authority::root("root", plain),
        Authority::root("other", plain),
    );
    for at in [2030, 2036] {
        let evidence = checked(&root, &[other.revoke(SERIAL)], at);
        assert!(proven(&evidence).is_empty(), "{at}");
        assert_eq!(warned(&evidence), ["revocation.crl-unused"]);
    }
    // Of the same name, but another's: the verifier does not take its signature.
    let namesake = Authority::root("root", plain);
    let evidence = checked(&root, &[namesake.revoke(SERIAL)], 2030);
    assert_eq!(proven(&evidence), ["revocation.crl-unusable"]);
}

#[test]
fn a_list_of_a_namesake_is_the_lists_fault_and_not_the_certificates() {
    let root = Authority::root("root", plain);
    let namesake = Authority::root("root", plain);
    let stranger = Authority::root("stranger", plain);
    for revoked in [SERIAL, SERIAL + 1] {
        let evidence = checked(&root, &[namesake.revoke(revoked)], 2030);
        assert_eq!(proven(&evidence), ["revocation.crl-unusable"]);
        let said = text(&finding(&evidence, "revocation.crl-unusable"));
        assert!(
            said.contains("0.crl") && said.contains("signature"),
            "{said}"
        );
    }
    let evidence = checked(&root, &[stranger.revoke(SERIAL)], 2030);
    assert!(proven(&evidence).is_empty());
    assert_eq!(warned(&evidence), ["revocation.crl-unused"]);
}
