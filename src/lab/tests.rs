use std::net::SocketAddr;

use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt as _;
use http_body_util::Full;
use hyper_util::rt::TokioIo;
use rustls::ClientConfig;
use rustls::RootCertStore;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::ServerName;
use rustls::pki_types::pem::PemObject as _;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::*;
use crate::lab::clock::Clock;

const NOW: i64 = 1_800_000_000;

async fn lab() -> Lab {
    start(Options {
        directory: None,
        base_port: None,
        now: OffsetDateTime::from_unix_timestamp(NOW).unwrap(),
    })
    .await
    .unwrap()
}

impl Lab {
    /// Handshakes as a client that trusts `ca.pem`, with the certificate in these files or with none, and
    /// reads until the server speaks. The lab's time is the client's.
    async fn handshake(&self, door: &str, certificate: Option<&str>) -> std::io::Result<u8> {
        let address = &self.door(door).unwrap().address;
        let mut stream = self.connect(address, certificate, b"h2").await?;
        // The server's SETTINGS, or in TLS 1.3 its opinion of the client's certificate.
        stream
            .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0")
            .await?;
        stream.read_u8().await
    }

    async fn connect(
        &self,
        address: &str,
        certificate: Option<&str>,
        alpn: &[u8],
    ) -> std::io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots
            .add(CertificateDer::from_pem_file(self.file("ca.pem")).unwrap())
            .unwrap();
        let clock = Clock::starting_at(OffsetDateTime::from_unix_timestamp(NOW).unwrap());
        let builder =
            ClientConfig::builder_with_details(Arc::new(ring::default_provider()), Arc::new(clock))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_root_certificates(roots);
        let mut config = match certificate {
            None => builder.with_no_client_auth(),
            Some(name) => builder
                .with_client_auth_cert(
                    CertificateDer::pem_file_iter(self.file(&format!("{name}.pem")))
                        .unwrap()
                        .collect::<Result<_, _>>()
                        .unwrap(),
                    PrivateKeyDer::from_pem_file(self.file(&format!("{name}.key"))).unwrap(),
                )
                .unwrap(),
        };
        config.alpn_protocols = vec![alpn.to_vec()];
        let name = ServerName::try_from("127.0.0.1").unwrap();
        let stream = TcpStream::connect(address).await?;
        TlsConnector::from(Arc::new(config))
            .connect(name, stream)
            .await
    }

    async fn post(&self, door: &str, path: &str, body: &'static str) -> (u16, String) {
        let url = &self.door(door).unwrap().address;
        let authority = url.split('/').nth(2).unwrap();
        let stream = TcpStream::connect(authority).await.unwrap();
        let (mut sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream))
            .await
            .unwrap();
        let request = Request::post(path)
            .header("host", authority)
            .body(Full::new(Bytes::from_static(body.as_bytes())))
            .unwrap();
        tokio::select! {
            response = sender.send_request(request) => {
                let (head, body) = response.unwrap().into_parts();
                let body = body.collect().await.unwrap().to_bytes();
                (head.status.as_u16(), String::from_utf8(body.to_vec()).unwrap())
            }
            ended = connection => panic!("the connection ended first: {ended:?}"),
        }
    }
}

#[test]
fn each_row_is_told_apart_and_says_what_it_is() {
    for (number, door) in doors::all().enumerate() {
        assert!(
            doors::all()
                .take(number)
                .all(|other| other.id != door.id && other.summary != door.summary),
            "{} stands twice",
            door.id
        );
        assert!(
            door.demonstrates.is_none_or(|id| id.contains('.')),
            "{}",
            door.id
        );
    }
}

#[tokio::test]
async fn every_door_accepts_and_its_files_are_there() {
    let lab = lab().await;
    assert_eq!(lab.doors().len(), doors::all().count());
    for door in lab.doors() {
        for file in &door.files {
            assert!(file.exists(), "{}: {}", door.id, file.display());
        }
        for blank in ["{address}", "{dir}"] {
            assert!(!door.example.contains(blank), "{}", door.example);
        }
        let socket = door.address.trim_start_matches("http");
        let socket = socket.trim_start_matches('s').trim_start_matches("://");
        match socket.strip_prefix("unix:") {
            #[cfg(unix)]
            Some(path) => drop(tokio::net::UnixStream::connect(path).await.unwrap()),
            #[cfg(not(unix))]
            Some(_) => {}
            None if door.id == "refused" => {
                assert!(TcpStream::connect(socket).await.is_err());
            }
            None => {
                let address: SocketAddr = socket.split('/').next().unwrap().parse().unwrap();
                assert!(address.ip().is_loopback());
                drop(TcpStream::connect(address).await.unwrap());
            }
        }
    }
}

#[tokio::test]
async fn handshakes_end_as_the_doors_say() {
    let lab = lab().await;
    for (door, certificate, expected) in [
        ("tls", None, "Ok"),
        ("tls12", None, "Ok"),
        ("gateway-401", None, "Ok"),
        ("expired", None, "Expired"),
        ("wrong-name", None, "NotValidForName"),
        ("unknown-ca", None, "UnknownIssuer"),
        ("self-signed", None, "UnknownIssuer"),
        ("mtls", None, "CertificateRequired"),
        ("mtls-tls12", None, "CertificateRequired"),
        ("mtls", Some("client-viewer"), "Ok"),
        ("mtls-tls12", Some("client-admin"), "Ok"),
        ("mtls", Some("client-expired"), "CertificateExpired"),
        ("mtls", Some("client-other-ca"), "UnknownCA"),
        ("mtls-tls12", Some("client-other-ca"), "UnknownCA"),
    ] {
        let outcome = format!("{:?}", lab.handshake(door, certificate).await);
        assert!(outcome.contains(expected), "{door}: {outcome}");
    }
}

#[tokio::test]
async fn a_login_gives_a_token_for_the_right_password_alone() {
    let lab = lab().await;
    for (path, body, status, answer) in [
        (
            "/login",
            r#"{"username":"viewer","password":"viewer-password"}"#,
            200,
            r#"{"token":"ey"#,
        ),
        (
            "/login",
            r#"{"username":"viewer","password":"x"}"#,
            401,
            "wrong user name",
        ),
        (
            "/login",
            r#"{"username":"viewer"}"#,
            400,
            "neither JSON nor a form",
        ),
        ("/login", "", 400, "neither JSON nor a form"),
        ("/jwks", "", 405, "another method"),
        ("/elsewhere", "", 404, "nothing"),
    ] {
        let (got, text) = lab.post("http-login", path, body).await;
        assert_eq!(got, status, "{text}");
        assert!(text.starts_with(answer) || text.contains(answer), "{text}");
    }
}

#[tokio::test]
async fn the_token_endpoint_knows_a_client_by_its_certificate() {
    let lab = lab().await;
    let body = "grant_type=client_credentials&client_id=mtls-client";
    for (door, path, certificate, expected) in [
        (
            "https-token-mtls",
            "/token",
            Some("client-viewer"),
            "access_token",
        ),
        (
            "https-token-mtls",
            "/token",
            Some("client-admin"),
            "invalid_client",
        ),
        (
            "https-login",
            "/token",
            Some("client-viewer"),
            "invalid_client",
        ),
        ("https-faults", "/fault/bom/token", None, "invalid_client"),
    ] {
        let authority = lab.door(door).unwrap().address.split('/').nth(2).unwrap();
        let mut stream = lab
            .connect(authority, certificate, b"http/1.1")
            .await
            .unwrap();
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\n\
             content-length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains(expected), "{door}: {answer}");
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_not_trusted_sees_no_request() {
    let lab = lab().await;
    let door = lab.door("https-token-unknown-ca").unwrap();
    let authority = door.address.split('/').nth(2).unwrap();
    let refused = lab.connect(authority, None, b"http/1.1").await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("UnknownIssuer"), "{refused}");
}

#[tokio::test]
async fn everything_ends_with_the_lab() {
    let running = lab().await;
    let directory = running.directory().to_owned();
    let address = running.door("tls").unwrap().address.clone();
    let mut client = TcpStream::connect(&address).await.unwrap();
    client.write_all(b"\x16").await.unwrap();
    running.shutdown().await;
    assert!(!directory.exists());
    assert!(TcpStream::connect(&address).await.is_err());
    assert!(matches!(client.read(&mut [0; 1]).await, Ok(0) | Err(_)));
    drop(lab().await);
}

#[tokio::test]
async fn ports_that_run_out_are_an_error() {
    let refused = start(Options {
        directory: None,
        base_port: Some(65_535),
        now: OffsetDateTime::UNIX_EPOCH,
    });
    assert!(refused.await.is_err());
}
