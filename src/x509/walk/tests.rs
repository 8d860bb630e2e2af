use super::*;
use crate::x509::test_pki::*;

/// What a walk ends at, without its texts.
fn end(chain: &[&Der], anchors: &[&Der]) -> (usize, &'static str) {
    let chain: Vec<Der> = chain.iter().map(|der| (*der).clone()).collect();
    let walk = walk(&chain, &trust(anchors));
    let name = match walk.end {
        WalkEnd::Anchor(_) => "anchor",
        WalkEnd::MissingIssuer { .. } => "missing",
        WalkEnd::SelfSignedNotTrusted { .. } => "self-signed",
        WalkEnd::SelfSignedLeaf => "self-signed leaf",
        WalkEnd::AnchorRekeyed { .. } => "anchor re-keyed",
        WalkEnd::IssuerRekeyed { .. } => "issuer re-keyed",
        WalkEnd::BadSignature { .. } => "bad signature",
        WalkEnd::NameEncoding { .. } => "name encoding",
        WalkEnd::Loop => "loop",
        WalkEnd::TooComplex => "too complex",
        WalkEnd::Unreadable => "unreadable",
    };
    (walk.steps.len(), name)
}

/// The last byte of a certificate is one of its signature's.
fn corrupt(der: &Der) -> Der {
    let mut bytes = der.to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    Der::from(bytes)
}

#[test]
fn every_end_is_told_from_its_neighbours() {
    let root = Authority::root("root", plain);
    let upper = root.intermediate("upper", plain);
    let lower = upper.intermediate("lower", plain);
    let leaf = lower.leaf(&["server.test"], plain);
    let other = Authority::root("other", plain);
    let direct = other.leaf(&["server.test"], plain);
    let stranger = other.intermediate("stranger", plain);
    let rekeyed = Authority::root("root", plain);
    let relower = Authority::root("root", plain).intermediate("lower", plain);
    let alone = self_signed(&["server.test"], plain);
    let reissued = upper.certify("lower", &lower, plain);
    let silent = Authority::root("silent", |params| {
        params.use_authority_key_identifier_extension = false;
    });
    let silent_leaf = silent.leaf(&["server.test"], |params| {
        params.use_authority_key_identifier_extension = false;
    });
    let garbage = Der::from(b"\x30\x03abc".to_vec());
    let (lower, upper, root, other) = (&lower.der, &upper.der, &root.der, &other.der);
    for (label, chain, anchors, expected) in [
        (
            "whole",
            &[&leaf, lower, upper][..],
            &[root][..],
            (3, "anchor"),
        ),
        (
            "with the root",
            &[&leaf, lower, upper, root],
            &[root],
            (3, "anchor"),
        ),
        (
            "out of order",
            &[&leaf, upper, lower],
            &[root],
            (3, "anchor"),
        ),
        (
            "an intermediate is trusted",
            &[&leaf, lower],
            &[upper],
            (2, "anchor"),
        ),
        (
            "unrelated extras",
            &[&leaf, &stranger.der, &direct, lower, upper],
            &[root],
            (3, "anchor"),
        ),
        (
            "re-issued",
            &[&leaf, &reissued, upper],
            &[root],
            (3, "anchor"),
        ),
        (
            "both of the re-issued",
            &[&leaf, lower, &reissued, upper],
            &[root],
            (3, "anchor"),
        ),
        ("upper missing", &[&leaf, lower], &[root], (2, "missing")),
        ("lower missing", &[&leaf, upper], &[root], (1, "missing")),
        ("both missing", &[&leaf], &[root], (1, "missing")),
        (
            "under an unknown root, not sent",
            &[&direct],
            &[root],
            (1, "missing"),
        ),
        (
            "under an unknown root, sent",
            &[&direct, other],
            &[root],
            (2, "self-signed"),
        ),
        (
            "unknown root of a long chain",
            &[&leaf, lower, upper, root],
            &[other],
            (4, "self-signed"),
        ),
        ("self-signed", &[&alone], &[root], (1, "self-signed leaf")),
        (
            "nothing trusted",
            &[&leaf, lower, upper],
            &[],
            (3, "missing"),
        ),
        (
            "stale CA file",
            &[&leaf, lower, upper],
            &[&rekeyed.der],
            (3, "anchor re-keyed"),
        ),
        (
            "stale CA file, root sent",
            &[&leaf, lower, upper, root],
            &[&rekeyed.der],
            (4, "anchor re-keyed"),
        ),
        (
            "stale and current",
            &[&leaf, lower, upper],
            &[&rekeyed.der, root],
            (3, "anchor"),
        ),
        (
            "intermediate of another key",
            &[&leaf, &relower.der, upper],
            &[root],
            (1, "issuer re-keyed"),
        ),
        (
            "both keys of the intermediate",
            &[&leaf, &relower.der, lower, upper],
            &[root],
            (3, "anchor"),
        ),
        (
            "leaf corrupted",
            &[&corrupt(&leaf), lower, upper],
            &[root],
            (1, "bad signature"),
        ),
        (
            "intermediate corrupted",
            &[&leaf, &corrupt(lower), upper],
            &[root],
            (2, "bad signature"),
        ),
        (
            "upper corrupted",
            &[&leaf, lower, &corrupt(upper)],
            &[root],
            (3, "bad signature"),
        ),
        (
            "without key ids",
            &[&silent_leaf],
            &[&silent.der],
            (1, "anchor"),
        ),
        (
            "extra garbage",
            &[&leaf, &garbage, lower, upper],
            &[root],
            (3, "anchor"),
        ),
        (
            "garbage first",
            &[&garbage, &leaf],
            &[root],
            (0, "unreadable"),
        ),
        ("nothing", &[], &[root], (0, "unreadable")),
    ] {
        assert_eq!(end(chain, anchors), expected, "{label}");
    }
}

#[test]
fn cross_signed_roots_end_where_something_is_known() {
    let old = Authority::root("old", plain);
    let new = Authority::root("new", plain);
    let cross = old.certify("new", &new, plain);
    let lower = new.intermediate("lower", plain);
    let leaf = lower.leaf(&["server.test"], plain);
    let lower = &lower.der;
    for (chain, anchors, expected) in [
        (&[&leaf, lower, &cross][..], &old.der, (3, "anchor")),
        (&[&leaf, lower, &cross], &new.der, (2, "anchor")),
        (&[&leaf, lower, &new.der, &cross], &old.der, (3, "anchor")),
        (&[&leaf, lower, &cross], &leaf, (3, "missing")),
        (&[&leaf, lower, &cross, &new.der], &leaf, (3, "self-signed")),
    ] {
        assert_eq!(end(chain, &[anchors]), expected);
    }
}

#[test]
fn cas_that_certify_each_other_are_a_loop() {
    let one = Authority::root("one", plain);
    let two = Authority::root("two", plain);
    let one_by_two = two.certify("one", &one, plain);
    let two_by_one = one.certify("two", &two, plain);
    let leaf = one.leaf(&["server.test"], plain);
    let chain = [&leaf, &one_by_two, &two_by_one];
    assert_eq!(end(&chain, &[]), (3, "loop"));
}

#[test]
fn a_name_in_another_encoding_is_named() {
    let encode = |name: rcgen::DnValue| {
        let mut distinguished = rcgen::DistinguishedName::new();
        distinguished.push(rcgen::DnType::CommonName, name);
        distinguished
    };
    let utf8 = encode(rcgen::DnValue::Utf8String("root".into()));
    let printable = encode(rcgen::DnValue::PrintableString("root".try_into().unwrap()));
    let root = Authority::root("root", |params| params.distinguished_name = utf8);
    let twin = root.certify("root", &root, |params| {
        params.distinguished_name = printable
    });
    let leaf = root.leaf(&["server.test"], plain);
    assert_eq!(end(&[&leaf], &[&twin]), (1, "name encoding"));
    assert_eq!(end(&[&leaf, &twin], &[]), (1, "name encoding"));
}

#[test]
fn what_is_missing_is_described() {
    let root = Authority::root("root", plain);
    let lower = root.intermediate("lower", plain);
    let leaf = lower.leaf(&["server.test"], plain);
    let walk = walk(std::slice::from_ref(&leaf), &trust(&[&root.der]));
    let lower = Facts::read(&lower.der).unwrap();
    let expected = WalkEnd::MissingIssuer {
        subject_of_last: "CN=server".into(),
        issuer: "CN=lower".into(),
        authority_key_id: lower.subject_key_id,
        ca_issuers: Vec::new(),
    };
    assert_eq!(walk.end, expected);
    assert_eq!(walk.steps[0].subject, "CN=server");
}

#[test]
fn algorithms_that_ring_lacks_are_followed_by_name_and_key_id() {
    for (leaf, root) in [
        (
            include_str!("../fixtures/p521leaf.pem"),
            include_str!("../fixtures/p521root.pem"),
        ),
        (
            include_str!("../fixtures/weakleaf.pem"),
            include_str!("../fixtures/weakroot.pem"),
        ),
        (
            include_str!("../fixtures/shaleaf.pem"),
            include_str!("../fixtures/sharoot.pem"),
        ),
    ] {
        let (leaf, root) = (fixture(leaf), fixture(root));
        assert_eq!(end(&[&leaf], &[&root]), (1, "anchor"));
        assert_eq!(end(&[&leaf, &root], &[]), (2, "self-signed"));
    }
}

#[test]
fn the_leaf_in_the_ca_file_is_found() {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&["server.test"], plain);
    let anchors = trust(&[&root.der, &leaf]);
    assert_eq!(
        leaf_is_anchor(std::slice::from_ref(&leaf), &anchors),
        Some(1)
    );
    assert_eq!(
        leaf_is_anchor(&[root.leaf(&["server.test"], plain)], &anchors),
        None
    );
    assert_eq!(leaf_is_anchor(&[], &anchors), None);
}

#[test]
fn only_the_missing_intermediate_completes() {
    let root = Authority::root("root", plain);
    let lower = root.intermediate("lower", plain);
    let chain = [lower.leaf(&["server.test"], plain)];
    let other = root.intermediate("other", plain);
    let namesake = Authority::root("elsewhere", plain).intermediate("lower", plain);
    let anchors = trust(&[&root.der]);
    assert!(completes(
        &chain,
        std::slice::from_ref(&lower.der),
        &anchors
    ));
    assert!(completes(
        &chain,
        &[other.der.clone(), lower.der.clone()],
        &anchors
    ));
    assert!(!completes(&chain, &[other.der], &anchors));
    assert!(!completes(&chain, &[namesake.der], &anchors));
    assert!(!completes(
        &chain,
        std::slice::from_ref(&root.der),
        &anchors
    ));
    let whole = [chain[0].clone(), lower.der.clone()];
    assert!(
        !completes(&whole, &[lower.der], &anchors),
        "nothing was missing"
    );
}

#[test]
fn a_crowd_of_cas_is_bounded_and_nothing_is_claimed_of_it() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let crowd = names.map(|name| Authority::root(name, plain));
    let mut chain = vec![crowd[0].leaf(&["server.test"], plain)];
    for issuer in &crowd {
        for (name, subject) in names.iter().zip(&crowd) {
            if subject.der != issuer.der {
                chain.push(issuer.certify(name, subject, plain));
            }
        }
    }
    let chain: Vec<&Der> = chain.iter().collect();
    assert_eq!(end(&chain, &[]).1, "too complex");
    assert_eq!(end(&chain, &[&crowd[5].der]).1, "anchor");
    let namesakes: Vec<Der> = (0..60)
        .map(|_| crowd[0].certify("a", &Authority::root("a", plain), plain))
        .collect();
    let namesakes: Vec<&Der> = namesakes.iter().collect();
    assert_eq!(end(&namesakes, &[]).1, "issuer re-keyed");
}

#[test]
fn what_issued_nothing_below_it_is_told_in_a_clients_chain() {
    let root = Authority::root("root", plain);
    let issuing = root.intermediate("issuing", plain);
    let namesake = root.intermediate("issuing", plain);
    let stranger = root.intermediate("stranger", plain);
    let leaf = issuing.leaf(&["client.test"], plain);
    for (label, others, expected) in [
        ("alone", &[][..], &[][..]),
        ("whole", &[&issuing], &[]),
        ("with its root", &[&issuing, &root], &[]),
        ("out of order", &[&root, &issuing], &[]),
        ("a namesake of another key", &[&namesake], &[1]),
        ("a stranger", &[&stranger], &[1]),
        ("a stranger beside", &[&stranger, &issuing], &[1]),
    ] {
        let mut chain = vec![leaf.clone()];
        chain.extend(
            others
                .iter()
                .map(|authority: &&Authority| authority.der.clone()),
        );
        assert_eq!(unlinked(&chain), expected, "{label}");
    }
}
