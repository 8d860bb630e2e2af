use rcgen::ExtendedKeyUsagePurpose;

use super::*;
use crate::evidence::Evidence;
use crate::evidence::answers;
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
            // After the client has finished, a close may have any reason; before, only a refusal.
            (false, false) if server.signs[1] == Turned::Closed12 => &["mtls.rejected"],
            (false, false) => &["net.closed"],
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
            "net.closed",
        ),
        ("no list, no word", closed, &[], &[&lone], "net.closed"),
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

    // A session ticket came: the server had finished the handshake, whatever it was shown.
    for (ours, ids) in [(None, &["net.closed"][..]), (Some(&ours), &["net.closed"])] {
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
        (Turned::Closed13 { reset: false }, "net.closed"),
    ] {
        let mut evidence = turned_away(sign, &[&ca], Some(&[&ours]));
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        let request = handshake.tls.as_mut().unwrap().certificate_request.as_mut();
        request.unwrap().issuers_listed = 300;
        assert_eq!(proven(&evidence), [id]);
    }
}

/// A good handshake in which a certificate was asked for, and then this answer.
fn answered(answer: crate::invoke::Answer, ours: Option<&Der>) -> Evidence {
    let ca = Authority::root("clients' root", plain);
    let sent = ours.map(|leaf| vec![leaf]);
    let page = Turned::Http400("");
    let mut evidence = turned_away(page, &[&ca], sent.as_deref());
    evidence.call.attempts = vec![attempt(answer)];
    evidence
}

#[test]
fn a_service_that_misses_a_certificate_is_told_from_one_that_misses_a_token() {
    use crate::evidence::answers::http;
    use crate::evidence::answers::status;
    for (answer, ids) in [
        (
            status(16, "client certificate required"),
            &["mtls.required"][..],
        ),
        (status(7, "no client certificate"), &["mtls.required"]),
        (
            status(16, "could not verify peer certificate"),
            &["mtls.required"],
        ),
        (status(2, "mTLS required"), &["mtls.required"]),
        (
            http(403, &[], "client certificate required"),
            &["mtls.required"],
        ),
        (
            http(
                403,
                &[("content-type", "text/html")],
                "<h1>No client certificate presented</h1>",
            ),
            &["mtls.required"],
        ),
        (
            http(401, &[], "missing x-forwarded-client-cert"),
            &["mtls.required"],
        ),
        (
            status(16, "missing bearer token"),
            &["credential.none-sent"],
        ),
        (http(403, &[], "forbidden"), &["gateway.forbidden"]),
        (
            http(502, &[], "upstream: no client certificate"),
            &["gateway.error"],
        ),
    ] {
        let evidence = answered(answer, None);
        assert_eq!(proven(&evidence), ids, "{:?}", evidence.call.attempts);
        if ids == ["mtls.required"] {
            let found = finding(&evidence, "mtls.required");
            assert!(found.hint.contains("--cert") && !found.hint.contains("--token"));
            let said = text(&found);
            assert!(said.contains("clients' root"), "{said}");
        }
    }
}

#[test]
fn where_none_was_asked_for_none_is_offered_to_be_sent() {
    let mut evidence = answered(answers::status(16, "client certificate required"), None);
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.tls.as_mut().unwrap().certificate_request = None;
    assert_eq!(proven(&evidence), ["mtls.required"]);
    let found = finding(&evidence, "mtls.required");
    assert_eq!(found.side, None);
    assert!(text(&found).contains("did not ask"), "{}", text(&found));
    assert!(found.hint.contains("which port"), "{}", found.hint);
}

#[test]
fn a_certificate_that_is_sent_is_a_credential() {
    let ca = Authority::root("clients' root", plain);
    let ours = client(&ca, plain);
    for (answer, id) in [
        (
            answers::status(16, "certificate CN=alice is not mapped to any user"),
            "mtls.rejected",
        ),
        (answers::status(16, "unauthenticated"), "mtls.rejected"),
        (
            answers::status(16, "no client certificate"),
            "mtls.rejected",
        ),
        (
            answers::http(403, &[], "client certificate CN=x not authorized"),
            "mtls.rejected",
        ),
        (
            answers::status(16, "missing bearer token"),
            "credential.none-sent",
        ),
        (
            answers::status(7, "CN=alice may not call this"),
            "permission.denied",
        ),
        (answers::http(403, &[], "forbidden"), "gateway.forbidden"),
    ] {
        let evidence = answered(answer, Some(&ours));
        assert_eq!(proven(&evidence), [id], "{:?}", evidence.call.attempts);
        if id == "mtls.rejected" {
            let said = text(&finding(&evidence, id));
            assert!(
                said.contains("client.pem") && said.contains("clients' root"),
                "{said}"
            );
            assert!(!said.contains("no credential was sent"), "{said}");
        }
    }
}

#[test]
fn a_close_without_a_reason_says_who_had_finished_and_what_was_sent() {
    let ca = Authority::root("clients' root", plain);
    let ours = client(&ca, expired);
    let good = client(&ca, plain);
    let late = Turned::Closed13 { reset: false };
    for (leaf, ticket, id, words) in [
        (&good, 0, "net.closed", "nothing shows that the server had"),
        (&good, 255, "net.closed", "both sides had finished"),
        (
            &ours,
            255,
            "net.closed",
            "the client certificate has expired",
        ),
        (
            &ours,
            0,
            "mtls.expired",
            "closed the connection once it was sent, without a reason",
        ),
    ] {
        let mut evidence = turned_away(late, &[&ca], Some(&[leaf]));
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.bytes_received += ticket;
        assert_eq!(proven(&evidence), [id], "{ticket}");
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{said}");
        assert!(
            !said.contains("refused it") && !said.contains("--plaintext"),
            "{said}"
        );
    }
    let told = turned_away(
        Turned::Alert13(AlertDescription::CertificateExpired),
        &[&ca],
        Some(&[&ours]),
    );
    assert!(text(&finding(&told, "mtls.expired")).contains("the server refused it"));
}
