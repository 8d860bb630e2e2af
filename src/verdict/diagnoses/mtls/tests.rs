use rcgen::ExtendedKeyUsagePurpose;

use super::*;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::verdict::diagnoses::tests::*;
use crate::x509::test_pki::*;

const NONE: &str = "<center>No required SSL certificate was sent</center>";
const REFUSED: &str = "<center>The SSL certificate error</center>";

/// How a kind of server says no to each of the five mistakes of a client: nothing sent, of a wrong
/// CA, expired, for another purpose, without its intermediate. Measured; `lists`: whether its request
/// names its CA.
struct Server {
    name: &'static str,
    lists: bool,
    signs: [Turned; 5],
}

fn servers() -> Vec<Server> {
    use AlertDescription as A;
    use Turned::Alert12 as Old;
    use Turned::Alert13 as New;
    use Turned::Http400 as Page;
    const CLOSED: Turned = Turned::Closed13 { reset: false };
    const RESET: Turned = Turned::Closed13 { reset: true };
    let server = |name, lists, signs| Server { name, lists, signs };
    vec![
        server(
            "Go 1.3",
            true,
            [
                A::CertificateRequired,
                A::UnknownCA,
                A::CertificateExpired,
                A::BadCertificate,
                A::UnknownCA,
            ]
            .map(New),
        ),
        server(
            "Go 1.2",
            true,
            [
                A::HandshakeFailure,
                A::UnknownCA,
                A::CertificateExpired,
                A::BadCertificate,
                A::UnknownCA,
            ]
            .map(Old),
        ),
        server(
            "OpenSSL, Envoy 1.3",
            true,
            [
                A::CertificateRequired,
                A::UnknownCA,
                A::CertificateExpired,
                A::UnsupportedCertificate,
                A::UnknownCA,
            ]
            .map(New),
        ),
        server(
            "OpenSSL, Envoy 1.2",
            true,
            [
                A::HandshakeFailure,
                A::UnknownCA,
                A::CertificateExpired,
                A::UnsupportedCertificate,
                A::UnknownCA,
            ]
            .map(Old),
        ),
        server(
            "Java, JDK 1.3",
            true,
            [
                A::BadCertificate,
                A::CertificateUnknown,
                A::CertificateUnknown,
                A::CertificateUnknown,
                A::CertificateUnknown,
            ]
            .map(New),
        ),
        server(
            "Java, JDK 1.2",
            true,
            [
                A::BadCertificate,
                A::CertificateUnknown,
                A::CertificateUnknown,
                A::CertificateUnknown,
                A::CertificateUnknown,
            ]
            .map(Old),
        ),
        server(
            "Java, tcnative 1.3",
            true,
            [
                A::CertificateRequired,
                A::InternalError,
                A::CertificateExpired,
                A::InternalError,
                A::InternalError,
            ]
            .map(New),
        ),
        server(
            "Node 1.3",
            true,
            [New(A::CertificateRequired), CLOSED, CLOSED, RESET, CLOSED],
        ),
        server("Caddy", true, [A::BadCertificate; 5].map(New)),
        server("C-core 1.3", false, [CLOSED, CLOSED, RESET, CLOSED, CLOSED]),
        server("C-core 1.2", false, [Turned::Closed12; 5]),
        server(
            "nginx",
            true,
            [NONE, REFUSED, REFUSED, REFUSED, REFUSED].map(Page),
        ),
    ]
}

fn client(authority: &Authority, tweak: impl FnOnce(&mut rcgen::CertificateParams)) -> Der {
    authority.leaf(&["client.test"], |params| {
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
        tweak(params);
    })
}

#[test]
fn every_mistake_is_named_on_every_server_as_far_as_it_can_be_known() {
    let ca = Authority::root("clients' root", plain);
    let issuing = ca.intermediate("clients' intermediate", plain);
    let stranger = Authority::root("stranger", plain);
    let mistakes: [Option<Der>; 5] = [
        None,
        Some(client(&stranger, plain)),
        Some(client(&ca, expired)),
        Some(ca.leaf(&["client.test"], plain)),
        Some(client(&issuing, plain)),
    ];
    let not_listed = &["mtls.not-listed", "mtls.no-chain"][..];
    for server in servers() {
        let listed: &[&Authority] = if server.lists { &[&ca] } else { &[] };
        let by_alert = matches!(
            server.signs[1],
            Turned::Alert13(AlertDescription::UnknownCA)
        );
        let unlisted = match (server.lists, by_alert) {
            (true, _) => not_listed,
            (false, true) => &["mtls.unknown-ca"],
            (false, false) => &["mtls.rejected"],
        };
        let expected = [
            &["mtls.required"][..],
            unlisted,
            &["mtls.expired"],
            &["mtls.purpose"],
            unlisted,
        ];
        for ((sign, ours), expected) in server.signs.iter().zip(&mistakes).zip(expected) {
            let sent = ours.as_ref().map(|leaf| vec![leaf]);
            let evidence = turned_away(*sign, listed, sent.as_deref());
            let of_mtls: Vec<_> = proven(&evidence)
                .into_iter()
                .filter(|id| !id.starts_with("http.") && !id.starts_with("gateway."))
                .collect();
            assert_eq!(of_mtls, expected, "{}: {sign:?}", server.name);
        }
    }
}

const UNKNOWN_CA: Turned = Turned::Alert13(AlertDescription::UnknownCA);

#[test]
fn unknown_ca_needs_the_servers_word_and_no_better_explanation() {
    let ca = Authority::root("clients' root", plain);
    let namesake = Authority::root("clients' root", plain);
    let stranger = Authority::root("stranger", plain);
    let lone = client(&stranger, plain);
    let renamed = client(&namesake, plain);
    let with_root = &[&lone, &stranger.der][..];
    let closed = Turned::Closed13 { reset: false };
    for (label, sign, listed, ours, id) in [
        (
            "no list",
            UNKNOWN_CA,
            &[][..],
            &[&lone][..],
            "mtls.unknown-ca",
        ),
        (
            "a namesake",
            UNKNOWN_CA,
            &[&ca],
            &[&renamed],
            "mtls.unknown-ca",
        ),
        (
            "the whole chain",
            UNKNOWN_CA,
            &[&ca],
            with_root,
            "mtls.unknown-ca",
        ),
        (
            "the whole chain, no word",
            closed,
            &[&ca],
            with_root,
            "mtls.not-listed",
        ),
        (
            "a namesake, no word",
            closed,
            &[&ca],
            &[&renamed],
            "mtls.rejected",
        ),
        ("no list, no word", closed, &[], &[&lone], "mtls.rejected"),
    ] {
        let evidence = turned_away(sign, listed, Some(ours));
        assert_eq!(proven(&evidence), [id], "{label}");
    }
}

#[test]
fn a_missing_intermediate_comes_first_only_when_one_was_seen_that_links() {
    let ca = Authority::root("clients' root", plain);
    let issuing = ca.intermediate("issuing", plain);
    let namesake = ca.intermediate("issuing", plain);
    let ours = client(&issuing, plain);
    for (label, seen, ids) in [
        ("it was seen", &issuing.der, &["mtls.no-chain"][..]),
        (
            "one of its name",
            &namesake.der,
            &["mtls.not-listed", "mtls.no-chain"],
        ),
    ] {
        let mut evidence = turned_away(UNKNOWN_CA, &[&ca], Some(&[&ours]));
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.tls.as_mut().unwrap().chain.push(seen.clone());
        assert_eq!(proven(&evidence), ids, "{label}");
    }
    let mut evidence = turned_away(UNKNOWN_CA, &[&ca], Some(&[&ours]));
    let trusted = evidence.connection_mut().trust.as_mut().unwrap();
    trusted.anchors = std::sync::Arc::new(trust(&[&ca.der, &issuing.der]));
    assert_eq!(proven(&evidence), ["mtls.no-chain"]);
    let said = text(&finding(&evidence, "mtls.no-chain"));
    assert!(said.contains("seen in ca.pem:2"), "{said}");

    let whole = turned_away(UNKNOWN_CA, &[&ca], Some(&[&ours, &issuing.der]));
    assert_eq!(proven(&whole), ["mtls.unknown-ca"]);
}

#[test]
fn all_that_is_wrong_with_ours_is_told() {
    let ca = Authority::root("clients' root", plain);
    let stranger = Authority::root("stranger", plain);
    let ours = stranger.leaf(&["client.test"], expired);
    let evidence = turned_away(UNKNOWN_CA, &[&ca], Some(&[&ours]));
    assert_eq!(
        proven(&evidence),
        [
            "mtls.expired",
            "mtls.purpose",
            "mtls.not-listed",
            "mtls.no-chain"
        ]
    );
    let early = client(&ca, future);
    let evidence = turned_away(UNKNOWN_CA, &[&ca], Some(&[&early]));
    assert_eq!(proven(&evidence), ["mtls.not-yet-valid", "mtls.unknown-ca"]);
}

#[test]
fn a_key_that_the_server_cannot_check_is_told() {
    let ca = Authority::root("clients' root", plain);
    let ours = client(&ca, plain);
    let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[], Some(&[&ours]));
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    let request = handshake.tls.as_mut().unwrap().certificate_request.as_mut();
    request.unwrap().sent = false;
    assert_eq!(proven(&evidence), ["mtls.unsupported-key"]);
}

#[test]
fn what_is_no_refusal_of_the_client_is_not_taken_for_one() {
    let ca = Authority::root("clients' root", plain);
    let ours = client(&ca, expired);

    // Asked for, none sent, and all is well.
    let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[&ca], None);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.ending = None;
    handshake.reached = crate::connect::Phase::Done;
    handshake.http2.settings = Some(Vec::new());
    assert_eq!(proven_of_mtls(&evidence), Vec::<&str>::new());

    // The server spoke HTTP/2 and was gone later: an expired certificate did not keep us out.
    let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[&ca], Some(&[&ours]));
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.reached = crate::connect::Phase::Done;
    handshake.http2.settings = Some(Vec::new());
    assert_eq!(proven(&evidence), ["http2.connection-lost"]);

    // No certificate was asked for.
    let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[], None);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.tls.as_mut().unwrap().certificate_request = None;
    assert_eq!(proven(&evidence), ["net.closed"]);

    // A session ticket came: the server had finished the handshake without one.
    for (ours, ids) in [
        (None, &["net.closed"][..]),
        (Some(&ours), &["mtls.expired"]),
    ] {
        let sent = ours.map(|leaf| vec![leaf]);
        let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[&ca], sent.as_deref());
        evidence
            .connection_mut()
            .handshake
            .as_mut()
            .unwrap()
            .bytes_received += 255;
        assert_eq!(proven(&evidence), ids);
    }
    let mut evidence = turned_away(Turned::Closed13 { reset: false }, &[&ca], None);
    let tls = evidence
        .connection_mut()
        .handshake
        .as_mut()
        .unwrap()
        .tls
        .as_mut()
        .unwrap();
    tls.version = Some("TLSv1.2");
    assert_eq!(proven(&evidence), ["net.closed"]);

    // Another page of nginx's.
    let evidence = turned_away(Turned::Http400("<h1>400 Bad Request</h1>"), &[&ca], None);
    assert_eq!(proven_of_mtls(&evidence), Vec::<&str>::new());
}

fn proven_of_mtls(evidence: &Evidence) -> Vec<&'static str> {
    let mut ids = proven(evidence);
    ids.retain(|id| id.starts_with("mtls."));
    ids
}

#[test]
fn a_list_too_long_to_be_kept_does_not_say_that_ours_is_not_on_it() {
    let ca = Authority::root("clients' root", plain);
    let stranger = Authority::root("stranger", plain);
    let ours = client(&stranger, plain);
    for (sign, id) in [
        (UNKNOWN_CA, "mtls.unknown-ca"),
        (Turned::Closed13 { reset: false }, "mtls.rejected"),
    ] {
        let mut evidence = turned_away(sign, &[&ca], Some(&[&ours]));
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        let request = handshake.tls.as_mut().unwrap().certificate_request.as_mut();
        request.unwrap().issuers_listed = 300;
        assert_eq!(proven(&evidence), [id]);
    }
}
