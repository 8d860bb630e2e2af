//! `grpc.status`.

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::finding::Layer;
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
    let mut facts = vec!["connection, TLS and HTTP/2 held; the service itself answered".to_owned()];
    if case.connection.asked.plaintext {
        facts[0] = "the connection held; the service itself answered".to_owned();
    }
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
    Some(Proof {
        side: None,
        cause: format!("{} answered {code}{}", method(case), in_words(code)),
        evidence: facts,
        hint: hint(code, method(case)),
    })
}

/// What the specification says of a code.
fn in_words(code: StatusCode) -> &'static str {
    match code.0 {
        1 => ": the operation was cancelled on the server's side",
        2 => ": an error that the service gave no code",
        3 => ": something about the request is wrong, whatever the state of the system",
        4 => ": a deadline passed within the service; it was not ours",
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
        2 | 13 | 15 => "not yours to mend: the service's operator finds the reason in its log at the time of the call".to_owned(),
        _ => format!("look the number up in the documentation of {method}"),
    }
}
