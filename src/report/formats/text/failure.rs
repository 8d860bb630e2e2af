//! What went wrong: which layer said no, what it said, the cause, the cure; in this order.

use serde_json::Value;

use crate::exit_status::ExitStatus;
use crate::invoke::Ended;
use crate::report::Context;
use crate::report::Run;
use crate::report::formats::text::answer;
use crate::report::formats::text::server_words;
use crate::report::opening;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::call::redacted_details;
use crate::status::AnsweredBy;
use crate::text::escape;
use crate::verdict::Answerer;
use crate::verdict::By;
use crate::verdict::Finding;
use crate::verdict::Layer;

/// Where the diagnosis id begins on the first line, if the line is shorter.
const ID_COLUMN: usize = 78;

/// The longest text of a peer's that is shown on one line.
const LONGEST: usize = 600;

/// Tells of a failure; of a success nothing.
pub(crate) fn tell(run: &Run<'_>, context: &mut Context<'_>) {
    if run.verdict.exit.code() == 0 {
        return;
    }
    let headline = match unhealthy(run) {
        Some(headline) => headline,
        None => headline(run, context.redactor),
    };
    tell_with(&headline, run, context);
}

/// The health service answered, and not with SERVING.
fn unhealthy(run: &Run<'_>) -> Option<String> {
    if run.verdict.exit != ExitStatus::NotAsExpected {
        return None;
    }
    let service = run.evidence.asked.service.as_deref()?;
    let service = match service {
        "" => "the server as a whole".to_owned(),
        name => escape(name).into_owned(),
    };
    Some(match run.evidence.call.serving {
        Some(status) => format!("{service} is {status}, answered by the server"),
        None => format!("{service}: the server ended the stream without a serving status"),
    })
}

/// The run ended, but not as was expected.
pub(crate) fn tell_unexpected(run: &Run<'_>, context: &mut Context<'_>) {
    let headline = format!(
        "expected {}, got {}",
        run.expectation.words().join(" or "),
        answer(run.evidence, context.redactor)
    );
    tell_with(&headline, run, context);
}

/// An answer that does not settle what was expected.
pub(crate) fn tell_doubt(doubt: &str, run: &Run<'_>, context: &mut Context<'_>) {
    tell_with(&format!("inconclusive: {doubt}"), run, context);
}

fn tell_with(headline: &str, run: &Run<'_>, context: &mut Context<'_>) {
    let style = context.aside_style();
    let id = run.verdict.diagnosis.as_ref().map(|diagnosis| diagnosis.id);
    let gap = " ".repeat(
        ID_COLUMN
            .saturating_sub("error: ".len() + headline.chars().count())
            .max(2),
    );
    let mut first = format!("{} {}", style.error("error:"), style.strong(headline));
    if let Some(id) = id {
        first.push_str(&gap);
        first.push_str(&style.id(&format!("[{id}]")));
    }
    let mut lines = vec![first];
    if let Some(diagnosis) = &run.verdict.diagnosis {
        lines.extend(body(diagnosis, headline, context.redactor));
    }
    lines.extend(peer_words(run, context));
    if let Some(diagnosis) = &run.verdict.diagnosis {
        lines.push(format!(
            "{} {}",
            style.hint("hint:"),
            one_line(&diagnosis.hint, context.redactor)
        ));
    }
    for also in &run.verdict.also {
        lines.push(format!(
            "{} {}  {}",
            style.strong("also:"),
            one_line(&also.cause, context.redactor),
            style.id(&format!("[{}]", also.id))
        ));
        lines.push(format!(
            "  {} {}",
            style.hint("hint:"),
            one_line(&also.hint, context.redactor)
        ));
    }
    for line in lines {
        context.tell(&line);
    }
}

/// The cause, if the headline does not end with it, and the facts.
fn body(finding: &Finding, headline: &str, redactor: &Redactor) -> Vec<String> {
    std::iter::once(&finding.cause)
        .filter(|cause| !headline.ends_with(&one_line(cause, redactor)))
        .chain(&finding.evidence)
        .map(|line| format!("  {}", one_line(line, redactor)))
        .collect()
}

/// What the server said, and the details that came with it; what the evidence says already is left out.
fn peer_words(run: &Run<'_>, context: &Context<'_>) -> Vec<String> {
    let Some(answer) = run.evidence.call.last_answer() else {
        return Vec::new();
    };
    let Ended::Status {
        status,
        answered_by,
    } = &answer.outcome
    else {
        return Vec::new();
    };
    let told: String = run
        .verdict
        .diagnosis
        .iter()
        .flat_map(|diagnosis| &diagnosis.evidence)
        .map(|line| opening::encoded(line, context.redactor) + "\n")
        .collect();
    let mut lines = Vec::new();
    if let Some(words) = server_words(run.evidence)
        && !told.contains(&opening::encoded(&format!("\"{words}\""), context.redactor))
        && (*answered_by != AnsweredBy::Proxy || told.is_empty())
    {
        let speaker = match Answerer::of(answer).map(|answerer| answerer.by) {
            Some(By::Proxy) => "proxy",
            Some(By::LikelyProxy | By::ServerOrProxy) => "answer",
            Some(By::Http) => "http",
            Some(By::Local) => "here",
            Some(By::Server) | None => "server",
        };
        lines.push(format!("  {speaker}: \"{}\"", words.quoted(LONGEST)));
    }
    for detail in redacted_details(status, context.redactor) {
        if is_told(&detail, &told) {
            continue;
        }
        lines.push(format!(
            "  detail: {}",
            one_line(&detail.to_string(), context.redactor)
        ));
    }
    lines
}

/// Whether every value of a detail stands in the evidence.
fn is_told(detail: &Value, told: &str) -> bool {
    match detail {
        Value::String(text) => told.contains(text.as_str()),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "@type" | "domain"))
            .all(|(_, value)| is_told(value, told)),
        Value::Array(values) => values.iter().all(|value| is_told(value, told)),
        other => told.contains(&other.to_string()),
    }
}

fn one_line(text: &str, redactor: &Redactor) -> String {
    opening::first(text, LONGEST, redactor)
}

/// The layer that said no.
fn headline(run: &Run<'_>, redactor: &Redactor) -> String {
    let target = escape(&run.evidence.connection.asked.target);
    let layer = run
        .verdict
        .diagnosis
        .as_ref()
        .map(|diagnosis| diagnosis.layer);
    let answered = run
        .evidence
        .call
        .last_answer()
        .is_some_and(|answer| matches!(answer.outcome, Ended::Status { .. }));
    match layer {
        _ if answered => answer(run.evidence, redactor),
        _ if run.evidence.call.requests_sent > 0 => format!(
            "the call was cancelled after request message {}",
            run.evidence.call.requests_sent
        ),
        Some(Layer::Input) => "nothing was sent".to_owned(),
        Some(Layer::Credential) if run.evidence.connection.handshake.is_none() => {
            "nothing was sent".to_owned()
        }
        Some(Layer::Credential) if !run.evidence.caller.unobtained.is_empty() => {
            let cause = run.verdict.diagnosis.iter().map(|found| &*found.cause);
            let cause: String = cause.map(|cause| one_line(cause, redactor)).collect();
            format!("no credential for {target}: {cause}")
        }
        Some(Layer::Network) => format!("no connection to {target}"),
        Some(Layer::Tls) => format!("no TLS connection to {target}"),
        Some(Layer::Reflection) if run.evidence.connection.handshake.is_none() => {
            "no descriptor".to_owned()
        }
        Some(Layer::Reflection) => format!("no descriptor from {target}"),
        Some(layer) => format!("no gRPC status from {target}, because of {}", layer.words()),
        None => format!("no gRPC status from {target}"),
    }
}

/// Warnings stand before the verdict, whatever it is.
pub(crate) fn tell_warnings(warnings: &[Finding], context: &mut Context<'_>) {
    let style = context.aside_style();
    for warning in warnings {
        let line = format!(
            "{} {}  {}",
            style.warning("warning:"),
            one_line(&warning.cause, context.redactor),
            style.id(&format!("[{}]", warning.id))
        );
        context.tell(&line);
    }
}
