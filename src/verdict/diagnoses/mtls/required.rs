//! `mtls.required`.

use crate::status::StatusCode;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::About;
use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::client_refusal::listed;
use crate::verdict::reading::client_refusal::listed_names;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "mtls.required",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("required.md"),
    prove: Prove::Both(in_tls, prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    in_tls(&case.connection).or_else(|| by_the_service(case))
}

fn in_tls(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let refusal = connection.client_refusal()?;
    if refusal.request.sent || connection.client_certificate.is_some() {
        return None;
    }
    Some(missed(connection, &refusal, vec![refusal.sign.words()]))
}

/// The handshake was good without one, and the service says that it wants one.
fn by_the_service(case: &Case<'_>) -> Option<Proof> {
    let reply = case.reply().filter(says_no)?;
    let connection = &case.connection;
    // What a token is bound to is asked for with the token.
    let is_for_the_token = case.about() == Some(About::Binding) && !case.is_anonymous();
    if connection.certificate_sent().is_some()
        || is_for_the_token
        || !Words::of_answer(&reply).reports_missing_certificate()
    {
        return None;
    }
    let mut said = vec!["the TLS handshake was finished without one".to_owned()];
    said.extend(reply.quoted());
    if let Some(status) = reply.status_over_http() {
        said.push(format!(
            "the HTTP {status} answer says that a client certificate is missing"
        ));
    }
    let request = connection
        .tls()
        .and_then(|tls| tls.certificate_request.as_ref());
    let Some(request) = request else {
        return Some(unasked(connection, said));
    };
    if connection.client_certificate.is_some() {
        return None;
    }
    let (names, list) = (listed_names(request), listed(request));
    said.insert(0, ASKED.to_owned());
    said.push(list);
    Some(Proof {
        side: Some(Side::Client),
        cause: CAUSE.to_owned(),
        evidence: said,
        hint: hint(connection, &names),
    })
}

const CAUSE: &str = "the server requires a client certificate, and none was sent";
const ASKED: &str = "the server asked for a client certificate in the handshake";

const FAILED_PRECONDITION: StatusCode = StatusCode(9);

/// Answers in which a service says what it wants of its caller.
fn says_no(reply: &Reply<'_>) -> bool {
    match reply.status_over_http() {
        Some(status) => matches!(status, 400..=499),
        None => {
            reply.is_refusal_of_server()
                && (matches!(
                    reply.status.code,
                    StatusCode::UNAUTHENTICATED
                        | StatusCode::PERMISSION_DENIED
                        | StatusCode::UNKNOWN
                        | StatusCode::INVALID_ARGUMENT
                        | StatusCode::INTERNAL
                ) || reply.status.code == FAILED_PRECONDITION
                    || !reply.status.code.is_defined())
        }
    }
}

fn missed(
    connection: &ConnectionCase<'_>,
    refusal: &ClientRefusal<'_>,
    said: Vec<String>,
) -> Proof {
    let mut lines = vec![ASKED.to_owned()];
    lines.extend(said);
    lines.push(refusal.listed());
    Proof {
        side: Some(Side::Client),
        cause: CAUSE.to_owned(),
        evidence: lines,
        hint: hint(connection, &refusal.listed_names()),
    }
}

/// A certificate that the handshake did not ask for cannot be sent.
fn unasked(connection: &ConnectionCase<'_>, mut said: Vec<String>) -> Proof {
    if connection.asked.plaintext {
        said[0] = "the connection is plaintext, in which no certificate can be sent".to_owned();
    } else {
        said.push(
            "the server did not ask for a client certificate in the handshake, so none can be sent on this port"
                .to_owned(),
        );
    }
    if let Some(given) = &connection.client_certificate {
        said.push(format!("given, and not sent: {}", given.file.display()));
    }
    Proof {
        side: None,
        cause: "the service requires a client certificate, and the connection does not ask for one"
            .to_owned(),
        evidence: said,
        hint: format!(
            "ask the operator of {} which port asks for client certificates (a proxy that ends TLS must ask for them, and pass them on); call that one with --cert FILE --key FILE",
            connection.asked.host
        ),
    }
}

fn hint(connection: &ConnectionCase<'_>, issuers: &[String]) -> String {
    let host = &connection.asked.host;
    match issuers {
        [] => format!(
            "add --cert FILE --key FILE; the operator of {host} says which CA issues client certificates"
        ),
        [issuer, others @ ..] => format!(
            "add --cert FILE --key FILE with a client certificate from {issuer}{}; the operator of {host} issues them",
            match others {
                [] => "",
                _ => " (or another CA in that list)",
            }
        ),
    }
}
