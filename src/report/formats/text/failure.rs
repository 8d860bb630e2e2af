//! What went wrong: the cause, which layer said no, what it said, the fix; in this order.

mod details;

use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;
use crate::invoke::Ended;
use crate::report::Context;
use crate::report::Run;
use crate::report::formats::text::answer;
use crate::report::layout::Block;
use crate::report::opening;
use crate::report::redactor::Redactor;
use crate::text::escape;
use crate::verdict::Answerer;
use crate::verdict::By;
use crate::verdict::Finding;
use crate::verdict::Layer;

/// The longest text of a peer's that is shown.
const LONGEST: usize = 600;

/// Shorter words of a peer's may stand in a fact by chance.
const TELLING: usize = 8;

/// Tells of a failure; of a success nothing.
pub(crate) fn tell(run: &Run<'_>, context: &mut Context<'_>) {
    if run.verdict.exit.code() == 0 {
        return;
    }
    let said = who_says_so(run);
    let block = match (unhealthy(run), &run.verdict.diagnosis) {
        (Some(headline), diagnosis) => {
            let id = diagnosis.as_ref().map(|diagnosis| diagnosis.id);
            Block::error(id, headline).answered(answer(run.evidence))
        }
        (None, Some(diagnosis)) => {
            Block::error(Some(diagnosis.id), &*diagnosis.cause).answered(said)
        }
        (None, None) => Block::error(None, said),
    };
    show(block, run, context);
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
        Some(status) => format!("{service} is {status}"),
        None => format!("{service}: the server ended the stream without a serving status"),
    })
}

/// The run ended, but not as was expected.
pub(crate) fn tell_unexpected(run: &Run<'_>, context: &mut Context<'_>) {
    let expected = run.expectation.words().join(" or ");
    let headline = format!("expected {expected}, got {}", outcome(run));
    show(contradicted(headline, run), run, context);
}

/// An answer that does not settle what was expected.
pub(crate) fn tell_doubt(doubt: &str, run: &Run<'_>, context: &mut Context<'_>) {
    show(
        contradicted(format!("inconclusive: {doubt}"), run),
        run,
        context,
    );
}

/// A headline about what was expected; the cause follows it.
fn contradicted(headline: String, run: &Run<'_>) -> Block {
    let diagnosis = run.verdict.diagnosis.as_ref();
    let block = Block::error(diagnosis.map(|diagnosis| diagnosis.id), headline);
    let block = block.answered(answer(run.evidence));
    match diagnosis {
        Some(diagnosis) => block.sentence(&*diagnosis.cause),
        None => block,
    }
}

/// `OK`, or that there was none.
fn outcome(run: &Run<'_>) -> String {
    match run
        .evidence
        .call
        .last_answer()
        .map(|answer| &answer.outcome)
    {
        Some(Ended::Status { status, .. }) => status.code.to_string(),
        _ => "no gRPC status".to_owned(),
    }
}

/// Adds the facts and the fixes, and shows it all.
fn show(block: Block, run: &Run<'_>, context: &mut Context<'_>) {
    let is_terse = context.detail.verbosity == 0;
    let redactor = &*context.redactor;
    let diagnosis = run.verdict.diagnosis.as_ref();
    let evidence = diagnosis.map_or(&[][..], |diagnosis| &diagnosis.evidence);
    let told = evidence.iter().chain(diagnosis.map(|found| &found.cause));
    let told: Vec<String> = told.map(|line| opening::encoded(line, redactor)).collect();
    let words = Words::of(run.evidence, &told, redactor);
    let who = who_says_so(run);
    let mut block = block;
    if let Some(words) = &words {
        block = block.fact(words.speaker, &*words.shown);
    }
    for (line, opened) in evidence.iter().zip(&told) {
        let is_left_out = words
            .as_ref()
            .is_some_and(|words| words.are(opened) || is_terse && words.are_repeated_by(opened));
        // What stands above, in the line that says who.
        if !is_left_out && *line != who {
            block = block.evidence(line);
        }
    }
    let told = told.join("\n");
    for detail in details::of(run.evidence, redactor) {
        if !(is_terse && detail.is_told(&told)) {
            block = block.fact(&detail.label, detail.value);
        }
    }
    if let Some(diagnosis) = diagnosis {
        block = block.fix(&diagnosis.hint);
    }
    context.show(&block);
    for also in &run.verdict.also {
        context.show(&Block::also(also.id, &*also.cause).fix(&also.hint));
    }
    if let Some(diagnosis) = diagnosis {
        point_to_page(diagnosis.id, context);
    }
}

/// The message of a status, on its way into a fact of its own.
struct Words {
    speaker: &'static str,
    /// In quotation marks, if a peer wrote it.
    shown: String,
    /// The text alone, opened.
    opened: String,
}

impl Words {
    /// `None`: there is no message, or what is told already says as much.
    fn of(evidence: &Evidence, told: &[String], redactor: &Redactor) -> Option<Self> {
        let answer = evidence.call.last_answer()?;
        let Ended::Status { status, .. } = &answer.outcome else {
            return None;
        };
        let opened = opening::encoded(&status.message.to_string(), redactor);
        let is_told = || told.iter().any(|line| line.contains(&opened));
        let text = status.message.quoted(LONGEST);
        let speaker = match Answerer::of(answer)?.by {
            _ if opened.is_empty() => return None,
            By::Server => "server says",
            By::Proxy => "proxy says",
            By::LikelyProxy | By::ServerOrProxy => "answer says",
            By::Http if told.is_empty() => "response says",
            By::Local if !is_told() => "reason",
            By::Http | By::Local => return None,
        };
        // The reason is this program's own, and no quotation.
        let shown = match speaker {
            "reason" => text.to_string(),
            _ => format!("\"{text}\""),
        };
        Some(Self {
            speaker,
            shown,
            opened,
        })
    }

    /// Whether a fact is nothing but these words.
    fn are(&self, fact: &str) -> bool {
        fact.strip_prefix("the server says ")
            .is_some_and(|said| said.trim_matches('"') == self.opened)
    }

    /// Whether a fact says little beside these words.
    fn are_repeated_by(&self, fact: &str) -> bool {
        let length = self.opened.len();
        let is_most_of_it = fact.starts_with("www-authenticate: ") || length * 2 >= fact.len();
        length >= TELLING && is_most_of_it && fact.contains(&self.opened)
    }
}

/// Where to read more; once, and only where somebody reads along.
pub(crate) fn point_to_page(id: &str, context: &mut Context<'_>) {
    let style = context.aside_style();
    if style.is_of_terminal() {
        context.tell(&style.faint(&format!("grpcauth explain {id}")));
    }
}

/// The layer that said no, or who answered.
fn who_says_so(run: &Run<'_>) -> String {
    let evidence = run.evidence;
    let target = escape(&evidence.connection.asked.target);
    let layer = run.verdict.diagnosis.as_ref().map(|found| found.layer);
    let answered = evidence
        .call
        .last_answer()
        .is_some_and(|answer| matches!(answer.outcome, Ended::Status { .. }));
    let is_connected = evidence.connection.handshake.is_some();
    match layer {
        _ if answered => answer(evidence),
        _ if evidence.call.requests_sent > 0 => format!(
            "the call was cancelled after request message {}",
            evidence.call.requests_sent
        ),
        Some(Layer::Input) => "nothing was sent".to_owned(),
        Some(Layer::Credential) if !is_connected => "nothing was sent".to_owned(),
        Some(Layer::Credential) if !evidence.caller.unobtained.is_empty() => {
            format!("no credential for {target}")
        }
        Some(Layer::Network) => format!("no connection to {target}"),
        Some(Layer::Tls) => format!("no TLS connection to {target}"),
        Some(Layer::Http2) => format!("HTTP/2 error, no gRPC status from {target}"),
        Some(Layer::Reflection) if !is_connected => "no descriptor".to_owned(),
        Some(Layer::Reflection) => format!("no descriptor from {target}"),
        _ => format!("no gRPC status from {target}"),
    }
}

/// Warnings stand before the verdict, whatever it is. What they rest on, and what to do, is shown with `-v`.
pub(crate) fn tell_warnings(warnings: &[Finding], context: &mut Context<'_>) {
    for warning in warnings {
        let mut block = Block::warning(Some(warning.id), &*warning.cause);
        if context.detail.verbosity > 0 {
            let facts = warning.evidence.iter();
            block = facts.fold(block, |block, fact| block.evidence(fact));
            block = block.fix(&warning.hint);
        }
        context.show(&block);
    }
}

#[cfg(test)]
mod tests;
