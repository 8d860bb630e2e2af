use std::net::Ipv4Addr;
use std::net::Ipv6Addr;

use tokio::net::TcpListener;

use super::*;
use crate::secret::Secret;

/// A proxy that answers each request in turn and closes; what it was asked, and what the client made of it.
async fn asked(
    answers: &[&'static [u8]],
    login: Option<&SocksLogin>,
    destination: &Destination,
) -> (Vec<u8>, Result<Vec<u8>, Refusal>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answers = answers.to_vec();
    let serving = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut heard = Vec::new();
        for answer in answers {
            stream.read_buf(&mut heard).await.unwrap();
            // One octet at a time: no field arrives whole by luck.
            for octet in answer {
                let _ = stream.write_all(&[*octet]).await;
                tokio::task::yield_now().await;
            }
        }
        heard
    });
    let mut stream = TcpStream::connect(address).await.unwrap();
    let outcome = open(&mut stream, login, destination, 443).await;
    let outcome = match outcome {
        Ok(()) => {
            let mut rest = Vec::new();
            stream.read_to_end(&mut rest).await.unwrap();
            Ok(rest)
        }
        Err(refusal) => Err(refusal),
    };
    (serving.await.unwrap(), outcome)
}

fn name() -> Destination {
    Destination::Name("api.test".into())
}

fn login() -> SocksLogin {
    SocksLogin {
        user: "me".into(),
        password: Secret::new("pw!".to_owned()),
    }
}

#[tokio::test]
async fn the_tunnel_begins_right_after_the_reply() {
    for (destination, request) in [
        (name(), &b"\x05\x01\x00\x03\x08api.test\x01\xbb"[..]),
        (
            Destination::Address(Ipv4Addr::new(192, 0, 2, 1).into()),
            b"\x05\x01\x00\x01\xc0\x00\x02\x01\x01\xbb",
        ),
        (
            Destination::Address(Ipv6Addr::LOCALHOST.into()),
            b"\x05\x01\x00\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x01\xbb",
        ),
    ] {
        for reply in [
            &b"\x05\x00\x00\x01\x7f\0\0\x01\x12\x34first words"[..],
            b"\x05\x00\x00\x04\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x01\x12\x34first words",
            b"\x05\x00\x00\x03\x01x\x12\x34first words",
        ] {
            let (heard, outcome) = asked(&[b"\x05\x00", reply], None, &destination).await;
            assert_eq!(heard, [b"\x05\x01\x00", request].concat());
            assert_eq!(outcome.unwrap(), b"first words");
        }
    }
}

#[tokio::test]
async fn user_and_password_go_to_a_proxy_that_asks_for_them_and_to_no_other() {
    const DONE: &[u8] = b"\x05\x00\x00\x01\0\0\0\0\0\0";
    for version in [&b"\x01\x00"[..], b"\x05\x00"] {
        let (heard, outcome) = asked(&[b"\x05\x02", version, DONE], Some(&login()), &name()).await;
        assert!(outcome.is_ok());
        assert!(heard.starts_with(b"\x05\x02\x00\x02\x01\x02me\x03pw!\x05\x01"));
    }
    let (heard, outcome) = asked(&[b"\x05\x00", DONE], Some(&login()), &name()).await;
    assert!(outcome.is_ok());
    assert!(heard.starts_with(b"\x05\x02\x00\x02\x05\x01"));
}

#[tokio::test]
async fn refusals_keep_what_was_said() {
    let start = |octets: &[u8]| Refusal::NotSocks {
        start: PeerText::beginning(octets),
    };
    let method = |method| Refusal::SocksMethod { method };
    let reply = |reply| Refusal::SocksReply { reply };
    for (answers, with_login, expected) in [
        (vec![&b""[..]], false, Refusal::Closed),
        (vec![b"\x05"], false, Refusal::Closed),
        (vec![b"\x05\xff"], false, method(0xff)),
        (vec![b"\x05\x02"], false, method(2)),
        (vec![b"\x05\x01"], true, method(1)),
        (vec![b"\x05\x02", b"\x01\x01"], true, Refusal::SocksLogin),
        (vec![b"\x05\x02", b""], true, Refusal::Closed),
        (vec![b"\x05\x02", b"\x07"], true, start(b"\x07")),
        (vec![b"H"], false, start(b"H")),
        (vec![b"\x04"], false, start(b"\x04")),
        // Some close with the code, without the address.
        (vec![b"\x05\x00", b"\x05\x02"], false, reply(2)),
        (
            vec![b"\x05\x00", b"\x05\x04\x00\x01\0\0\0\0\0\0"],
            false,
            reply(4),
        ),
        (vec![b"\x05\x00", b"\x05\xf0"], false, reply(0xf0)),
        (
            vec![b"\x05\x00", b"\x05\x00\x00\x01\x7f"],
            false,
            Refusal::Closed,
        ),
        (
            vec![b"\x05\x00", b"\x05\x00\x00\x09"],
            false,
            start(b"\x05\x00\x00\x09"),
        ),
    ] {
        let login = login();
        let (_, outcome) = asked(&answers, with_login.then_some(&login), &name()).await;
        assert_eq!(outcome, Err(expected), "{answers:?}");
    }
}
