use crate::evidence::ClientCertificate;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

#[test]
fn a_missing_intermediate_is_proven_by_one_that_was_found() {
    let root = Authority::root("root", plain);
    let issuing = root.intermediate("issuing", plain);
    let namesake = root.intermediate("issuing", plain);
    let leaf = issuing.leaf(&[HOST], plain);
    let ours = issuing.leaf(&["client.test"], plain);
    for (found, id) in [
        (&issuing.der, "chain.incomplete"),
        (&namesake.der, "trust.no-path"),
        (&root.der, "trust.no-path"),
    ] {
        let mut evidence = presented(&[&leaf], &[&root.der], HOST);
        evidence.connection_mut().client_certificate = Some(ClientCertificate {
            chain: vec![ours.clone(), found.clone()],
            file: "client.pem".into(),
        });
        assert_eq!(proven(&evidence), [id]);
    }
}

#[test]
fn a_signature_that_does_not_verify_is_told_from_an_unknown_issuer() {
    let root = Authority::root("root", plain);
    let mut bytes = root.leaf(&[HOST], plain).to_vec();
    *bytes.last_mut().unwrap() ^= 1;
    let damaged = Der::from(bytes);
    let evidence = presented(&[&damaged], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["chain.bad-signature"]);
}

#[test]
fn a_chain_upside_down_is_one_fault_and_not_four() {
    let root = Authority::root("root", plain);
    let issuing = root.intermediate("issuing", plain);
    let leaf = issuing.leaf(&[HOST], plain);
    let evidence = presented(&[&issuing.der, &leaf], &[&root.der], HOST);
    assert_eq!(proven(&evidence), ["chain.leaf-not-first"]);
    let alone = presented(&[&issuing.der], &[&root.der], "issuing");
    assert_eq!(proven(&alone), ["name.cn-only", "cert.leaf-is-ca"]);
}

#[test]
fn order_and_extras_are_warnings() {
    let root = Authority::root("root", plain);
    let upper = root.intermediate("upper", plain);
    let lower = upper.intermediate("lower", plain);
    let leaf = lower.leaf(&[HOST], plain);
    let stranger = Authority::root("stranger", plain);
    let (lower, upper, root) = (&lower.der, &upper.der, &root.der);
    for (chain, warnings) in [
        (&[&leaf, lower, upper][..], &[][..]),
        (&[&leaf, lower, upper, root], &[]),
        (&[&leaf, upper, lower], &["chain.order"]),
        (&[&leaf, lower, upper, &stranger.der], &["chain.unrelated"]),
        (&[&leaf, lower, upper, lower], &["chain.unrelated"]),
        (
            &[&leaf, upper, lower, &stranger.der],
            &["chain.order", "chain.unrelated"],
        ),
    ] {
        let evidence = presented(chain, &[root], HOST);
        assert_eq!(proven(&evidence), Vec::<&str>::new());
        assert_eq!(warned(&evidence), warnings);
    }
}
