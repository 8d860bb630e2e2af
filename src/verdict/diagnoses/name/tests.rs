use rcgen::CertificateParams;
use rcgen::SanType;
use rcgen::string::Ia5String;

use super::*;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

fn ia5(text: &str) -> Ia5String {
    Ia5String::try_from(text).unwrap()
}

fn dns(text: &str) -> SanType {
    SanType::DnsName(ia5(text))
}

fn ip(text: &str) -> SanType {
    SanType::IpAddress(text.parse().unwrap())
}

fn uri(text: &str) -> SanType {
    SanType::URI(ia5(text))
}

/// A good server whose certificate has these names, asked for `name`.
fn asked_for(name: &str, names: &[SanType], cn: &str) -> Evidence {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[], |params: &mut CertificateParams| {
        params.subject_alt_names = names.to_vec();
        params.distinguished_name = common_name(cn);
    });
    presented(&[&leaf], &[&root.der], name)
}

#[test]
fn each_way_of_missing_the_name_has_its_id() {
    const V4: &str = "192.0.2.1";
    for (name, names, cn, id) in [
        (HOST, &[dns("other.test")][..], "x", "name.mismatch"),
        (HOST, &[dns("other.test")], HOST, "name.mismatch"),
        (HOST, &[ip(V4)], HOST, "name.mismatch"),
        (HOST, &[], HOST, "name.cn-only"),
        (HOST, &[], "SERVER.test", "name.cn-only"),
        (HOST, &[], "*.test", "name.cn-only"),
        (HOST, &[], "other.test", "name.mismatch"),
        (
            "a.b.server.test",
            &[dns("*.server.test")],
            "x",
            "name.wildcard-depth",
        ),
        (HOST, &[dns("*.server.test")], "x", "name.wildcard-depth"),
        (
            "a.otherserver.test",
            &[dns("*.server.test")],
            "x",
            "name.mismatch",
        ),
        (
            "otherserver.test",
            &[dns("*.server.test")],
            "x",
            "name.mismatch",
        ),
        (
            "a.other.test",
            &[dns("*.server.test")],
            "x",
            "name.mismatch",
        ),
        (V4, &[dns(HOST)], "x", "name.no-ip-san"),
        (V4, &[], "x", "name.no-ip-san"),
        (V4, &[], V4, "name.cn-only"),
        (V4, &[dns(HOST), ip("192.0.2.2")], "x", "name.mismatch"),
        (V4, &[dns(V4)], "x", "name.ip-in-dns-san"),
        ("2001:db8::1", &[dns(HOST)], "x", "name.no-ip-san"),
        (
            HOST,
            &[uri("spiffe://mesh/ns/a/sa/b")],
            "x",
            "name.spiffe-only",
        ),
        (
            V4,
            &[uri("spiffe://mesh/ns/a/sa/b")],
            "x",
            "name.spiffe-only",
        ),
        (
            HOST,
            &[uri("spiffe://mesh/x"), dns("other.test")],
            "x",
            "name.mismatch",
        ),
        (HOST, &[uri("https://server.test/")], "x", "name.mismatch"),
    ] {
        let evidence = asked_for(name, names, cn);
        assert_eq!(proven(&evidence), [id], "{name} against {names:?}, {cn}");
        let said = text(&finding(&evidence, id));
        assert!(said.contains(&format!("name asked for: {name}")), "{said}");
        assert!(said.contains("names in the certificate:"), "{said}");
    }
}

#[test]
fn names_that_fit_raise_no_alarm() {
    for (name, names) in [
        (HOST, &[dns(HOST)][..]),
        (HOST, &[dns("SERVER.TEST")]),
        ("Server.TEST", &[dns(HOST)]),
        ("a.server.test", &[dns("*.server.test")]),
        ("192.0.2.1", &[ip("192.0.2.1")]),
        ("2001:db8::1", &[ip("2001:db8:0:0::1")]),
        (HOST, &[uri("spiffe://mesh/x"), dns(HOST)]),
    ] {
        let evidence = asked_for(name, names, "x");
        assert_eq!(
            proven(&evidence),
            Vec::<&str>::new(),
            "{name} against {names:?}"
        );
    }
}

#[test]
fn the_hint_offers_a_name_that_fits() {
    let evidence = asked_for("192.0.2.1", &[dns("*.server.test")], "x");
    let hint = finding(&evidence, "name.no-ip-san").hint;
    assert!(hint.contains("--servername host.server.test"), "{hint}");
}
