//! `--server-spiffe-id`: a workload of a mesh, whose certificate names no host.

use rcgen::CertificateParams;
use rcgen::SanType;

use crate::tls_server::Authority;
use crate::world::Ran;
use crate::world::grpcauth;

const ID: &str = "spiffe://mesh.test/ns/shop/sa/orders";

/// A server with these URIs in its certificate, and the command that shakes hands with it.
fn handshake(authority: &Authority, uris: &[&str], words: &[&str]) -> Ran {
    let mut params = CertificateParams::default();
    let uri = |uri: &&str| SanType::URI((*uri).try_into().unwrap());
    params.subject_alt_names = uris.iter().map(uri).collect();
    let server = authority.server(params);
    let mut command = grpcauth();
    command
        .args([
            "handshake",
            &format!("127.0.0.1:{}", server.port),
            "--cacert",
        ])
        .arg(authority.file())
        .args(words)
        .args(["--format", "json"]);
    Ran::new(command.output().unwrap())
}

#[test]
fn the_id_takes_the_place_of_the_name() {
    let authority = Authority::new();
    let other = "spiffe://mesh.test/ns/shop/sa/other";
    for (uris, words, code, id) in [
        (&[ID][..], &["--server-spiffe-id", ID][..], 0, ""),
        (
            &[ID],
            &["--server-spiffe-id", ID, "--servername", "orders.shop"],
            0,
            "",
        ),
        (&[ID], &[], 3, "name.spiffe-only"),
        (
            &[ID],
            &["--server-spiffe-id", other],
            3,
            "name.spiffe-mismatch",
        ),
        (&[], &["--server-spiffe-id", ID], 3, "name.spiffe-mismatch"),
        (
            &[ID, other],
            &["--server-spiffe-id", ID],
            3,
            "name.spiffe-mismatch",
        ),
        (
            &[ID],
            &["--server-spiffe-id", other, "--insecure"],
            3,
            "name.spiffe-mismatch",
        ),
    ] {
        let ran = handshake(&authority, uris, words);
        let document = ran.document();
        let said = document["diagnosis"]["id"].as_str().unwrap_or("");
        assert_eq!(
            (ran.code, said),
            (code, id),
            "{uris:?} {words:?}: {document:#}"
        );
        assert_eq!(document["handshake"]["tls"]["verified"], code == 0);
    }
}

#[test]
fn the_chain_is_verified_all_the_same() {
    let (authority, stranger) = (Authority::new(), Authority::new());
    let words = ["--server-spiffe-id", ID];
    assert_eq!(handshake(&authority, &[ID], &words).code, 0);
    let mut params = CertificateParams::default();
    params.subject_alt_names = vec![SanType::URI(ID.try_into().unwrap())];
    let server = stranger.server(params);
    let mut command = grpcauth();
    command
        .args([
            "handshake",
            &format!("127.0.0.1:{}", server.port),
            "--cacert",
        ])
        .arg(authority.file())
        .args(words)
        .args(["--format", "json"]);
    let document = Ran::new(command.output().unwrap()).document();
    assert_eq!(document["diagnosis"]["id"], "trust.no-path", "{document:#}");
    assert_eq!(document["diagnosis"]["also"].as_array().unwrap().len(), 0);
}

#[test]
fn what_is_no_id_is_refused_with_what_is() {
    let mut command = grpcauth();
    command.args([
        "handshake",
        "127.0.0.1:1",
        "--server-spiffe-id",
        "orders.shop",
    ]);
    let ran = Ran::new(command.output().unwrap());
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("spiffe://TRUST-DOMAIN/PATH"),
        "{}",
        ran.stderr
    );
}
