use crate::evidence::handshakes::*;
use crate::verdict::FollowUp;
use crate::verdict::diagnoses::tests::wished;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

struct World {
    root: Authority,
    upper: Authority,
    lower: Authority,
    leaf: Der,
}

impl World {
    fn new() -> Self {
        let root = Authority::root("root", plain);
        let upper = root.intermediate("upper", plain);
        let lower = upper.intermediate("lower", plain);
        let leaf = lower.leaf(&[HOST], plain);
        Self {
            root,
            upper,
            lower,
            leaf,
        }
    }
}

#[test]
fn each_way_of_not_being_trusted_has_its_id_and_nothing_more_is_claimed() {
    let World {
        root,
        upper,
        lower,
        leaf,
    } = World::new();
    let other = Authority::root("other", plain);
    let direct = other.leaf(&[HOST], plain);
    let rekeyed = Authority::root("root", plain);
    let relower = Authority::root("root", plain).intermediate("lower", plain);
    let alone = self_signed(&[HOST], plain);
    let (root, upper, lower) = (&root.der, &upper.der, &lower.der);
    for (label, chain, anchors, id) in [
        (
            "leaf under an unknown root",
            &[&direct][..],
            &[root][..],
            "trust.no-path",
        ),
        ("upper missing", &[&leaf, lower], &[root], "trust.no-path"),
        ("lower missing", &[&leaf, upper], &[root], "trust.no-path"),
        ("both missing", &[&leaf], &[root], "trust.no-path"),
        (
            "nothing trusted fits, no root sent",
            &[&leaf, lower, upper],
            &[&other.der],
            "trust.no-path",
        ),
        (
            "the root is sent",
            &[&direct, &other.der],
            &[root],
            "trust.unknown-root",
        ),
        (
            "a long chain with its root",
            &[&leaf, lower, upper, root],
            &[&other.der],
            "trust.unknown-root",
        ),
        ("self-signed", &[&alone], &[root], "trust.self-signed-leaf"),
        (
            "stale CA file",
            &[&leaf, lower, upper],
            &[&rekeyed.der],
            "trust.ca-rekeyed",
        ),
        (
            "stale CA file, root sent",
            &[&leaf, lower, upper, root],
            &[&rekeyed.der],
            "trust.ca-rekeyed",
        ),
        (
            "the leaf as CA",
            &[&leaf, lower],
            &[&leaf],
            "trust.leaf-given-as-ca",
        ),
        (
            "another key's intermediate",
            &[&leaf, &relower.der, upper],
            &[root],
            "trust.no-path",
        ),
    ] {
        let evidence = presented(chain, anchors, HOST);
        assert_eq!(proven(&evidence), [id], "{label}");
    }
}

#[test]
fn good_chains_raise_no_alarm() {
    let World {
        root,
        upper,
        lower,
        leaf,
    } = World::new();
    let reissued = upper.certify("lower", &lower, plain);
    let stale = Authority::root("root", plain);
    let shouted = lower.leaf(&["SERVER.Test"], plain);
    let (root, upper, lower) = (&root.der, &upper.der, &lower.der);
    for (label, chain, anchors) in [
        ("whole", &[&leaf, lower, upper][..], &[root][..]),
        ("with its root", &[&leaf, lower, upper, root], &[root]),
        (
            "re-issued intermediate",
            &[&leaf, &reissued, upper],
            &[root],
        ),
        (
            "both of the re-issued",
            &[&leaf, lower, &reissued, upper],
            &[root],
        ),
        ("an intermediate is trusted", &[&leaf, lower], &[upper]),
        (
            "stale and current",
            &[&leaf, lower, upper],
            &[&stale.der, root],
        ),
        ("upper case", &[&shouted, lower, upper], &[root]),
    ] {
        let evidence = presented(chain, anchors, HOST);
        assert_eq!(proven(&evidence), Vec::<&str>::new(), "{label}");
        assert_eq!(warned(&evidence), Vec::<&str>::new(), "{label}");
    }
}

#[test]
fn without_a_path_the_facts_and_both_cures_are_given() {
    let root = Authority::root("root", plain);
    let World { lower, leaf, .. } = World::new();
    let evidence = presented(&[&leaf, &lower.der], &[&root.der], HOST);
    let found = finding(&evidence, "trust.no-path");
    assert_eq!(found.side, None);
    let said = text(&found);
    for wanted in [
        "intermediate certificate: CN=lower",
        "missing: CN=upper, key identifier",
        "trusted: 1 certificate: CN=root (ca.pem:1)",
        "--cacert",
        "send it with",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn a_ca_of_the_same_name_without_key_identifiers_is_not_called_rekeyed() {
    let silent = |params: &mut rcgen::CertificateParams| {
        params.use_authority_key_identifier_extension = false;
    };
    let root = Authority::root("root", silent);
    let namesake = Authority::root("root", silent);
    let leaf = root.leaf(&[HOST], silent);
    let evidence = presented(&[&leaf], &[&namesake.der], HOST);
    assert_eq!(proven(&evidence), ["trust.no-path"]);
    assert!(
        text(&finding(&evidence, "trust.no-path"))
            .contains("the CA has a new key, the file another CA")
    );
}

#[test]
fn an_unknown_root_is_not_blamed_for_its_dates() {
    let root = Authority::root("root", expired);
    let other = Authority::root("other", plain);
    let leaf = root.leaf(&[HOST], plain);
    let evidence = presented(&[&leaf, &root.der], &[&other.der], HOST);
    assert_eq!(proven(&evidence), ["trust.unknown-root"]);
    assert!(text(&finding(&evidence, "trust.unknown-root")).contains("that root expired"));
}

#[test]
fn without_a_path_the_text_is_about_what_was_sent() {
    let root = Authority::root("root", plain);
    let upper = root.intermediate("upper", plain);
    let lower = upper.intermediate("lower", plain);
    let namesake = upper.intermediate("lower", plain);
    let capitals = root.certify("UPPER", &upper, plain);
    let leaf = lower.leaf(&[HOST], plain);
    for (label, chain, words) in [
        (
            "lower missing",
            &[&leaf, &upper.der][..],
            &[
                "linked to none of these: intermediate certificate: CN=upper",
                "if it is an intermediate",
            ][..],
        ),
        (
            "stale",
            &[&leaf, &namesake.der, &upper.der],
            &["CN=lower with the right key in place of certificate 1"],
        ),
        (
            "capitals",
            &[&leaf, &lower.der, &capitals],
            &[
                "intermediate certificate 1 writes its issuer's name",
                "issued again",
            ],
        ),
    ] {
        let said = text(&finding(
            &presented(chain, &[&root.der], HOST),
            "trust.no-path",
        ));
        for word in words {
            assert!(said.contains(word), "{label}: {said}");
        }
        assert_eq!(said.contains("neither sent"), label == "lower missing");
    }
}

#[test]
fn a_root_that_is_sent_needs_no_identifiers_to_be_told_from_a_namesake() {
    let silent = |params: &mut rcgen::CertificateParams| {
        params.use_authority_key_identifier_extension = false;
    };
    let root = Authority::root("root", silent);
    let namesake = Authority::root("root", silent);
    let stranger = Authority::root("stranger", silent);
    let leaf = root.leaf(&[HOST], plain);
    for (sent, trusted, id) in [
        (&root, &namesake, "trust.ca-rekeyed"),
        (&root, &stranger, "trust.unknown-root"),
    ] {
        let evidence = presented(&[&leaf, &sent.der], &[&trusted.der], HOST);
        assert_eq!(proven(&evidence), [id]);
    }
}

#[test]
fn the_systems_roots_are_asked_when_a_file_alone_was_trusted() {
    let root = Authority::root("root", plain);
    let other = Authority::root("other", plain);
    let leaf = other.leaf(&[HOST], plain);
    for chain in [&[&leaf][..], &[&leaf, &other.der]] {
        let mut evidence = presented(chain, &[&root.der], HOST);
        assert_eq!(wished(&evidence), [FollowUp::SystemRoots]);
        evidence.connection_mut().follow_ups.system_roots_accept = Some(false);
        assert_ne!(proven(&evidence), ["trust.wrong-store"]);
        assert_eq!(wished(&evidence), []);
        evidence.connection_mut().follow_ups.system_roots_accept = Some(true);
        assert_eq!(proven(&evidence), ["trust.wrong-store"]);
        evidence.connection_mut().trust.as_mut().unwrap().system = true;
        assert_ne!(proven(&evidence), ["trust.wrong-store"]);
    }
    let good = good();
    assert_eq!(wished(&good), []);
}

#[test]
fn a_self_signed_certificate_that_is_trusted_is_good_unless_it_is_a_cas() {
    let alone = self_signed(&[HOST], plain);
    assert_eq!(
        proven(&presented(&[&alone], &[&alone], HOST)),
        Vec::<&str>::new()
    );
    let ca = self_signed(&[HOST], |params| {
        params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    });
    assert_eq!(
        proven(&presented(&[&ca], &[&ca], HOST)),
        ["cert.leaf-is-ca"]
    );
    let unknown = proven(&presented(&[&ca], &[&alone], HOST));
    assert_eq!(unknown, ["trust.self-signed-leaf", "cert.leaf-is-ca"]);
}
