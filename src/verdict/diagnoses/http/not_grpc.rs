//! `http.not-grpc`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::http_answer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http.not-grpc",
    layer: Layer::Http,
    certainty: Certainty::General,
    page: include_str!("not_grpc.md"),
    prove: Prove::Run(prove),
    yields_to: &["gateway", "credential", "mtls.required", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = case.reply_over_http()?;
    if asks_for_a_client_certificate(&reply, status) {
        return None;
    }
    let kind = reply.media_type();
    let is_html = kind.as_deref() == Some("text/html");
    let cause = match (status, is_html && has_a_password_field(&reply)) {
        (_, true) => {
            format!("a web page with a login form answered (HTTP {status}), not a gRPC server")
        }
        (200..=299, _) => format!("what answered speaks HTTP, but not gRPC (HTTP {status})"),
        (300..=399, _) => {
            format!("what answered redirects elsewhere (HTTP {status}), which gRPC does not follow")
        }
        (404, _) => "what answered has no such path (HTTP 404); no gRPC server did".to_owned(),
        (421, _) => {
            "the server does not serve this :authority on this connection (HTTP 421)".to_owned()
        }
        (429, _) => "a gateway limits the rate of requests (HTTP 429)".to_owned(),
        _ => format!("what answered is not a gRPC server (HTTP {status})"),
    };
    let mut facts = http_answer::facts(&reply, status);
    facts.push(match case.sent().first() {
        Some(credential) => caller::in_words(credential),
        None => "no credential was sent".to_owned(),
    });
    Some(Proof {
        side: None,
        cause,
        evidence: facts,
        hint: hint(
            case,
            &reply,
            status,
            is_html && has_a_password_field(&reply),
        ),
    })
}

fn hint(case: &Case<'_>, reply: &Reply<'_>, status: u16, is_login: bool) -> String {
    let asked = &case.connection.asked;
    let method = case.called();
    match status {
        _ if is_login => "a login proxy stands in front: send its credential (--token SRC, or -H 'cookie: …'), or ask its operator to let gRPC through".to_owned(),
        300..=399 => match reply.header_line("location") {
            Some(line) => format!("call where it points to ({line}), if that is a gRPC server"),
            None => "ask the operator of the gateway where the gRPC server is".to_owned(),
        },
        404 => format!(
            "check host and port; behind a gateway, its operator must route /{method} to the gRPC server"
        ),
        421 => format!(
            "make --servername and --authority name the same host; the authority was {}",
            asked.authority
        ),
        429 => "wait, or ask the gateway's operator for a higher limit".to_owned(),
        _ => format!(
            "check the port: is {}:{} the gRPC port? Behind a gateway, its operator must route /{method} for the :authority {} over HTTP/2 to the gRPC server (--authority sends another)",
            asked.host, asked.port, asked.authority
        ),
    }
}

/// nginx says over HTTP what other servers say with a TLS alert; that is a finding of `mtls`.
fn asks_for_a_client_certificate(reply: &Reply<'_>, status: u16) -> bool {
    let body = reply.body();
    matches!(status, 400 | 495 | 496)
        && (body.contains("No required SSL certificate was sent")
            || body.contains("The SSL certificate error"))
}

fn has_a_password_field(reply: &Reply<'_>) -> bool {
    let body = reply.body().to_lowercase();
    body.contains("type=\"password\"")
        || body.contains("type='password'")
        || body.contains("type=password")
}
