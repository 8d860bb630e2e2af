use super::*;
use crate::x509::test_pki;
use crate::x509::test_pki::Authority;
use crate::x509::test_pki::fixture;
use crate::x509::test_pki::plain;
use crate::x509::test_pki::year;
use proptest::prelude::*;

const RICH: &str = include_str!("../fixtures/rich.pem");

#[test]
fn a_rich_certificate_is_read_whole() {
    let facts = Facts::read(&fixture(RICH)).unwrap();
    assert_eq!(facts.subject, "CN=rich,O=Lab\\, Inc,C=NL");
    assert_eq!(facts.issuer, "CN=sha root");
    assert_eq!(facts.common_name.as_deref(), Some("rich"));
    assert_eq!(facts.serial, "ff0102");
    let names: Vec<String> = facts.san.iter().map(ToString::to_string).collect();
    let expected = [
        "DNS:a.test",
        "DNS:*.b.test",
        "IP:10.0.0.1",
        "IP:::1",
        "URI:spiffe://lab/x",
        "email:x@y.test",
        "DirName:CN=dir",
        "otherName:1.2.3.4",
        "RID:1.2.3",
    ];
    assert_eq!(names, expected);
    assert_eq!(
        (facts.key.algorithm.as_str(), facts.key.bits),
        ("EC P-256", 256)
    );
    assert_eq!(
        facts.signature,
        "RSA-PSS with SHA-256 and a salt of 222 bytes"
    );
    assert!(!facts.is_ca && facts.has_basic_constraints && facts.path_length.is_none());
    assert_eq!(
        facts.key_usage.unwrap(),
        ["digitalSignature", "keyEncipherment"]
    );
    assert_eq!(
        facts.extended_key_usage.unwrap(),
        ["serverAuth", "1.3.6.1.4.1.311.20.2.2"]
    );
    let key_id = "ed33c0c3f05a45ba7eccc9883796c1e61c486554";
    assert_eq!(facts.subject_key_id.as_deref(), Some(key_id));
    let issuer_key_id = "ce2daee9cafd187a101ae67cba87ebc3e353572a";
    assert_eq!(facts.authority_key_id.as_deref(), Some(issuer_key_id));
    assert_eq!(facts.ca_issuers, ["http://ca.test/ca.crt"]);
    assert_eq!(facts.ocsp, ["http://ocsp.test"]);
    assert_eq!(facts.crl_distribution_points, ["http://crl.test/x.crl"]);
    assert_eq!(facts.version, 3);
    assert!(facts.must_staple && facts.name_constraints.is_none());
    assert_eq!(facts.unknown_critical, ["certificatePolicies", "1.2.3.4.5"]);
    assert!(!facts.self_issued && !facts.self_signed);
    assert_eq!(
        facts.sha256,
        "13809bab6408e20726a02c3836cb7513c437b21e0016f535e51aa62223fcdc9c"
    );
    assert_eq!(
        facts.spki_sha256,
        "CHSR19JZvEBI8qSoZuXgv3vYzMFc3m3nsIDvV71tWSg="
    );
}

#[test]
fn keys_and_signatures_are_named() {
    for (pem, key, bits, signature, version, self_signed) in [
        (
            include_str!("../fixtures/weakroot.pem"),
            "RSA",
            1024,
            "RSA with SHA-256",
            3,
            true,
        ),
        (
            include_str!("../fixtures/sharoot.pem"),
            "RSA",
            2048,
            "RSA with SHA-256",
            3,
            true,
        ),
        (
            include_str!("../fixtures/shaleaf.pem"),
            "EC P-256",
            256,
            "RSA with SHA-1",
            3,
            false,
        ),
        // Self-signed as well, but with an algorithm that ring cannot check.
        (
            include_str!("../fixtures/p521root.pem"),
            "EC P-521",
            521,
            "ECDSA with SHA-512",
            3,
            false,
        ),
        (
            include_str!("../fixtures/v1.pem"),
            "EC P-256",
            256,
            "RSA with SHA-256",
            1,
            false,
        ),
    ] {
        let facts = Facts::read(&fixture(pem)).unwrap();
        assert_eq!((facts.key.algorithm.as_str(), facts.key.bits), (key, bits));
        assert_eq!(facts.signature, signature);
        assert_eq!((facts.version, facts.self_signed), (version, self_signed));
    }
}

#[test]
fn self_issued_is_not_yet_self_signed() {
    let root = Authority::root("root", plain);
    let facts = Facts::read(&root.der).unwrap();
    assert!(facts.self_issued && facts.self_signed && facts.is_ca);
    assert!(facts.permits_key_usage("keyCertSign") && !facts.permits_key_usage("digitalSignature"));
    let rolled_over = root.certify("root", &Authority::root("root", plain), plain);
    let facts = Facts::read(&rolled_over).unwrap();
    assert!(facts.self_issued && !facts.self_signed);
}

#[test]
fn validity_ends_with_its_last_second() {
    let facts = Facts::read(&test_pki::self_signed(&["a.test"], plain)).unwrap();
    assert_eq!(
        (facts.not_before, facts.not_after),
        (year(2020), year(2040))
    );
    let second = time::Duration::SECOND;
    let half = time::Duration::milliseconds(500);
    for (at, is_early, is_late, days) in [
        (year(2020) - second, true, false, 7305),
        (year(2020), false, false, 7305),
        (year(2040) - time::Duration::days(2), false, false, 2),
        (year(2040) - second, false, false, 0),
        (year(2040) + half, false, false, 0),
        (year(2040) + second, false, true, -1),
        (year(2040) + time::Duration::days(1), false, true, -1),
        (year(2040) + time::Duration::days(2), false, true, -2),
    ] {
        assert_eq!(facts.is_not_yet_valid(at), is_early, "{at}");
        assert_eq!(facts.is_expired(at), is_late, "{at}");
        assert_eq!(facts.days_left(at), days, "{at}");
    }
}

#[test]
fn what_is_no_certificate_is_refused() {
    let der = fixture(RICH);
    let mut longer = der.to_vec();
    longer.push(0);
    for bytes in [&b""[..], b"0", b"garbage", &der[..der.len() - 1], &longer] {
        assert!(Facts::read(bytes).is_err());
    }
    let trailing = Facts::read(&longer).unwrap_err().to_string();
    assert_eq!(
        trailing,
        "not a readable X.509 certificate: 1 bytes behind its end"
    );
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = Facts::read(&bytes);
    }

    #[test]
    fn mutated_certificates_never_panic(
        which in 0..4usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let files = [
            RICH,
            include_str!("../fixtures/weakroot.pem"),
            include_str!("../fixtures/p521root.pem"),
            include_str!("../fixtures/v1.pem"),
        ];
        let mut bytes = fixture(files[which]).to_vec();
        for (at, with) in changes {
            let index = at.index(bytes.len());
            bytes[index] = with;
        }
        if let Ok(facts) = Facts::read(&bytes) {
            let _ = facts.days_left(year(2030));
        }
        let chain = [rustls::pki_types::CertificateDer::from(bytes)];
        let anchors = crate::x509::TrustAnchors::from_system(chain.to_vec());
        let _ = crate::x509::walk::walk(&chain, &anchors);
        let _ = crate::x509::verify::all_findings(
            &chain, &anchors, year(2030), None, &[],
        );
    }
}
