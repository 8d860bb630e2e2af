use super::*;
use crate::x509::test_pki::*;
use crate::x509::walk::Place;
use crate::x509::walk::WalkEnd;
use rcgen::BasicConstraints;
use rcgen::CertificateParams;
use rcgen::IsCa;

/// Findings without their values.
fn labels(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(label).collect()
}

fn label(finding: &Finding) -> &'static str {
    match finding {
        Finding::Unreadable { .. } => "unreadable",
        Finding::NoPath { .. } => "no path",
        Finding::Expired {
            role: Role::Leaf, ..
        } => "leaf expired",
        Finding::Expired { .. } => "intermediate expired",
        Finding::NotYetValid { .. } => "not yet valid",
        Finding::AnchorExpired { .. } => "anchor expired",
        Finding::AnchorNotYetValid { .. } => "anchor not yet valid",
        Finding::LeafIsCa => "leaf is ca",
        Finding::NotACa { .. } => "not a ca",
        Finding::PathLength { .. } => "path length",
        Finding::NameConstraint { .. } => "name constraint",
        Finding::ExtendedKeyUsage { .. } => "eku",
        Finding::UnknownCritical { .. } => "critical",
        Finding::Version { .. } => "version",
        Finding::WeakKey { .. } => "weak key",
        Finding::UnsupportedSignature { .. } => "unsupported signature",
        Finding::Revocation { .. } => "revocation",
        Finding::Name { .. } => "name",
        Finding::Other { .. } => "other",
    }
}

fn findings_for(chain: &[&Der], anchors: &[&Der], name: &str) -> Vec<Finding> {
    let chain: Vec<Der> = chain.iter().map(|der| (*der).clone()).collect();
    let name = ServerName::try_from(name).unwrap();
    let anchors = trust(anchors);
    let judged = judge(&chain, &anchors, now(), Some(&name), &[]);
    let findings = all_findings(&chain, &anchors, now(), Some(&name), &[]);
    assert_eq!(
        judged.is_accepted(),
        !findings.iter().any(Finding::refuses),
        "webpki and the findings disagree: {judged:?} {findings:?}"
    );
    findings
}

fn findings(chain: &[&Der], anchors: &[&Der]) -> Vec<Finding> {
    findings_for(chain, anchors, "server.test")
}

fn no_eku(params: &mut CertificateParams) {
    params.extended_key_usages = vec![rcgen::ExtendedKeyUsagePurpose::ClientAuth];
}

#[test]
fn everything_that_is_wrong_is_found() {
    let root = Authority::root("root", plain);
    let ca = root.intermediate("ca", plain);
    let leaf = ca.leaf(&["server.test"], plain);
    let old_ca = root.certify("ca", &ca, expired);
    let old_root = Authority::root("old root", expired);
    let other = Authority::root("other", plain);
    let no_path = ["no path"];
    let (good, ca_der, root_der) = (&leaf, &ca.der, &root.der);
    let expired_leaf = ca.leaf(&["server.test"], expired);
    let expired_other = ca.leaf(&["other.test"], expired);
    let expired_no_eku = ca.leaf(&["other.test"], |params| {
        expired(params);
        no_eku(params);
    });
    let leaf_ca = ca.leaf(&["server.test"], |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    let by_leaf = root.intermediate("not a ca", |params| params.is_ca = IsCa::ExplicitNoCa);
    let under_leaf = by_leaf.leaf(&["server.test"], plain);
    let short = root.intermediate("short", |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    });
    let below = short.intermediate("below", plain);
    let far = below.leaf(&["server.test"], plain);
    let critical = ca.leaf(&["server.test"], |params| {
        let mut extension = rcgen::CustomExtension::from_oid_content(&[1, 2, 3], vec![5, 0]);
        extension.set_criticality(true);
        params.custom_extensions = vec![extension];
    });
    let alone = self_signed(&["server.test"], plain);
    let by_old = old_root.leaf(&["server.test"], plain);
    let by_old_expired = old_root.leaf(&["server.test"], expired);
    let garbage = Der::from(b"0garbage".to_vec());
    for (label, chain, anchors, expected) in [
        ("valid", &[good, ca_der][..], root_der, &[][..]),
        ("reversed", &[good, root_der, ca_der], root_der, &[]),
        (
            "expired leaf",
            &[&expired_leaf, ca_der],
            root_der,
            &["leaf expired"],
        ),
        (
            "not yet valid",
            &[&ca.leaf(&["server.test"], future), ca_der],
            root_der,
            &["not yet valid"],
        ),
        (
            "expired intermediate",
            &[good, &old_ca],
            root_der,
            &["intermediate expired"],
        ),
        (
            "expired and re-issued",
            &[good, &old_ca, ca_der],
            root_der,
            &[],
        ),
        (
            "leaf expired, both intermediates",
            &[&expired_leaf, &old_ca, ca_der],
            root_der,
            &["leaf expired"],
        ),
        ("expired root", &[&by_old], &old_root.der, &[]),
        (
            "expired root and leaf",
            &[&by_old_expired],
            &old_root.der,
            &["leaf expired", "anchor expired"],
        ),
        ("unknown root", &[good, ca_der], &other.der, &no_path),
        (
            "unknown root, sent",
            &[good, ca_der, root_der],
            &other.der,
            &no_path,
        ),
        ("missing intermediate", &[good], root_der, &no_path),
        ("self-signed", &[&alone], root_der, &no_path),
        (
            "expired, unknown root",
            &[&expired_leaf, ca_der],
            &other.der,
            &["no path", "leaf expired"],
        ),
        (
            "wrong name",
            &[&ca.leaf(&["other.test"], plain), ca_der],
            root_der,
            &["name"],
        ),
        (
            "expired, wrong name",
            &[&expired_other, ca_der],
            root_der,
            &["leaf expired", "name"],
        ),
        (
            "expired, wrong purpose and name",
            &[&expired_no_eku, ca_der],
            root_der,
            &["leaf expired", "eku", "name"],
        ),
        (
            "everything",
            &[&expired_no_eku, &old_ca],
            &other.der,
            &[
                "no path",
                "leaf expired",
                "eku",
                "intermediate expired",
                "name",
            ],
        ),
        (
            "wrong purpose",
            &[&ca.leaf(&["server.test"], no_eku), ca_der],
            root_der,
            &["eku"],
        ),
        (
            "leaf is a CA",
            &[&leaf_ca, ca_der],
            root_der,
            &["leaf is ca"],
        ),
        (
            "not a CA",
            &[&under_leaf, &by_leaf.der],
            root_der,
            &["not a ca"],
        ),
        (
            "path length",
            &[&far, &below.der, &short.der],
            root_der,
            &["path length"],
        ),
        (
            "critical extension",
            &[&critical, ca_der],
            root_der,
            &["critical"],
        ),
        ("leaf given as CA", &[good, ca_der], good, &no_path),
        ("garbage", &[&garbage], root_der, &["unreadable"]),
        ("nothing", &[], root_der, &["unreadable"]),
    ] {
        assert_eq!(labels(&findings(chain, &[anchors])), expected, "{label}");
    }
}

#[test]
fn names_are_webpkis_matter() {
    let root = Authority::root("root", plain);
    let ip_in_dns = |params: &mut CertificateParams| {
        let name = rcgen::SanType::DnsName("10.0.0.1".try_into().unwrap());
        params.subject_alt_names = vec![name];
    };
    let spiffe = |params: &mut CertificateParams| {
        let name = rcgen::SanType::URI("spiffe://lab/server".try_into().unwrap());
        params.subject_alt_names = vec![name];
    };
    for (presented, asked, is_good) in [
        (root.leaf(&["server.test"], plain), "server.test", true),
        (root.leaf(&["SERVER.Test"], plain), "server.test", true),
        (root.leaf(&["server.test"], plain), "SERVER.test", true),
        (root.leaf(&["*.lab.test"], plain), "a.lab.test", true),
        (root.leaf(&["*.lab.test"], plain), "a.b.lab.test", false),
        (root.leaf(&["10.0.0.1"], plain), "10.0.0.1", true),
        (root.leaf(&["server.test"], plain), "10.0.0.1", false),
        (root.leaf(&[], ip_in_dns), "10.0.0.1", false),
        (
            root.leaf(&[], |p| p.distinguished_name = common_name("server.test")),
            "server.test",
            false,
        ),
        (root.leaf(&[], spiffe), "server.test", false),
    ] {
        let found = findings_for(&[&presented], &[&root.der], asked);
        let expected: &[&str] = if is_good { &[] } else { &["name"] };
        assert_eq!(labels(&found), expected, "{asked}");
    }
}

#[test]
fn findings_carry_their_values() {
    let root = Authority::root("root", plain);
    let ca = root.intermediate("ca", expired);
    let leaf = ca.leaf(&["server.test"], no_eku);
    let expected = vec![
        Finding::ExtendedKeyUsage {
            index: 0,
            role: Role::Leaf,
            required: "serverAuth",
            presented: vec!["clientAuth".into()],
        },
        Finding::Expired {
            index: 1,
            role: Role::Intermediate,
            not_after: year(2029),
            at: now(),
        },
    ];
    assert_eq!(findings(&[&leaf, &ca.der], &[&root.der]), expected);
}

#[test]
fn a_lifetime_that_nobody_shares_hides_no_missing_issuer() {
    let root = Authority::root("root", plain);
    let ca = root.intermediate("ca", |params| params.not_after = year(2022));
    let leaf = ca.leaf(&["server.test"], |params| {
        params.not_before = year(2025);
        params.not_after = year(2026);
    });
    let whole = findings(&[&leaf, &ca.der], &[&root.der]);
    assert_eq!(labels(&whole), ["leaf expired", "intermediate expired"]);
    let other = Authority::root("other", plain);
    let unknown = findings(&[&leaf, &ca.der], &[&other.der]);
    assert_eq!(
        labels(&unknown),
        ["no path", "leaf expired", "intermediate expired"]
    );
}

#[test]
fn name_constraints_name_who_imposes_them() {
    let constrain = |params: &mut CertificateParams| {
        params.name_constraints = Some(rcgen::NameConstraints {
            permitted_subtrees: vec![rcgen::GeneralSubtree::DnsName("elsewhere.test".into())],
            excluded_subtrees: vec![],
        });
    };
    let root = Authority::root("root", plain);
    let ca = root.intermediate("ca", constrain);
    let leaf = ca.leaf(&["server.test"], expired);
    let found = findings(&[&leaf, &ca.der], &[&root.der]);
    let expected = Finding::NameConstraint {
        constrained_by: vec![Place::Presented(1)],
    };
    assert_eq!(labels(&found), ["leaf expired", "name constraint"]);
    assert_eq!(found[1], expected);
    let root = Authority::root("root", constrain);
    let leaf = root.leaf(&["server.test"], plain);
    let expected = Finding::NameConstraint {
        constrained_by: vec![Place::Anchor(0)],
    };
    assert_eq!(findings(&[&leaf], &[&root.der]), [expected]);
}

#[test]
fn weak_and_unsupported_algorithms_are_no_bad_signature() {
    for (leaf, root, expected) in [
        (
            include_str!("../fixtures/weakleaf.pem"),
            include_str!("../fixtures/weakroot.pem"),
            &["weak key"][..],
        ),
        (
            include_str!("../fixtures/shaleaf.pem"),
            include_str!("../fixtures/sharoot.pem"),
            &["unsupported signature"],
        ),
        (
            include_str!("../fixtures/p521leaf.pem"),
            include_str!("../fixtures/p521root.pem"),
            &["unsupported signature"],
        ),
        (
            include_str!("../fixtures/v1.pem"),
            include_str!("../fixtures/sharoot.pem"),
            &["version"],
        ),
        (
            include_str!("../fixtures/rich.pem"),
            include_str!("../fixtures/sharoot.pem"),
            &["critical", "unsupported signature"],
        ),
    ] {
        let found = findings_for(&[&fixture(leaf)], &[&fixture(root)], "server.test");
        assert_eq!(labels(&found), expected);
    }
}

#[test]
fn a_revoked_certificate_is_refused_and_others_pass() {
    let root = Authority::root("root", plain);
    let leaf = |serial: u64| {
        root.leaf(&["server.test"], |params| {
            params.serial_number = Some(serial.into())
        })
    };
    let crl = root.revoke(7);
    let crl: CertRevocationList<'_> = webpki::BorrowedCertRevocationList::from_der(&crl)
        .unwrap()
        .into();
    let anchors = trust(&[&root.der]);
    for (serial, at, expected) in [
        (7, now(), &["revocation"][..]),
        (8, now(), &[]),
        // The list's next update was in 2035.
        (8, year(2036), &["revocation"]),
    ] {
        let found = all_findings(
            &[leaf(serial)],
            &anchors,
            at,
            None,
            std::slice::from_ref(&crl),
        );
        assert_eq!(labels(&found), expected);
    }
    let other = Authority::root("other", plain);
    let uncovered = [other.leaf(&["server.test"], plain)];
    let judged = judge(&uncovered, &trust(&[&other.der]), now(), None, &[crl]);
    assert!(judged.is_accepted(), "no list covers it");
}

#[test]
fn the_path_names_its_certificates() {
    let root = Authority::root("root", plain);
    let upper = root.intermediate("upper", plain);
    let lower = upper.intermediate("lower", plain);
    let chain = [
        lower.leaf(&["server.test"], plain),
        upper.der.clone(),
        lower.der.clone(),
    ];
    let other = Authority::root("other", plain);
    let judged = judge(&chain, &trust(&[&other.der, &root.der]), now(), None, &[]);
    let expected = Path {
        intermediates: vec![lower.der, upper.der],
        anchor: 1,
    };
    assert_eq!(judged.path, Ok(expected));
    assert_eq!(judged.name, None);
}

#[test]
fn expired_and_mismatched_at_once_shows_both() {
    let root = Authority::root("root", plain);
    let chain = [root.leaf(&["other.test"], expired)];
    let name = ServerName::try_from("server.test").unwrap();
    let judged = judge(&chain, &trust(&[&root.der]), now(), Some(&name), &[]);
    assert!(matches!(
        judged.path,
        Err(webpki::Error::CertExpired { .. })
    ));
    assert!(matches!(
        judged.name,
        Some(Err(webpki::Error::CertNotValidForName(_)))
    ));
}

#[test]
fn an_anchor_that_cannot_be_read_is_named_or_skipped() {
    use crate::x509::anchors::Anchor;
    use crate::x509::anchors::AnchorOrigin;
    let root = Authority::root("root", plain).der;
    let garbage = Der::from(b"0garbage".to_vec());
    let origin = AnchorOrigin::System;
    let anchors = [&root, &garbage].map(|der| Anchor {
        der: der.clone(),
        origin: origin.clone(),
    });
    let refused = TrustAnchors::new(anchors.to_vec()).unwrap_err();
    assert_eq!((refused.index, refused.origin), (1, origin));
    let system = TrustAnchors::from_system(vec![garbage, root.clone()]);
    assert_eq!((system.len(), system.roots().len()), (1, 1));
    assert_eq!(system.anchors()[0].der, root);
    assert!(TrustAnchors::default().is_empty());
    let v1 = fixture(include_str!("../fixtures/v1.pem"));
    assert_eq!(
        trust(&[&v1]).len(),
        1,
        "an old root of version 1 is a fine anchor"
    );
    let chain = [Authority::root("root", plain).leaf(&["server.test"], plain)];
    let end = crate::x509::walk::walk(&chain, &TrustAnchors::default()).end;
    assert!(matches!(end, WalkEnd::MissingIssuer { .. }));
}
