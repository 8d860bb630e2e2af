use super::*;
use crate::x509::test_pki::*;
use crate::x509::verify::judge;
use rcgen::KeyUsagePurpose;

fn lints(chain: &[&Der], anchor: &Der) -> Vec<Lint> {
    let chain: Vec<Der> = chain.iter().map(|der| (*der).clone()).collect();
    let anchors = trust(&[anchor]);
    let path = judge(&chain, &anchors, now(), None, &[]).path;
    lint(
        &Facts::read_chain(&chain),
        path.ok().as_ref(),
        &anchors,
        now(),
        30,
    )
}

#[test]
fn each_warning_is_given_where_it_belongs_and_nowhere_else() {
    let root = Authority::root("root", plain);
    let upper = root.intermediate("upper", plain);
    let lower = upper.intermediate("lower", plain);
    let leaf = lower.leaf(&["server.test"], plain);
    let reissued = upper.certify("lower", &lower, plain);
    let other = Authority::root("other", plain);
    let cross = other.certify("root", &root, plain);
    let stranger = other.leaf(&["other.test"], plain);
    let garbage = Der::from(b"0garbage".to_vec());
    let soon = root.leaf(&["server.test"], |p| {
        p.not_after = now() + time::Duration::days(3)
    });
    let signs_crls = root.intermediate("crl", |p| p.key_usages = vec![KeyUsagePurpose::CrlSign]);
    let under_it = signs_crls.leaf(&["server.test"], plain);
    let enciphers = root.leaf(&["server.test"], |p| {
        p.key_usages = vec![KeyUsagePurpose::KeyEncipherment]
    });
    let named =
        |p: &mut rcgen::CertificateParams| p.distinguished_name = common_name("server.test");
    let cn_only = root.leaf(&[], named);
    let client = root.leaf(&[], |p| {
        named(p);
        p.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
    });
    let (good, low, up, root) = (&leaf, &lower.der, &upper.der, &root.der);
    let common_name = "server.test".to_owned();
    for (label, chain, expected) in [
        ("good", &[good, low, up][..], vec![]),
        ("with the root", &[good, low, up, root], vec![]),
        ("re-issued as well", &[good, low, &reissued, up], vec![]),
        ("cross-signed as well", &[good, low, up, &cross], vec![]),
        (
            "cross-signed by a root that was sent",
            &[good, low, up, &cross, &other.der],
            vec![],
        ),
        ("order", &[good, up, low], vec![Lint::ChainOrder]),
        (
            "leaf second",
            &[low, good, up],
            vec![Lint::LeafNotFirst { index: 1 }],
        ),
        (
            "in reverse order",
            &[up, low, good],
            vec![Lint::LeafNotFirst { index: 2 }],
        ),
        (
            "in reverse order with the root",
            &[root, up, low, good],
            vec![Lint::LeafNotFirst { index: 3 }],
        ),
        (
            "unrelated",
            &[good, low, up, &stranger],
            vec![Lint::Unrelated { index: 3 }],
        ),
        (
            "an unrelated chain",
            &[good, low, &stranger, &other.der, up],
            vec![Lint::Unrelated { index: 2 }, Lint::Unrelated { index: 3 }],
        ),
        (
            "twice",
            &[good, good, low, up],
            vec![Lint::Duplicate { index: 1, of: 0 }],
        ),
        (
            "garbage",
            &[good, low, up, &garbage],
            vec![Lint::Unreadable { index: 3 }],
        ),
        (
            "expires soon",
            &[&soon],
            vec![Lint::ExpiresSoon { index: 0, days: 3 }],
        ),
        (
            "issuer",
            &[&under_it, &signs_crls.der],
            vec![Lint::IssuerWithoutCertSign { index: 1 }],
        ),
        (
            "leaf's key usage",
            &[&enciphers],
            vec![Lint::LeafWithoutDigitalSignature],
        ),
        (
            "common name",
            &[&cn_only],
            vec![Lint::CommonNameOnly { common_name }],
        ),
        ("a client's common name", &[&client], vec![]),
        ("nothing", &[], vec![]),
    ] {
        assert_eq!(lints(chain, root), expected, "{label}");
    }
    assert_eq!(
        lints(&[good, up, low], &other.der),
        [Lint::ChainOrder],
        "without a path too"
    );
    assert_eq!(
        lints(&[good, low], &other.der),
        [],
        "an incomplete chain is in order"
    );
    assert_eq!(
        lints(&[good, up, root], root),
        [],
        "the lower intermediate is missing"
    );
    let with_stranger = [good, up, &stranger];
    assert_eq!(lints(&with_stranger, root), [Lint::Unrelated { index: 2 }]);
    let late = lower.leaf(&["server.test"], expired);
    let extra = [&late, low, up, &other.der];
    assert_eq!(
        lints(&extra, root),
        [Lint::Unrelated { index: 3 }],
        "refused, but whole"
    );
}

#[test]
fn an_anchor_has_its_own_warnings() {
    for (root, expected) in [
        (
            Authority::root("root", expired),
            Lint::RootExpired { anchor: 0 },
        ),
        (
            Authority::root("root", future),
            Lint::RootNotYetValid { anchor: 0 },
        ),
        (
            Authority::root("root", |p| p.not_after = now()),
            Lint::RootExpiresSoon { anchor: 0, days: 0 },
        ),
        (
            Authority::root("root", |p| p.key_usages = vec![KeyUsagePurpose::CrlSign]),
            Lint::RootWithoutCertSign { anchor: 0 },
        ),
    ] {
        let leaf = root.leaf(&["server.test"], plain);
        assert_eq!(lints(&[&leaf], &root.der), [expected]);
    }
}

#[test]
fn a_renewed_anchor_of_the_same_key_stands_in_for_an_expired_one() {
    let old = Authority::root("root", expired);
    let other = Authority::root("root", plain);
    let leaf = old.leaf(&["server.test"], plain);
    let renewed = old.renewed("root", plain);
    let both_expired = old.renewed("root", expired);
    let expired_alone = [Lint::RootExpired { anchor: 0 }];
    for (anchors, expected) in [
        (&[&old.der, &renewed][..], &[][..]),
        (&[&old.der, &both_expired], &expired_alone),
        (&[&old.der, &other.der], &expired_alone),
    ] {
        let chain = [leaf.clone()];
        let anchors = trust(anchors);
        let path = judge(&chain, &anchors, now(), None, &[]).path;
        let facts = Facts::read_chain(&chain);
        let lints = lint(&facts, path.ok().as_ref(), &anchors, now(), 30);
        assert_eq!(lints, expected);
    }
}

#[test]
fn a_server_trusted_by_its_own_certificate_is_not_asked_to_be_a_ca() {
    let alone = self_signed(&["server.test"], plain);
    assert_eq!(lints(&[&alone], &alone), []);
}

#[test]
fn weak_algorithms_are_named() {
    let leaf = fixture(include_str!("../fixtures/shaleaf.pem"));
    let root = fixture(include_str!("../fixtures/sharoot.pem"));
    let signature = "RSA with SHA-1".to_owned();
    assert_eq!(
        lints(&[&leaf], &root),
        [Lint::WeakSignature {
            index: 0,
            signature
        }]
    );
    let leaf = fixture(include_str!("../fixtures/weakleaf.pem"));
    let root = fixture(include_str!("../fixtures/weakroot.pem"));
    let key = KeyFacts {
        algorithm: "RSA".into(),
        bits: 1024,
    };
    assert_eq!(
        lints(&[&leaf, &root], &root),
        [Lint::WeakKey { index: 1, key }]
    );
}

#[test]
fn every_warning_says_who_refuses() {
    for lint in [
        Lint::ChainOrder,
        Lint::RootExpired { anchor: 0 },
        Lint::Unrelated { index: 1 },
    ] {
        assert!(!lint.refused_by().is_empty());
    }
}
