use rcgen::CustomExtension;
use rcgen::ExtendedKeyUsagePurpose;
use rcgen::KeyUsagePurpose;

use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

#[test]
fn a_certificate_that_is_not_a_servers_is_told_with_what_it_is_for() {
    let root = Authority::root("root", plain);
    let clients = root.leaf(&[HOST], |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    let evidence = presented(&[&clients], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["cert.purpose"]);
    let said = text(&finding(&evidence, "cert.purpose"));
    assert!(said.contains("clientAuth; needed: serverAuth"), "{said}");
    assert!(said.contains("this one is a client's"), "{said}");
    let ca_of_clients = root.intermediate("clients", |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    let below = ca_of_clients.leaf(&[HOST], plain);
    let evidence = presented(&[&below, &ca_of_clients.der], &[&root.der], HOST);
    let found = finding(&evidence, "cert.purpose");
    assert!(found.hint.contains("operator of the CA"), "{}", found.hint);
    let both = root.leaf(&[HOST], |params| {
        params
            .extended_key_usages
            .push(ExtendedKeyUsagePurpose::ClientAuth);
    });
    let none = root.leaf(&[HOST], |params| params.extended_key_usages.clear());
    for leaf in [&both, &none] {
        let evidence = presented(&[leaf], &[&root.der], HOST);
        assert_eq!(proven(&evidence), Vec::<&str>::new());
    }
}

#[test]
fn what_the_verifier_does_not_process_is_named() {
    let root = Authority::root("root", plain);
    let odd = root.leaf(&[HOST], |params| {
        let mut extension =
            CustomExtension::from_oid_content(&[1, 3, 6, 1, 4, 1, 99_999, 1], vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions.push(extension);
    });
    let evidence = presented(&[&odd], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["cert.unknown-critical-extension"]);
    let garbage = Der::from(b"\x30\x03abc".to_vec());
    let evidence = presented(&[&garbage], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["cert.unreadable"]);
}

#[test]
fn version_1_is_told() {
    let old = fixture(include_str!("../../../x509/fixtures/v1.pem"));
    let root = Authority::root("root", plain);
    let proven = proven(&presented(&[&old], &[&root.der], HOST));
    assert!(proven.contains(&"cert.version-1"), "{proven:?}");
}

#[test]
fn a_leaf_without_digital_signature_is_a_warning() {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], |params| {
        params.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    });
    let evidence = presented(&[&leaf], &[&root.der], HOST);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    assert_eq!(warned(&evidence), ["cert.key-usage"]);
}
