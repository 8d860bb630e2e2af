//! Tokens: what one is and claims, whether it is valid, and why there is none.

use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;

use crate::clock;
use crate::jwt::claims::Weight;
use crate::jwt::examination::Binding;
use crate::jwt::examination::Examination;
use crate::jwt::examination::Form;
use crate::report::Context;
use crate::report::formats::text::failure;
use crate::report::json_line;
use crate::report::layout::Block;
use crate::report::layout::wrapped;
use crate::report::style::Mark;
use crate::report::style::Style;
use crate::report::token::Failed;
use crate::report::token::Look;
use crate::report::token::words;
use crate::text::escape;
use crate::text::moment::rfc3339;
use crate::text::moment::span;

/// Claims that hold times (RFC 7519 §4.1, OpenID Connect Core §2 and §5.1).
const TIMES: [&str; 5] = ["exp", "nbf", "iat", "auth_time", "updated_at"];

/// How many tokens were removed.
pub(crate) fn cleared(count: usize) -> String {
    match count {
        0 => "no token was kept\n".to_owned(),
        1 => "1 token is forgotten\n".to_owned(),
        count => format!("{count} tokens are forgotten\n"),
    }
}

/// Why there is no token.
pub(crate) fn tell_failure(failed: &Failed<'_>, context: &mut Context<'_>) {
    let Some(diagnosis) = &failed.verdict.diagnosis else {
        return;
    };
    let block = Block::error(Some(diagnosis.id), &*diagnosis.cause);
    let facts = diagnosis.evidence.iter();
    let block = facts.fold(block, |block, fact| block.evidence(fact));
    context.show(&block.fix(&diagnosis.hint));
    failure::point_to_page(diagnosis.id, context);
}

/// What was found of a token: what it is and claims, and whether it is accepted.
pub(crate) fn page(look: &Look<'_>, style: Style) -> String {
    let found = look.examination;
    let mut text = headline(look, style).join("\n") + "\n";
    match &found.form {
        Form::Jwt(token) => {
            let header = token.header.as_object().expect("a header is an object");
            let claims = token.claims.as_object().expect("claims are an object");
            text.push_str(&listing("Header", header, look.clock, style));
            text.push_str(&listing("Claims", claims, look.clock, style));
        }
        Form::Raw { header, .. }
        | Form::Encrypted { header }
        | Form::Damaged {
            header: Some(header),
            ..
        } => text.push_str(&listing("Header", header, look.clock, style)),
        Form::Damaged { header: None, .. } | Form::Mistaken(_) | Form::Opaque { .. } => {}
    }
    text.push_str(&checks(look, style));
    text
}

/// Whether the token is good and why, then what it is. What is no JWT is told by what it is alone.
fn headline(look: &Look<'_>, style: Style) -> Vec<String> {
    let found = look.examination;
    let what = words::form(&found.form);
    let (mark, verdict) = verdict(look);
    let painted = match mark {
        Mark::Ok => style.good(verdict),
        Mark::Warn => style.warning(verdict),
        Mark::Fail => style.error(verdict),
    };
    let is_looked_into = matches!(&found.form, Form::Jwt(token) if token.signed);
    match (is_looked_into, look.judged) {
        (true, _) => {
            let why = reason(look, mark);
            let first = said(&painted, verdict, &why, style);
            let what = wrapped(&capitalised(&what), ("", ""), 2, style, str::to_owned);
            [first, what].concat()
        }
        (false, true) => said(&painted, verdict, &what, style),
        (false, false) => wrapped(&capitalised(&what), ("", ""), 2, style, |line| {
            style.strong(line)
        }),
    }
}

/// `refused: why`
fn said(painted: &str, verdict: &str, why: &str, style: Style) -> Vec<String> {
    let begin = (format!("{painted}: "), format!("{verdict}: "));
    wrapped(why, (&begin.0, &begin.1), 2, style, str::to_owned)
}

/// The verdict in a word or two: of `verify` what it decided, of `explain` what a server would.
fn verdict(look: &Look<'_>) -> (Mark, &'static str) {
    let weights = || {
        findings(look.examination)
            .into_iter()
            .map(|(weight, ..)| weight)
    };
    let refused = weights().any(|weight| weight == Weight::Refused);
    let doubtful = weights().any(|weight| weight == Weight::Doubtful);
    match (look.judged, look.examination.is_accepted()) {
        (true, true) => (Mark::Ok, "accepted"),
        (true, false) => (Mark::Fail, "refused"),
        (false, _) if refused => (Mark::Fail, "not valid"),
        (false, _) if doubtful => (Mark::Warn, "doubtful"),
        (false, _) => (Mark::Ok, "no problems found"),
    }
}

/// The finding that decides, or how long the token is good.
fn reason(look: &Look<'_>, mark: Mark) -> String {
    let decisive = match mark {
        Mark::Ok => Weight::Holds,
        Mark::Warn => Weight::Doubtful,
        Mark::Fail => Weight::Refused,
    };
    let all = findings(look.examination);
    let of_weight = || all.iter().filter(|(weight, ..)| *weight == decisive);
    match (mark, of_weight().find(|(_, of, _)| *of == "exp")) {
        (Mark::Ok, Some((_, _, text))) => text.clone(),
        (Mark::Ok, None) => words::form(&look.examination.form),
        _ => of_weight()
            .map(|(_, of, text)| format!("{of}: {text}"))
            .next()
            .unwrap_or_else(|| words::form(&look.examination.form)),
    }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn listing(
    title: &str,
    members: &Map<String, Value>,
    clock: OffsetDateTime,
    style: Style,
) -> String {
    let mut text = format!("\n{}\n", style.strong(title));
    let width = members.keys().map(|name| name.chars().count()).max();
    let width = width.unwrap_or_default().min(24);
    for (name, value) in members {
        let gap = " ".repeat(width.saturating_sub(name.chars().count()) + 2);
        let shown = json_line::line(value);
        text.push_str(&format!("  {}{gap}{}", escape(name), shown.trim_end()));
        if let Some(when) = when(name, value, clock) {
            text.push_str(&style.faint(&format!("  {when}")));
        }
        text.push('\n');
    }
    text
}

/// `2026-11-21T10:00:00Z, 3 min ago`, for a claim that holds a time.
fn when(name: &str, value: &Value, clock: OffsetDateTime) -> Option<String> {
    if !TIMES.contains(&name) {
        return None;
    }
    let time = clock::of_seconds(value.as_f64()?)?;
    let apart = time - clock;
    let words = if apart.is_negative() {
        format!("{} ago", span(-apart))
    } else {
        format!("in {}", span(apart))
    };
    Some(format!("{}, {words}", rfc3339(time)))
}

fn checks(look: &Look<'_>, style: Style) -> String {
    let found = look.examination;
    let mut lines = Vec::new();
    for (weight, of, text) in findings(found) {
        let (word, painted) = match weight {
            Weight::Holds => ("holds   ", style.good("holds   ")),
            Weight::Doubtful => ("doubtful", style.warning("doubtful")),
            Weight::Refused => ("refused ", style.error("refused ")),
        };
        let begin = (format!("  {painted}  "), format!("  {word}  "));
        let line = format!("{of}: {text}");
        lines.extend(wrapped(
            &line,
            (&begin.0, &begin.1),
            12,
            style,
            str::to_owned,
        ));
    }
    let not_verified =
        found.signature.is_none() && matches!(&found.form, Form::Jwt(token) if token.signed);
    let mut text = String::new();
    if !lines.is_empty() {
        let title = format!("At {}", rfc3339(look.clock));
        text = format!("\n{}\n{}\n", style.strong(&title), lines.join("\n"));
    }
    if not_verified {
        text.push_str(&style.faint(
            "\nThe signature was not verified: no key was given (--key, --jwk, --jwks or --issuer).\n",
        ));
    }
    text
}

/// All that was found, in the order in which it is shown.
fn findings(found: &Examination) -> Vec<(Weight, &'static str, String)> {
    let mut all = Vec::new();
    match &found.signature {
        Some(outcome) => {
            let weight = match outcome {
                Ok(_) => Weight::Holds,
                Err(_) => Weight::Refused,
            };
            all.push((weight, "signature", words::signature(outcome)));
        }
        None if matches!(&found.form, Form::Jwt(token) if !token.signed) => {
            all.push((Weight::Refused, "signature", "there is none".to_owned()));
        }
        None => {}
    }
    for check in &found.checks {
        all.push((check.finding.weight(), check.of, words::check(check)));
    }
    if let Some(binding) = &found.binding {
        let weight = match binding {
            Binding::Certificate { given: Some(_), .. } if !binding.is_broken() => Weight::Holds,
            _ if binding.is_broken() => Weight::Refused,
            _ => Weight::Doubtful,
        };
        all.push((weight, "bound", words::binding(binding)));
    }
    let warnings = words::warnings(found).into_iter();
    all.extend(warnings.map(|warning| (Weight::Doubtful, "warning", warning)));
    all
}

#[cfg(test)]
mod tests;
