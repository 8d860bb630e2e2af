//! `grpc.status`.

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::no_route;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::answerer::Answerer;
use crate::verdict::reading::answerer::By;
use crate::verdict::reading::answerer::Meaning;
use crate::verdict::reading::caller;
use crate::verdict::reading::moment::counted;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.status",
    layer: Layer::Grpc,
    certainty: Certainty::General,
    page: include_str!("status.md"),
    prove: Prove::Run(prove),
    yields_to: &[
        "credential.too-large",
        "credential.verifier-failed",
        "deadline.exceeded",
        "http2.too-many-pings",
        "mtls.required",
        "mtls.rejected",
    ],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    if case.call.in_reflection() || case.denial().is_some() {
        return None;
    }
    let reply = case.reply_of_server()?;
    let code = reply.status.code;
    if code == StatusCode::UNIMPLEMENTED {
        return None;
    }
    let answerer = case.answerer()?;
    let connection = match case.connection.asked.plaintext {
        true => "connection OK",
        false => "connection, TLS and HTTP/2 OK",
    };
    let mut facts = vec![format!("{connection}; {}", answerer.in_words())];
    facts.push(match case.sent().first() {
        Some(credential) => caller::in_words(credential),
        None => "no credential was sent".to_owned(),
    });
    if reply.answer.messages > 0 {
        facts.push(format!(
            "{} came before the status",
            counted(reply.answer.messages, "message")
        ));
    }
    facts.extend(reply.header_line("retry-after"));
    let (cause, hint) = match answerer.by {
        By::Proxy => by_proxy(case, code, answerer.meaning()),
        _ => in_general(case, code, answerer),
    };
    Some(Proof {
        side: (answerer.by == By::Proxy).then_some(Side::Proxy),
        cause,
        evidence: facts,
        hint,
    })
}

/// What a proxy answered by itself, and what to do about it.
fn by_proxy(case: &Case<'_>, code: StatusCode, meaning: Option<Meaning>) -> (String, String) {
    let authority = &case.connection.asked.authority;
    let method = method(case);
    let (what, hint) = match meaning {
        Some(Meaning::Upstream) => (
            "a proxy got no answer from the server behind it",
            format!(
                "ask the operator of {authority} whether the server behind the proxy is up and healthy, and whether the proxy can reach it; the connection from here to the proxy works"
            ),
        ),
        Some(Meaning::Slow) => (
            "the server behind a proxy did not answer within the time that the proxy waits",
            format!(
                "ask the operator of {authority} why the server behind the proxy is slow, and how long the proxy waits"
            ),
        ),
        Some(Meaning::Limit) => (
            "a proxy refused the call: its own limit on requests is reached",
            format!(
                "try again after a while; the limit is the proxy's, not the service's: ask the operator of {authority} for it"
            ),
        ),
        Some(Meaning::NoRoute) => (
            "a proxy has no route for this call",
            no_route(authority, method),
        ),
        Some(Meaning::Fault) => (
            "a proxy is configured to fail the call, for maintenance or a test",
            format!("ask the operator of {authority} how long the proxy is to fail calls"),
        ),
        Some(Meaning::Caller) | None => {
            let behind = match code {
                StatusCode::UNAVAILABLE => "whether the server behind it is up and healthy; ",
                _ => "",
            };
            return (
                format!("a proxy answered {code} to {method}{}", in_words(code)),
                format!(
                    "ask the operator of the proxy at {authority} {behind}its log at the time of the call says which rule or failure it was"
                ),
            );
        }
    };
    (format!("{what} ({method}: {code})"), hint)
}

/// The meaning of the code, whoever answered.
fn in_general(case: &Case<'_>, code: StatusCode, answerer: &Answerer) -> (String, String) {
    let method = method(case);
    if !answerer.may_be_proxy() {
        let cause = format!("{method} answered {code}{}", in_words(code));
        return (cause, hint(code, method));
    }
    let meant = match answerer.meaning() {
        Some(Meaning::Upstream) => {
            "; the words are those of a proxy that got no answer from the server behind it"
        }
        Some(Meaning::Slow) => {
            "; the words are those of a proxy for which the server behind it was too slow"
        }
        Some(Meaning::Limit) => "; the words are those of a proxy whose own limit is reached",
        _ => in_words(code),
    };
    (
        format!("{method} was answered {code}{meant}"),
        format!(
            "{}; the server or the proxy before it may have answered, and the operator of {} can see in the logs which",
            hint(code, method),
            case.connection.asked.authority
        ),
    )
}

/// What the specification says of a code.
fn in_words(code: StatusCode) -> &'static str {
    match code.0 {
        1 => ": the operation was cancelled on the server's side",
        2 => ": an error that the service gave no code",
        3 => ": something about the request is wrong, whatever the state of the system",
        4 => ": a deadline passed within the service; it was not the one of this call",
        5 => ": what the request names is not there, or is not shown to this caller",
        6 => ": what the request would make is there already",
        8 => ": a quota, a rate limit or some other resource is used up",
        9 => ": the system is not in the state that the operation needs",
        10 => ": the operation was aborted, as a rule by a conflict with another one",
        11 => ": a value of the request is beyond the valid range",
        13 => ": the service failed, or something between it and here",
        14 => ": the service cannot take the call now",
        15 => ": data were lost or damaged",
        _ => ", a number that gRPC does not define; its meaning is the service's own",
    }
}

fn hint(code: StatusCode, method: &str) -> String {
    match code.0 {
        3 | 6 | 9 | 11 => format!("look at the request given with -d against what {method} wants; the service's own words say what"),
        5 => "check the names in the request; some services hide what a caller may not see behind NOT_FOUND: ask its operator whether this caller may see it".to_owned(),
        8 | 14 => "try again after a while; if it stays, ask the operator whether the service and what stands behind it are healthy, and which limits apply".to_owned(),
        1 | 4 | 10 => "try again; if it stays, the service's operator finds the reason in its log at the time of the call".to_owned(),
        2 | 13 | 15 => "server-side problem: the service's operator finds the reason in its log at the time of the call".to_owned(),
        _ => format!("look the number up in the documentation of {method}"),
    }
}
