use rustls::pki_types::UnixTime;
use webpki::EndEntityCert;
use webpki::KeyUsage;
use webpki::anchor_from_trusted_cert;

use super::*;
use time::Duration;

/// What webpki says of `identity`, presented to somebody who trusts the lab's root.
fn verdict(pki: &Pki, identity: &Identity, usage: KeyUsage) -> Result<(), webpki::Error> {
    let [leaf, intermediates @ ..] = &identity.chain[..] else {
        panic!("a chain has a leaf");
    };
    let now = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_800_000_000));
    EndEntityCert::try_from(leaf)?
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &[anchor_from_trusted_cert(pki.root.der())?],
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
    let (server, client) = (KeyUsage::server_auth, KeyUsage::client_auth);
    let shown = |made: fn(&Pki) -> Result<Arc<Identity>, rcgen::Error>| made(&pki).unwrap();
    let own = |file: &str| {
        pki.clients
            .iter()
            .find(|client| client.file == file)
            .unwrap()
    };
    for (identity, usage, expected) in [
        (&*pki.server, server(), "Ok"),
        (&shown(servers::wrong_name), server(), "Ok"),
        (&shown(servers::expires_soon), server(), "Ok"),
        (&shown(servers::unrelated), server(), "Ok"),
        (&shown(servers::no_cert_sign), server(), "Ok"),
        (&shown(servers::keys::weak_key), server(), "Ok"),
        (&shown(servers::keys::unsupported_key), server(), "Ok"),
        (&shown(servers::expired), server(), "CertExpired"),
        (&shown(servers::not_yet_valid), server(), "CertNotValidYet"),
        (
            &shown(servers::expired_intermediate),
            server(),
            "CertExpired",
        ),
        (&shown(servers::other_ca), server(), "UnknownIssuer"),
        (&shown(servers::self_signed), server(), "UnknownIssuer"),
        (
            &shown(servers::bad_signature),
            server(),
            "InvalidSignatureForPublicKey",
        ),
        (&shown(servers::leaf_is_ca), server(), "CaUsedAsEndEntity"),
        (
            &shown(servers::old_version),
            server(),
            "UnsupportedCertVersion",
        ),
        (&shown(servers::unreadable), server(), "BadDer"),
        (own("client-viewer"), client(), "Ok"),
        (own("client-admin"), client(), "Ok"),
        (own("client-ed25519"), client(), "Ok"),
        (own("client-viewer"), server(), "RequiredEkuNotFound"),
        (own("client-for-servers"), client(), "RequiredEkuNotFound"),
        (own("client-expired"), client(), "CertExpired"),
        (own("client-not-yet-valid"), client(), "CertNotValidYet"),
        (
            own("client-without-intermediate"),
            client(),
            "UnknownIssuer",
        ),
        (own("client-other-ca"), client(), "UnknownIssuer"),
    ] {
        let verdict = format!("{:?}", verdict(&pki, identity, usage));
        assert!(verdict.contains(expected), "{}: {verdict}", identity.file);
    }
}

#[test]
fn the_server_goes_by_its_names() {
    let pki = Pki::generate(OffsetDateTime::UNIX_EPOCH + Duration::days(20_000)).unwrap();
    let leaf = EndEntityCert::try_from(&pki.server.chain[0]).unwrap();
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
