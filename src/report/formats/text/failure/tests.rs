//! Ten typical failures as they are read: on terminals of several widths, and in a pipe.
//!
//! The findings are written here, so that the snapshots show how things are laid out, whatever the rows say today.

use crate::evidence::Evidence;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::deadline;
use crate::evidence::answers::evidence as of_nothing;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::evidence::answers::with_details;
use crate::evidence::handshakes;
use crate::exit_status::ExitStatus;
use crate::peer_text::PeerText;
use crate::report::Detail;
use crate::report::Event;
use crate::report::Reporter;
use crate::report::Run;
use crate::report::Sink;
use crate::report::console::Console;
use crate::report::formats;
use crate::report::output::Kept;
use crate::report::output::Output;
use crate::report::redactor::Redactor;
use crate::report::style::Style;
use crate::text::aside::aside;
use crate::verdict::Expectation;
use crate::verdict::Finding;
use crate::verdict::Layer;
use crate::verdict::Outcome;
use crate::verdict::Verdict;

const WIDTHS: [Option<usize>; 5] = [Some(60), Some(80), Some(120), Some(200), None];

fn finding(id: &'static str, layer: Layer, cause: &str, evidence: &[&str], hint: &str) -> Finding {
    Finding {
        id,
        layer,
        side: None,
        cause: cause.to_owned(),
        evidence: evidence.iter().map(|&line| line.to_owned()).collect(),
        hint: hint.to_owned(),
    }
}

/// The report of a run that ended so, on a stream of this width.
fn shown(evidence: &Evidence, verdict: &Verdict, width: Option<usize>, verbosity: u8) -> String {
    let kept = Kept::default();
    let style = Style::PLAIN.wide(width);
    let output = Output::new("memory", Box::new(kept.clone()), style);
    let detail = Detail {
        verbosity,
        quiet: false,
    };
    let sink = Sink::new(&formats::text::ROW, output, detail);
    let console = Console::new(Box::new(std::io::sink()), style);
    let reporter = Reporter::new(vec![sink], console, Redactor::new(false));
    reporter.emit(&Event::Finished(&Run {
        evidence,
        expectation: &Expectation::default(),
        verdict,
    }));
    kept.text()
}

fn verdict(diagnosis: Finding, also: Vec<Finding>) -> Verdict {
    Verdict {
        outcome: Outcome::NoStatus,
        met: None,
        doubt: None,
        diagnosis: Some(diagnosis),
        also,
        warnings: Vec::new(),
        exit: ExitStatus::NoStatus,
    }
}

/// Checks the report at every width against its snapshot, and what holds for each.
fn check(evidence: &Evidence, diagnosis: Finding, also: Vec<Finding>) {
    let id = diagnosis.id;
    let verdict = verdict(diagnosis, also);
    let mut all = String::new();
    for width in WIDTHS {
        let text = shown(evidence, &verdict, width, 0);
        assert!(text.starts_with(&format!("error[{id}]: ")), "{text}");
        for line in text.lines() {
            assert_eq!(line, line.trim_end(), "nothing is padded");
            let columns = line.chars().count();
            // What has no blank, such as a URL, is never broken.
            let is_one_word = !line.trim_start().contains(' ');
            let fits = width.is_none_or(|width| columns <= width);
            assert!(fits || is_one_word, "{line}");
        }
        let name = width.map_or("a pipe".to_owned(), |width| format!("{width} columns"));
        all.push_str(&format!("== {name}\n{text}"));
    }
    insta::assert_snapshot!(id.replace('.', "-"), all);
}

#[test]
fn an_expired_token() {
    let evidence = bearer(called(status(16, "token is expired")), "a.b.c");
    let diagnosis = finding(
        "credential.token-expired",
        Layer::Credential,
        "the token expired 42 s before the call",
        &[
            "token: env:TOKEN, sub ci, iss https://id.example.com",
            "expired: 2026-11-21T10:00:00Z (local clock 10:00:42Z)",
            "www-authenticate: Bearer realm=\"orders\", error_description=\"token is expired\"",
        ],
        "refresh it: grpcauth token refresh -P ci; or let --retry-auth do it",
    );
    check(&evidence, diagnosis, Vec::new());
}

#[test]
fn a_missing_credential() {
    let method = ("method".to_owned(), "/orders.v1.Orders/Get".to_owned());
    let info = prost::Message::encode_to_vec(&tonic_types::pb::ErrorInfo {
        reason: "CREDENTIAL_MISSING".to_owned(),
        domain: "orders.example.com".to_owned(),
        metadata: [method].into(),
    });
    let answer = with_details(16, "missing token", "google.rpc.ErrorInfo", info);
    let diagnosis = finding(
        "credential.none-sent",
        Layer::Credential,
        "no credential was sent, and orders.v1.Orders/Get requires one",
        &["the request carried no metadata"],
        "send one, such as --token env:TOKEN; the operator of orders.test:443 issues them",
    );
    check(&called(answer), diagnosis, Vec::new());
}

#[test]
fn a_role_that_may_not() {
    let words = "role viewer may not call orders.v1.Orders/Get: it requires the role admin, which is given to \
                 those on call (see https://wiki.example.com/orders/who-may-call-what)";
    let evidence = bearer(called(status(7, words)), "a.b.c");
    let diagnosis = finding(
        "permission.denied",
        Layer::Grpc,
        "this caller (viewer) may not call orders.v1.Orders/Get",
        &[
            "claims: iss https://id.example.com, sub viewer, aud orders, role viewer, exp 2026-11-21T12:00:00Z",
        ],
        "use an authorized credential, or ask the operator of orders.test:443 for the role or scope that \
         orders.v1.Orders/Get requires; the operator's authorization log says why it was refused",
    );
    check(&evidence, diagnosis, Vec::new());
}

#[test]
fn an_unknown_ca() {
    let root = crate::x509::test_pki::Authority::root("root", crate::x509::test_pki::plain);
    let evidence = handshakes::presented(&[&root.der], &[], handshakes::HOST);
    let diagnosis = finding(
        "trust.no-path",
        Layer::Tls,
        "no trusted CA issued the server's certificate: its chain ends at CN=orders intermediate,O=Example",
        &[
            "leaf: CN=server.test, issued by CN=orders intermediate,O=Example",
            "missing: CN=orders intermediate,O=Example",
            "trusted: 1 certificate: CN=Example root,O=Example (ca.pem:1)",
        ],
        "add the CA's certificate with --cacert FILE; or ask the operator of server.test to send the whole chain",
    );
    let also = finding(
        "name.mismatch",
        Layer::Tls,
        "the certificate is for other.test, not for server.test",
        &[],
        "dial it by its name, or add --servername other.test",
    );
    check(&evidence, diagnosis, vec![also]);
}

#[test]
fn a_name_that_does_not_match() {
    let root = crate::x509::test_pki::Authority::root("root", crate::x509::test_pki::plain);
    let evidence = handshakes::presented(&[&root.der], &[], handshakes::HOST);
    let diagnosis = finding(
        "name.mismatch",
        Layer::Tls,
        "the server's certificate is not for server.test",
        &[
            "name asked for: server.test",
            "names in the certificate: DNS:orders.test, DNS:*.orders.test, DNS:orders.internal.example.com, IP:192.0.2.1",
        ],
        "dial it by one of its names, or add --servername orders.test",
    );
    check(&evidence, diagnosis, Vec::new());
}

#[test]
fn a_client_certificate_that_is_missing() {
    let evidence = handshakes::turned_away(
        handshakes::Turned::Alert13(rustls::AlertDescription::CertificateRequired),
        &[],
        None,
    );
    let diagnosis = finding(
        "mtls.required",
        Layer::Tls,
        "the server requires a client certificate, and none was sent",
        &[
            "the server sent the TLS alert certificate_required (116)",
            "accepted CAs: CN=grpcauth lab root,O=grpcauth lab",
        ],
        "add --cert FILE --key FILE with a client certificate from CN=grpcauth lab root,O=grpcauth lab",
    );
    check(&evidence, diagnosis, Vec::new());
}

#[test]
fn a_gateway() {
    let answer = http(401, &[], "<html><title>Sign in</title></html>");
    let diagnosis = finding(
        "gateway.unauthenticated",
        Layer::Http,
        "a gateway in front of orders.test:443 answered HTTP 401, not the gRPC server",
        &[
            "content-type: text/html; charset=utf-8",
            "page title: \"Sign in\"",
            "server: nginx/1.27",
        ],
        "send the credential that the gateway accepts; its operator knows which",
    );
    check(&called(answer), diagnosis, Vec::new());
}

#[test]
fn a_refused_connection() {
    let evidence = handshakes::unconnected(&[std::io::ErrorKind::ConnectionRefused]);
    let diagnosis = finding(
        "net.refused",
        Layer::Network,
        "nothing listens on server.test:443: the connection was refused",
        &["192.0.2.1:443: Connection refused (os error 111)"],
        "start the server, or check host and port; `ss -ltn` on the server's machine shows what listens on port 443",
    );
    check(&evidence, diagnosis, Vec::new());
}

#[test]
fn a_file_that_is_missing() {
    let diagnosis = finding(
        "file.not-found",
        Layer::Input,
        "--cacert certificates/of/the/staging/environment/ca-2026.pem: there is no such file",
        &[],
        "check the path: `ls -l certificates/of/the/staging` shows what is there",
    );
    check(&of_nothing(), diagnosis, Vec::new());
}

#[test]
fn a_deadline() {
    let diagnosis = finding(
        "deadline.exceeded",
        Layer::Grpc,
        "no answer within 30 s: the request was sent, no headers came (the limit is this client's own)",
        &["time spent: connect 12 ms, TLS 48 ms, call 29.9 s"],
        "give it longer with --max-time 60s; or ask the operator of orders.test:443 what the call waits for",
    );
    check(&called(deadline(true)), diagnosis, Vec::new());
}

#[test]
fn eight_facts_are_shown_and_the_rest_with_v() {
    let lines: Vec<String> = (0..12)
        .map(|number| format!("fact {number}: value"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let finding = finding("net.refused", Layer::Network, "refused", &lines, "wait");
    let verdict = verdict(finding, Vec::new());
    let evidence = handshakes::unconnected(&[std::io::ErrorKind::ConnectionRefused]);
    let terse = shown(&evidence, &verdict, None, 0);
    assert_eq!(terse.matches(" value\n").count(), 8, "{terse}");
    assert!(
        terse.contains("  fact 7  value\n  4 more with -v\nfix: wait\n"),
        "{terse}"
    );
    let verbose = shown(&evidence, &verdict, None, 1);
    assert_eq!(verbose.matches(" value\n").count(), 12, "{verbose}");
    assert!(!verbose.contains("more with"), "{verbose}");
}

/// A peer's text is neither divided nor taken for a label, and cannot begin a line.
#[test]
fn what_a_peer_wrote_stays_a_value() {
    let said = PeerText::from("a; b: c\nerror[net.refused]: no\nfix: rm -rf");
    let cause =
        format!("the server refused the token for a reason of its own: \"{said}\", which is long");
    let line = format!("{said}: x");
    let finding = finding(
        "credential.rejected",
        Layer::Credential,
        &cause,
        &[&line],
        &format!("read \"{said}\""),
    );
    let verdict = verdict(finding, Vec::new());
    let text = shown(&called(status(16, "")), &verdict, Some(80), 0);
    let begins = |with: &str| text.lines().filter(|line| line.starts_with(with)).count();
    assert_eq!((begins("error["), begins("fix: ")), (1, 1), "{text}");
    assert!(
        text.contains("\n  a; b: c\\nerror[net.refused]: no"),
        "{text}"
    );
}

#[test]
fn the_page_is_named_once_on_a_terminal_and_never_in_a_pipe() {
    let finding = |id| finding(id, Layer::Tls, "cause", &[], "hint");
    let verdict = verdict(finding("trust.no-path"), vec![finding("name.mismatch")]);
    let evidence = handshakes::unconnected(&[std::io::ErrorKind::ConnectionRefused]);
    let terminal = shown(&evidence, &verdict, Some(80), 0);
    assert!(
        terminal.ends_with("\ngrpcauth explain trust.no-path\n"),
        "{terminal}"
    );
    assert_eq!(terminal.matches("grpcauth explain").count(), 1);
    assert!(!shown(&evidence, &verdict, None, 0).contains("explain"));
}

#[test]
fn digests_are_shown_with_v_alone() {
    let fact = format!("leaf: CN=a{}", aside(", sha256 0123abcd"));
    let finding = finding("trust.no-path", Layer::Tls, "cause", &[&fact], "hint");
    let verdict = verdict(finding, Vec::new());
    let evidence = handshakes::unconnected(&[std::io::ErrorKind::ConnectionRefused]);
    let terse = shown(&evidence, &verdict, None, 0);
    assert!(terse.contains("  leaf  CN=a\nfix"), "{terse}");
    let verbose = shown(&evidence, &verdict, None, 1);
    assert!(
        verbose.contains("  leaf  CN=a, sha256 0123abcd\n"),
        "{verbose}"
    );
}
