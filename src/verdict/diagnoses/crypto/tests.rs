use rustls::CertificateError;

use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

fn pair(leaf: &str, root: &str) -> Evidence {
    let (leaf, root) = (fixture(leaf), fixture(root));
    presented(&[&leaf], &[&root], HOST)
}

#[test]
fn keys_and_signatures_that_are_not_taken_are_told_apart() {
    for (leaf, root, id) in [
        (
            include_str!("../../../x509/fixtures/weakleaf.pem"),
            include_str!("../../../x509/fixtures/weakroot.pem"),
            "crypto.weak-key",
        ),
        (
            include_str!("../../../x509/fixtures/shaleaf.pem"),
            include_str!("../../../x509/fixtures/sharoot.pem"),
            "crypto.weak-signature",
        ),
        (
            include_str!("../../../x509/fixtures/p521leaf.pem"),
            include_str!("../../../x509/fixtures/p521root.pem"),
            "crypto.unsupported-key",
        ),
    ] {
        let proven = proven(&pair(leaf, root));
        let of_crypto: Vec<_> = proven
            .iter()
            .filter(|id| id.starts_with("crypto."))
            .collect();
        assert_eq!(of_crypto, [&id], "{proven:?}");
        assert!(!proven.contains(&"chain.bad-signature"), "{proven:?}");
    }
}

#[test]
fn a_hash_that_does_not_go_with_a_good_key_is_the_one_to_change() {
    let evidence = pair(
        include_str!("../../../x509/fixtures/sha512leaf.pem"),
        include_str!("../../../x509/fixtures/sha512root.pem"),
    );
    let found = finding(&evidence, "crypto.unsupported-key");
    assert!(found.hint.contains("signs with SHA-256"), "{}", found.hint);
    assert!(
        found.cause.contains("ECDSA with SHA-512"),
        "{}",
        found.cause
    );
}

/// A good chain whose server's signature in the handshake was refused.
fn refused_signature(leaf: &Der, root: &Der) -> Evidence {
    let mut evidence = presented(&[leaf], &[root], HOST);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.failure = Some(Failure::Tls(rustls::Error::InvalidCertificate(
        CertificateError::BadSignature,
    )));
    handshake.reached = crate::connect::Phase::Tls;
    handshake.http2.settings = None;
    evidence
}

#[test]
fn a_refused_signature_of_a_good_key_is_not_called_weak() {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], plain);
    let evidence = refused_signature(&leaf, &root.der);
    assert_eq!(proven(&evidence), ["tls.handshake-failed"]);
}
