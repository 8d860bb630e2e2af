//! `--crl`: revocation lists that a test's own root has signed.

use rcgen::CertificateParams;
use rcgen::CertificateRevocationListParams;
use rcgen::KeyIdMethod;
use rcgen::RevocationReason;
use rcgen::RevokedCertParams;
use time::Duration;
use time::OffsetDateTime;

use crate::tls_server::Authority;
use crate::world::Ran;
use crate::world::grpcauth;

const SERIAL: u64 = 0xabcd;

/// A list in PEM, with one serial number, whose next is due so many days from now.
fn list(authority: &Authority, serial: u64, days: i64) -> String {
    let now = OffsetDateTime::now_utc();
    let params = CertificateRevocationListParams {
        this_update: now - Duration::days(30),
        next_update: now + Duration::days(days),
        crl_number: 1.into(),
        issuing_distribution_point: None,
        revoked_certs: vec![RevokedCertParams {
            serial_number: serial.into(),
            revocation_time: now - Duration::days(40),
            reason_code: Some(RevocationReason::KeyCompromise),
            invalidity_date: None,
        }],
        key_identifier_method: KeyIdMethod::Sha256,
    };
    params.signed_by(&authority.issuer).unwrap().pem().unwrap()
}

#[test]
fn revoked_in_force_out_of_date_and_of_another() {
    let (authority, other) = (Authority::new(), Authority::named("another root"));
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.serial_number = Some(SERIAL.into());
    let server = authority.server(params);
    let target = format!("127.0.0.1:{}", server.port);
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("list.crl");
    for (text, flags, code, said) in [
        (list(&authority, SERIAL, 30), "", 3, "[revocation.crl]"),
        (
            list(&authority, SERIAL, 30),
            "--insecure",
            3,
            "[revocation.crl]",
        ),
        (list(&authority, 1, 30), "", 0, ""),
        (list(&authority, 1, -1), "", 3, "[revocation.crl-expired]"),
        (list(&other, SERIAL, 30), "", 0, "[revocation.crl-unused]"),
        (
            list(&other, SERIAL, 30) + &list(&authority, SERIAL, 30),
            "",
            3,
            "keyCompromise",
        ),
        (list(&authority, SERIAL, 30), "", 3, "serial abcd"),
        (
            "hello".to_owned(),
            "",
            2,
            "certificate revocation lists (PEM `X509 CRL`, or DER) should be in it",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let mut command = grpcauth();
        command
            .args(["handshake", &target, "--cacert"])
            .arg(authority.file());
        command
            .arg("--crl")
            .arg(&file)
            .args(flags.split_whitespace());
        let ran = Ran::new(command.output().unwrap());
        assert_eq!(ran.code, code, "{said}: {} {}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(said), "{said}: {}", ran.stderr);
    }
}

/// Neither a pin nor loopback makes up for a revoked certificate: its key may be in other hands.
#[test]
fn no_credential_goes_to_whom_a_list_revokes() {
    let authority = Authority::new();
    let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
    params.serial_number = Some(SERIAL.into());
    let server = authority.server(params);
    let target = format!("127.0.0.1:{}", server.port);
    let directory = tempfile::tempdir().unwrap();
    let run = |command: &str, serial: u64, flags: &[&str]| {
        let file = directory.path().join("list.crl");
        std::fs::write(&file, list(&authority, serial, 30)).unwrap();
        let mut run = grpcauth();
        run.arg(command).arg(&target).args(["--crl"]).arg(&file);
        run.args(flags).env("TOKEN", "a-token-0123456789");
        Ran::new(run.output().unwrap())
    };
    let ca = authority.file();
    let ca = ca.to_str().unwrap();
    let shown = run("handshake", 1, &["--cacert", ca, "--format", "json"]).document();
    let pin = shown["handshake"]["tls"]["chain"][0]["pin"]
        .as_str()
        .unwrap();
    let token = ["--insecure", "--token", "env:TOKEN"];
    let pinned = ["--insecure", "--token", "env:TOKEN", "--pin", pin];
    let known = [
        "--insecure",
        "--token",
        "env:TOKEN",
        "--pin",
        pin,
        "--cacert",
        ca,
    ];
    let told = [
        &token[..],
        &["--cacert", ca, "--allow-unverified-credentials"],
    ]
    .concat();
    for (flags, serial, withheld) in [
        (&token[..], SERIAL, true),
        (&pinned, SERIAL, true),
        (&known, SERIAL, true),
        (&told, SERIAL, false),
        (&known, 1, false),
        (&pinned, 1, false),
    ] {
        let ran = run("list", serial, flags);
        let said = ran.stderr.contains("credential.withheld");
        assert_eq!(said, withheld, "{flags:?}, {serial}: {ran:?}");
    }
}
