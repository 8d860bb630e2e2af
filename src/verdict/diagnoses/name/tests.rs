use rcgen::CertificateParams;
use rcgen::SanType;
use rcgen::string::Ia5String;

use crate::evidence::Evidence;
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

/// The same, asked to be a workload's in place of a name's.
fn asked_for_workload(id: &str, names: &[SanType]) -> Evidence {
    let mut evidence = asked_for(HOST, names, "x");
    let id: crate::x509::SpiffeId = id.parse().unwrap();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    let tls = handshake.tls.as_mut().unwrap();
    let judged = tls.judged.take().unwrap();
    let judged = crate::x509::Judged {
        name: None,
        ..judged
    }
    .with_workload(&tls.chain[0], &id);
    let refused = rustls::CertificateError::NotValidForName.into();
    let failure = crate::connect::Failure::Tls(refused);
    handshake.failure = (!judged.is_accepted()).then_some(failure);
    tls.judged = Some(judged);
    evidence.connection_mut().asked.workload = Some(id);
    evidence
}

#[test]
fn another_workload_is_told_with_both_ids() {
    const ID: &str = "spiffe://mesh/ns/a/sa/b";
    for (names, cause) in [
        (
            &[uri("spiffe://mesh/ns/a/sa/c")][..],
            "is spiffe://mesh/ns/a/sa/c, not",
        ),
        (&[dns(HOST)], "names no workload"),
        (
            &[dns(HOST), uri("https://server.test/")],
            "names no workload",
        ),
        (&[uri(ID), uri("spiffe://mesh/other")], "several URIs"),
    ] {
        let evidence = asked_for_workload(ID, names);
        assert_eq!(proven(&evidence), ["name.spiffe-mismatch"], "{names:?}");
        let said = text(&finding(&evidence, "name.spiffe-mismatch"));
        assert!(said.contains(cause) && said.contains(ID), "{said}");
    }
    for names in [&[uri(ID)][..], &[uri(ID), dns("other.test")]] {
        assert!(
            proven(&asked_for_workload(ID, names)).is_empty(),
            "{names:?}"
        );
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
    assert!(hint.contains("--servername NAME.server.test"), "{hint}");
    for (names, offered) in [
        (&[dns("other.test")][..], Some("--servername other.test")),
        (
            &[dns("*"), dns("other.test")],
            Some("--servername other.test"),
        ),
        (&[dns("*")], None),
        (&[uri("https://other.test/")], None),
        (&[dns("https://other.test/")], None),
        (&[dns("other.test:443")], None),
        (&[dns("other.test ")], None),
        (&[dns("other.test.")], None),
        (&[dns("192.0.2.9")], None),
        (&[ip("192.0.2.9")], Some("--servername 192.0.2.9")),
        (
            &[dns("a_b.other.test")],
            Some("--servername a_b.other.test"),
        ),
        (
            &[dns("xn--bcher-kva.test")],
            Some("--servername xn--bcher-kva.test"),
        ),
        (
            &[dns("*"), dns("*.other.test"), dns("b.test")],
            Some("--servername b.test"),
        ),
    ] {
        let evidence = asked_for(HOST, names, "x");
        let hint = finding(&evidence, "name.mismatch").hint;
        match offered {
            Some(offered) => assert!(hint.contains(offered), "{hint}"),
            None => assert!(!hint.contains("--servername"), "{names:?}: {hint}"),
        }
    }
}

#[test]
fn a_name_that_is_written_wrongly_is_told_from_another_name() {
    for (written, why) in [
        (dns("https://server.test"), "a URL"),
        (uri("https://server.test:443/x"), "a URL"),
        (dns("server.test:443"), "a port"),
        (dns("server.test "), "blank"),
        (dns("server.test."), "dot"),
        (dns("*"), "a lone *"),
        (dns("server.test/path"), "a path"),
    ] {
        let evidence = asked_for(HOST, std::slice::from_ref(&written), "x");
        let found = finding(&evidence, "name.mismatch");
        assert!(found.cause.contains(why), "{written:?}: {}", found.cause);
        assert!(
            found.hint.contains("subjectAltName=DNS:server.test"),
            "{}",
            found.hint
        );
    }
    for written in [
        dns("https://other.test"),
        dns("other.test."),
        uri("spiffe://server.test/x"),
    ] {
        let evidence = asked_for(HOST, &[written.clone(), dns("b.test")], "x");
        let found = finding(&evidence, "name.mismatch");
        assert!(
            found.cause.contains("is not for"),
            "{written:?}: {}",
            found.cause
        );
    }
}
