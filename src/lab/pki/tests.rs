use rustls::pki_types::UnixTime;
use webpki::EndEntityCert;
use webpki::KeyUsage;
use webpki::anchor_from_trusted_cert;

use super::*;

/// What webpki says of `identity`, presented to somebody who trusts the lab's root.
fn verdict(pki: &Pki, identity: &Identity, usage: KeyUsage) -> Result<(), webpki::Error> {
    let (chain, _) = identity.presented();
    let [leaf, intermediates @ ..] = &chain[..] else {
        panic!("a chain has a leaf");
    };
    let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_800_000_000));
    EndEntityCert::try_from(leaf)?
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &[anchor_from_trusted_cert(&pki.root)?],
            intermediates,
            now,
            usage,
            None,
            None,
        )
        .map(drop)
}

#[test]
fn each_certificate_is_good_or_bad_as_its_name_says() {
    let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
    let pki = Pki::generate(now).unwrap();
    let [viewer, admin, expired, other_ca] = &pki.clients;
    for (identity, usage, expected) in [
        (&pki.server, KeyUsage::server_auth(), "Ok"),
        (&pki.server_wrong_name, KeyUsage::server_auth(), "Ok"),
        (&pki.server_expired, KeyUsage::server_auth(), "CertExpired"),
        (
            &pki.server_other_ca,
            KeyUsage::server_auth(),
            "UnknownIssuer",
        ),
        (
            &pki.server_self_signed,
            KeyUsage::server_auth(),
            "UnknownIssuer",
        ),
        (viewer, KeyUsage::client_auth(), "Ok"),
        (admin, KeyUsage::client_auth(), "Ok"),
        (viewer, KeyUsage::server_auth(), "RequiredEkuNotFound"),
        (expired, KeyUsage::client_auth(), "CertExpired"),
        (other_ca, KeyUsage::client_auth(), "UnknownIssuer"),
    ] {
        let verdict = format!("{:?}", verdict(&pki, identity, usage));
        assert!(verdict.contains(expected), "{}: {verdict}", identity.file);
    }
}

#[test]
fn the_server_goes_by_its_names() {
    let pki = Pki::generate(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)).unwrap();
    let (chain, _) = pki.server.presented();
    let leaf = EndEntityCert::try_from(&chain[0]).unwrap();
    for (name, valid) in [
        ("localhost", true),
        ("127.0.0.1", true),
        ("::1", true),
        ("lab.test", true),
        ("other.test", false),
    ] {
        let name = name.try_into().unwrap();
        assert_eq!(leaf.verify_is_valid_for_subject_name(&name).is_ok(), valid);
    }
}
