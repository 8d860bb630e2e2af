use rcgen::BasicConstraints;
use rcgen::GeneralSubtree;
use rcgen::IsCa;
use rcgen::KeyUsagePurpose;
use rcgen::NameConstraints;

use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

#[test]
fn what_a_ca_may_not_do_is_told_with_the_certificate() {
    let root = Authority::root("root", plain);
    let none = root.intermediate("none", |params| {
        params.is_ca = IsCa::ExplicitNoCa;
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    });
    let silent = root.intermediate("silent", |params| params.is_ca = IsCa::NoCa);
    let short = root.intermediate("short", |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    });
    let below = short.intermediate("below", plain);
    let narrow = root.intermediate("narrow", |params| {
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("example.com".to_owned())],
            excluded_subtrees: Vec::new(),
        });
    });
    for (chain, id, wanted) in [
        (vec![&none], "ca.not-a-ca", "CA:FALSE"),
        (vec![&silent], "ca.not-a-ca", "no basic constraints"),
        (vec![&below, &short], "ca.path-length", "CN=short"),
        (vec![&narrow], "ca.name-constraint", "CN=narrow"),
        (
            vec![&narrow],
            "ca.name-constraint",
            "DNS:server.test is not in the permitted DNS:example.com",
        ),
    ] {
        let leaf = chain[0].leaf(&[HOST], plain);
        let mut ders = vec![&leaf];
        ders.extend(chain.iter().map(|authority| &authority.der));
        let evidence = presented(&ders, &[&root.der], HOST);
        assert_eq!(proven(&evidence), [id]);
        assert_eq!(warned(&evidence), Vec::<&str>::new());
        let said = text(&finding(&evidence, id));
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn constraints_that_are_kept_are_none() {
    let root = Authority::root("root", plain);
    let one = root.intermediate("one", |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        params.name_constraints = Some(NameConstraints {
            permitted_subtrees: vec![GeneralSubtree::DnsName("test".to_owned())],
            excluded_subtrees: Vec::new(),
        });
    });
    let leaf = one.leaf(&[HOST], plain);
    let evidence = presented(&[&leaf, &one.der], &[&root.der], HOST);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    assert_eq!(warned(&evidence), Vec::<&str>::new());
}

#[test]
fn a_ca_without_cert_sign_is_a_warning() {
    let mute = |params: &mut rcgen::CertificateParams| {
        params.key_usages = vec![KeyUsagePurpose::CrlSign];
    };
    let root = Authority::root("root", plain);
    let issuing = root.intermediate("issuing", mute);
    let leaf = issuing.leaf(&[HOST], plain);
    let evidence = presented(&[&leaf, &issuing.der], &[&root.der], HOST);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    assert_eq!(warned(&evidence), ["ca.no-cert-sign"]);
    let root = Authority::root("root", mute);
    let leaf = root.leaf(&[HOST], plain);
    let evidence = presented(&[&leaf], &[&root.der], HOST);
    assert_eq!(warned(&evidence), ["ca.no-cert-sign"]);
}
