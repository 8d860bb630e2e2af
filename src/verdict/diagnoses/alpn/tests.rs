use rustls::AlertDescription;
use rustls::Error;
use rustls::PeerMisbehaved;

use crate::connect::Failure;
use crate::connect::Phase;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;

#[test]
fn a_server_without_h2_is_told_from_one_without_alpn() {
    let alert = Error::AlertReceived(AlertDescription::NoApplicationProtocol);
    let unoffered = PeerMisbehaved::SelectedUnofferedApplicationProtocol.into();
    for error in [alert, unoffered] {
        let evidence = tls_failure(Failure::Tls(error), b"\x15\x03\x03\0\x02\x02\x78");
        assert_eq!(proven(&evidence), ["alpn.no-h2"]);
    }
    for (chosen, id) in [(None, "alpn.none"), (Some("http/1.1"), "alpn.no-h2")] {
        let mut evidence = good();
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        let chosen = chosen.map(|name| name.as_bytes().to_vec());
        handshake.reached = Phase::Alpn;
        handshake.http2.settings = None;
        handshake.failure = Some(Failure::Alpn { chosen });
        assert_eq!(proven(&evidence), [id]);
    }
}

#[test]
fn what_speaks_behind_is_told() {
    for (answer, wanted) in [
        (
            &b"\0\0\0\x04\0\0\0\0\0"[..],
            "only the word for it is missing",
        ),
        (b"HTTP/1.1 400 Bad Request\r\n", "answers in HTTP/1.1"),
        (b"", "it says nothing"),
    ] {
        let mut evidence = good();
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.reached = Phase::Alpn;
        handshake.failure = Some(Failure::Alpn { chosen: None });
        handshake.tls.as_mut().unwrap().behind_alpn = Some(answer.to_vec());
        let said = text(&finding(&evidence, "alpn.none"));
        assert!(said.contains(wanted), "{said}");
    }
}
