//! Tokens: what one is and claims, whether it is valid, and why there is none.

use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;

use crate::clock;
use crate::jwt::claims::Weight;
use crate::jwt::examination::Binding;
use crate::jwt::examination::Form;
use crate::report::Context;
use crate::report::formats::text::failure;
use crate::report::json_line;
use crate::report::layout::Block;
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
    let mut text = headline(look, style);
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

/// What the token is; for `verify`, first whether it is accepted.
fn headline(look: &Look<'_>, style: Style) -> String {
    let what = words::form(&look.examination.form);
    match (look.judged, look.examination.is_accepted()) {
        (false, _) => format!("{}\n", style.strong(&capitalised(&what))),
        (true, true) => format!("{} {what}\n", style.good("accepted:")),
        (true, false) => format!("{} {what}\n", style.error("refused:")),
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
    let mut line = |weight: Weight, of: &str, text: String| {
        let mark = match weight {
            Weight::Holds => style.good("holds   "),
            Weight::Doubtful => style.warning("doubtful"),
            Weight::Refused => style.error("refused "),
        };
        lines.push(format!("  {mark}  {of}: {text}\n"));
    };
    match &found.signature {
        Some(outcome) => {
            let weight = match outcome {
                Ok(_) => Weight::Holds,
                Err(_) => Weight::Refused,
            };
            line(weight, "signature", words::signature(outcome));
        }
        None if matches!(&found.form, Form::Jwt(token) if !token.signed) => {
            line(Weight::Refused, "signature", "there is none".to_owned());
        }
        None => {}
    }
    for check in &found.checks {
        line(check.finding.weight(), check.of, words::check(check));
    }
    if let Some(binding) = &found.binding {
        let weight = match binding {
            Binding::Certificate { given: Some(_), .. } if !binding.is_broken() => Weight::Holds,
            _ if binding.is_broken() => Weight::Refused,
            _ => Weight::Doubtful,
        };
        line(weight, "bound", words::binding(binding));
    }
    for warning in words::warnings(found) {
        line(Weight::Doubtful, "warning", warning);
    }
    let not_verified =
        found.signature.is_none() && matches!(&found.form, Form::Jwt(token) if token.signed);
    let mut text = String::new();
    if !lines.is_empty() {
        let title = format!("At {}", rfc3339(look.clock));
        text = format!("\n{}\n{}", style.strong(&title), lines.concat());
    }
    if not_verified {
        text.push_str(&style.faint(
            "\nThe signature was not verified: no key was given (--key, --jwk, --jwks or --issuer).\n",
        ));
    }
    text
}

#[cfg(test)]
mod tests;
