//! `http2.goaway`.

use crate::connect::tap::GoAway;
use crate::invoke::Interruption;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;
use crate::verdict::diagnoses::http2::codes;
use crate::verdict::diagnoses::http2::codes::Scope;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.goaway",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("goaway.md"),
    prove: Prove::Both(prove_connection, prove),
    yields_to: &["http2.too-many-pings", "credential.too-large"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    if case.call.last_answer().is_none() {
        return prove_connection(&case.connection);
    }
    let ended = http2::interruption(case)?;
    let goaway = case.connection.handshake.as_ref()?.http2.goaway.as_ref()?;
    // A reset stream is told by its own code, even when a GOAWAY came along.
    if matches!(
        ended.cause,
        Interruption::Reset { .. }
            | Interruption::GoAway { by_peer: false, .. }
            | Interruption::Deadline
    ) {
        return None;
    }
    let mut facts = facts(goaway);
    facts.extend(http2::about_code(case, goaway.code));
    facts.push(http2::progress(ended.after));
    Some(Proof {
        side: Some(Side::Server),
        cause: cause(&case.connection, goaway, "before it answered"),
        evidence: facts,
        hint: http2::remedy(case, goaway.code, Scope::Connection),
    })
}

/// Of a connection over which nothing was called: an error, or a shutdown in place of SETTINGS.
fn prove_connection(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let handshake = connection.handshake.as_ref()?;
    let goaway = handshake.http2.goaway.as_ref()?;
    if goaway.code == 0 && handshake.http2.settings.is_some() {
        return None;
    }
    let mut facts = facts(goaway);
    facts.extend(http2::about_code_alone(connection, goaway.code));
    facts.push("no request had been sent".to_owned());
    Some(Proof {
        side: Some(Side::Server),
        cause: cause(connection, goaway, "before any call"),
        evidence: facts,
        hint: http2::remedy_of(connection, goaway.code, Scope::Connection),
    })
}

fn cause(connection: &ConnectionCase<'_>, goaway: &GoAway, when: &str) -> String {
    let code = codes::name(goaway.code);
    match goaway.code {
        codes::HTTP_1_1_REQUIRED => format!(
            "port {} accepts HTTP/1.1 only: the server ended the HTTP/2 connection with GOAWAY {code}",
            connection.asked.port
        ),
        _ => format!("the server ended the connection with GOAWAY {code} {when}"),
    }
}

/// The frame, and what it says besides its code.
fn facts(goaway: &GoAway) -> Vec<String> {
    let mut facts = vec![format!(
        "GOAWAY with {}, last stream {}",
        codes::name(goaway.code),
        goaway.last_stream
    )];
    if !goaway.debug.is_empty() {
        facts.push(format!("its debug data: \"{}\"", goaway.debug));
    }
    facts
}
