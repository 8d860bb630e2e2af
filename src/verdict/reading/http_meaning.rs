//! What an HTTP answer that is not gRPC means: by its form, or else by its status. A row for each kind.

pub(crate) mod bodies;
pub(crate) mod json_error;
mod statuses;

use crate::verdict::case::Case;
use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;
use crate::verdict::reading::http_meaning::json_error::Dialect;
use crate::verdict::reading::http_meaning::json_error::JsonError;
use crate::verdict::reading::metadata_size;

/// The meaning of one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub side: Option<Side>,
    pub cause: String,
    /// Facts of the request or the connection that the meaning is about.
    pub facts: Vec<String>,
    pub hint: String,
}

/// The meaning of `reply`, whose HTTP status is `status`.
pub(crate) fn of(case: &Case<'_>, reply: &Reply<'_>, status: u16) -> Meaning {
    let (side, cause, hint) = match JsonError::of(reply, status) {
        Some(error) => (None, of_json(error.dialect), JSON_HINT),
        _ => row(reply, status),
    };
    let mut facts = Vec::new();
    if hint.contains("{size}") {
        facts.push(metadata_size::in_words(case));
    }
    if hint.contains("{names}") {
        facts.push(names(case));
    }
    Meaning {
        side,
        cause: fill(cause, case, reply, status),
        facts,
        hint: fill(hint, case, reply, status),
    }
}

const JSON_HINT: &str = "the status in the body is the answer to the request; for an answer in gRPC, call the port of the gRPC server itself, or have content-type application/grpc passed through to it unchanged, over HTTP/2";

fn of_json(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Connect => {
            "the server answered in the Connect protocol, not in gRPC (HTTP {status})"
        }
        Dialect::Transcoder => {
            "a gateway from REST to gRPC answered, not a gRPC server (HTTP {status})"
        }
    }
}

fn row(reply: &Reply<'_>, status: u16) -> (Option<Side>, &'static str, &'static str) {
    if let Some(row) = bodies::ROWS.iter().find(|row| (row.fits)(reply, status)) {
        return (row.side, row.cause, row.hint);
    }
    let row = statuses::ROWS
        .iter()
        .find(|row| row.statuses.contains(&status))
        .expect("the last row has every status");
    (row.side, row.cause, row.hint)
}

/// What to call a gateway: by its `server` header if there is one.
pub(crate) fn gateway(reply: &Reply<'_>) -> String {
    named("a gateway", reply)
}

fn named(what: &str, reply: &Reply<'_>) -> String {
    match reply.values("server").first() {
        Some(name) if !name.for_judging().trim().is_empty() => format!("{what} ({name})"),
        _ => what.to_owned(),
    }
}

/// The placeholders of a row. What the peer wrote goes in last, so that nothing in it is one.
fn fill(text: &str, case: &Case<'_>, reply: &Reply<'_>, status: u16) -> String {
    let asked = &case.connection.asked;
    let mut filled = text
        .replace("/{method}", &path(case))
        .replace("{host}", &asked.host)
        .replace("{port}", &asked.port.to_string())
        .replace("{authority}", &asked.authority)
        .replace("{status}", &status.to_string())
        .replace("{size}", &metadata_size::sent(case).to_string());
    for (placeholder, value) in [
        ("{names}", rename as fn(&Case<'_>) -> String),
        ("{tls}", use_tls),
    ] {
        if filled.contains(placeholder) {
            filled = filled.replace(placeholder, &value(case));
        }
    }
    if filled.contains("{location}") {
        filled = filled.replace("{location}", &follow(case, reply));
    }
    // Below 500 it may be a server of any kind.
    let name = named(
        if status < 500 {
            "the HTTP server"
        } else {
            "a gateway"
        },
        reply,
    );
    filled.replace("{name}", &name)
}

/// The path whose answer this is, if one is known.
fn path(case: &Case<'_>) -> String {
    match case.called() {
        named if named.contains('/') => format!("/{named}"),
        unnamed => unnamed.to_owned(),
    }
}

/// The two names of a request, which HTTP 421 compares.
fn names(case: &Case<'_>) -> String {
    let authority = &case.connection.asked.authority;
    match case.connection.tls() {
        Some(tls) => format!(
            "the :authority was {authority}, the name in the TLS handshake {}",
            tls.server_name
        ),
        None => format!("the :authority was {authority}, without TLS"),
    }
}

/// What to do about a misdirected request.
fn rename(case: &Case<'_>) -> String {
    let asked = &case.connection.asked;
    let host = asked
        .authority
        .rsplit_once(':')
        .map_or(&*asked.authority, |(host, _)| host);
    match case.connection.tls() {
        Some(tls) if !tls.server_name.eq_ignore_ascii_case(host) => format!(
            "make --servername and --authority name the same host: they are {} and {}",
            tls.server_name, asked.authority
        ),
        _ => format!(
            "use the name that the server is set up for: --authority HOST; the operator of {} knows it",
            asked.host
        ),
    }
}

/// What to do about a request that reached a TLS port without TLS.
fn use_tls(case: &Case<'_>) -> String {
    match case.connection.asked.plaintext {
        true => "remove --plaintext: the port speaks TLS".to_owned(),
        false => format!(
            "server-side problem: a proxy before {} speaks plaintext to a TLS port behind it; its operator must turn on TLS towards that port",
            case.connection.asked.authority
        ),
    }
}

/// What to do about a redirect.
fn follow(case: &Case<'_>, reply: &Reply<'_>) -> String {
    let asked = &case.connection.asked;
    let Some(line) = reply.header_line("location") else {
        return format!(
            "ask the operator of {} where the gRPC server is",
            asked.authority
        );
    };
    let location = reply.values("location");
    let is_of_tls = location.first().is_some_and(|location| {
        let location = location.for_judging().to_ascii_lowercase();
        let host = asked.host.to_ascii_lowercase();
        location
            .strip_prefix("https://")
            .is_some_and(|place| place.starts_with(&host))
    });
    match asked.plaintext && is_of_tls {
        true => format!(
            "remove --plaintext and call the port that speaks TLS: it redirects there ({line})"
        ),
        false => format!(
            "call where it points to ({line}), if that is a gRPC server; else the operator of {} must route gRPC past the redirect",
            asked.authority
        ),
    }
}
