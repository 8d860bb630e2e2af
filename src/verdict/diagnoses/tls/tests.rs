use rustls::AlertDescription;
use rustls::InvalidMessage;
use rustls::PeerIncompatible;

use super::*;
use crate::connect::Phase;
use crate::evidence::handshakes::*;
use crate::verdict::Side;
use crate::verdict::diagnoses::tests::*;

const TLS: &[u8] = b"\x16\x03\x03\0\x7a\x02";

#[test]
fn errors_of_the_handshake_are_sorted() {
    use AlertDescription as A;
    for (error, id) in [
        (Error::AlertReceived(A::ProtocolVersion), "tls.version"),
        (
            PeerIncompatible::ServerDoesNotSupportTls12Or13.into(),
            "tls.version",
        ),
        (
            PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig.into(),
            "tls.version",
        ),
        (
            PeerIncompatible::NoCipherSuitesInCommon.into(),
            "tls.handshake-failed",
        ),
        (
            Error::AlertReceived(A::HandshakeFailure),
            "tls.handshake-failed",
        ),
        (
            Error::AlertReceived(A::InternalError),
            "tls.handshake-failed",
        ),
        (Error::AlertReceived(A::UnknownCA), "tls.handshake-failed"),
        (
            Error::AlertReceived(A::UnrecognisedName),
            "sni.unrecognized",
        ),
        (
            InvalidMessage::HandshakePayloadTooLarge.into(),
            "tls.chain-too-large",
        ),
        (InvalidMessage::InvalidContentType.into(), "tls.malformed"),
        (
            InvalidMessage::MissingData("ServerHello").into(),
            "tls.malformed",
        ),
        (Error::DecryptError, "tls.malformed"),
        (Error::NoCertificatesPresented, "tls.malformed"),
    ] {
        let evidence = tls_failure(Failure::Tls(error.clone()), TLS);
        assert_eq!(proven(&evidence), [id], "{error:?}");
    }
}

#[test]
fn a_length_without_a_server_hello_before_it_is_no_chain() {
    let too_large = Failure::Tls(InvalidMessage::HandshakePayloadTooLarge.into());
    let evidence = tls_failure(too_large, b"\x16\x03\x03\0\x20\x9c\xfe");
    assert_eq!(proven(&evidence), ["tls.malformed"]);
}

#[test]
fn the_side_of_a_version_is_the_one_that_narrowed_it() {
    let alert = Error::AlertReceived(AlertDescription::ProtocolVersion);
    let mut evidence = tls_failure(Failure::Tls(alert), TLS);
    assert_eq!(finding(&evidence, "tls.version").side, Some(Side::Server));
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.tls.as_mut().unwrap().offered = vec!["TLSv1.3"];
    let found = finding(&evidence, "tls.version");
    assert_eq!(found.side, Some(Side::Client));
    assert!(text(&found).contains("versions offered: TLSv1.3"));
}

#[test]
fn an_alert_after_the_handshake_is_not_lost() {
    let mut evidence = good();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = Phase::Http2;
    handshake.http2.settings = None;
    handshake.ending = Some(Ending::Tls(Error::AlertReceived(
        AlertDescription::AccessDenied,
    )));
    assert_eq!(proven(&evidence), ["tls.handshake-failed"]);
    assert!(text(&finding(&evidence, "tls.handshake-failed")).contains("access_denied (49)"));
}
