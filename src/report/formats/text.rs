//! `text`: messages on standard output, everything else on standard error, for people.

pub(crate) mod check;
pub(crate) mod failure;
pub(crate) mod handshake;
pub(crate) mod lab;
pub(crate) mod listing;
pub(crate) mod pages;
pub(crate) mod token;
pub(crate) mod verbose;

use std::collections::BTreeMap;

use crate::evidence::Aim;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::invoke::Ended;
use crate::invoke::json::Layout;
use crate::peer_text::PeerText;
use crate::report::Context;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::Product;
use crate::report::Run;
use crate::report::formats::Row;
use crate::report::formats::text::verbose::Told;
use crate::report::layout::Block;
use crate::report::output::Output;
use crate::report::schema::v1::LabDocument;
use crate::text::escape;
use crate::verdict::Answerer;

pub(crate) const ROW: Row = Row {
    name: "text",
    summary: "messages as JSON on standard output, everything else on standard error",
    layout: Layout::Pretty,
    renderer: || Box::new(Text::default()),
};

/// What has been told of the runs that go on.
#[derive(Debug, Default)]
struct Text {
    told: BTreeMap<Origin, Told>,
}

impl Format for Text {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context<'_>) {
        let is_verbose = context.detail.verbosity > 0;
        match event {
            Event::Notice(text) => notice(text, context),
            Event::Reached(step, run) if is_verbose => {
                let told = self.told.entry(origin).or_default();
                told.reached(*step, run, context);
            }
            Event::Headers(headers) if is_verbose => {
                let told = self.told.entry(origin).or_default();
                told.headers(headers, context);
            }
            Event::Reached(..) | Event::Headers(_) => {}
            Event::Serving(status) => {
                context.output.print(&format!("status: {status}\n"));
                context.output.flush();
            }
            // That it was stopped is told where it was.
            Event::Interrupted(run) => {
                context.output.flush();
                let told = self.told.remove(&origin).unwrap_or_default();
                if is_verbose && run.evidence.asked.aim != Aim::Handshake {
                    told.end(run, context);
                }
            }
            Event::Finished(run) => {
                // What was received stands before what is said about it.
                context.output.flush();
                let told = self.told.remove(&origin).unwrap_or_default();
                finish(run, &told, context);
            }
            Event::Produced(product) => produced(product, context),
            Event::Page(page) => {
                let text = pages::text(page, context.output.style);
                context.output.print(&text);
                context.output.flush();
            }
        }
    }

    fn message(&mut self, _: Origin, json: &str, output: &mut Output) {
        output.print(json);
        output.print("\n");
    }
}

fn notice(text: &str, context: &mut Context<'_>) {
    if !context.detail.quiet {
        context.show(&Block::note(text));
    }
}

fn produced(product: &Product<'_>, context: &mut Context<'_>) {
    let style = context.output.style;
    let text = match product {
        Product::Examined(look) => token::page(look, style),
        Product::Obtained(obtained) => {
            if !context.detail.quiet {
                failure::tell_warnings(obtained.warnings, context);
            }
            format!("{}\n", obtained.credential.secret.expose())
        }
        Product::Cleared { tokens } => token::cleared(*tokens),
        Product::Minted(minted) => format!("{}\n", minted.token),
        Product::Failed(failed) => return token::tell_failure(failed, context),
        Product::Lab(lab) => {
            let document = LabDocument::new(lab);
            match lab.open && context.detail.verbosity == 0 {
                true => lab::overview(&document, style),
                false => lab::table(&document, style),
            }
        }
        Product::Checked(checked) => return check::print(checked, context),
    };
    context.output.print(&text);
    context.output.flush();
}

fn finish(run: &Run<'_>, told: &Told, context: &mut Context<'_>) {
    if let Description::Listed(listing) = &run.evidence.call.description {
        listing::print(listing, context);
    }
    if run.evidence.asked.aim == Aim::Handshake {
        handshake::print(run, context);
    } else if context.detail.verbosity > 0 {
        told.end(run, context);
    }
    if !context.detail.quiet {
        failure::tell_warnings(&run.verdict.warnings, context);
    }
    if let Some(doubt) = &run.verdict.doubt {
        return failure::tell_doubt(doubt, run, context);
    }
    match run.verdict.met {
        Some(true) => tell_expected(run, context),
        Some(false) => failure::tell_unexpected(run, context),
        None => failure::tell(run, context),
    }
}

/// A refusal that was expected is good news, on one line.
fn tell_expected(run: &Run<'_>, context: &mut Context<'_>) {
    if context.detail.quiet {
        return;
    }
    let mut line = answer(run.evidence);
    if let Some(said) = server_words(run.evidence) {
        line.push_str(&format!(": \"{said}\""));
    }
    context.show(&Block::expected(line));
}

/// `UNAUTHENTICATED (16) from orders.v1.Orders/Get, answered by the server`.
fn answer(evidence: &Evidence) -> String {
    let method = match (&evidence.asked.method, evidence.call.in_reflection()) {
        (_, true) => "reflection".to_owned(),
        (Some(method), false) => escape(method).into_owned(),
        (None, false) => escape(&evidence.connection.asked.target).into_owned(),
    };
    let last = evidence.call.last_answer();
    match last.and_then(|answer| Some((&answer.outcome, Answerer::of(answer)?))) {
        Some((Ended::Status { status, .. }, answerer)) => {
            let code = status.code;
            format!("{code} ({}) from {method}, {answerer}", code.0)
        }
        _ => format!("no gRPC status from {method}"),
    }
}

/// The peer's own words; `None` if it said nothing.
fn server_words(evidence: &Evidence) -> Option<&PeerText> {
    match &evidence.call.last_answer()?.outcome {
        Ended::Status { status, .. } if !status.message.is_empty() => Some(&status.message),
        _ => None,
    }
}
