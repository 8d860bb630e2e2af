//! `check` for people: what holds and what does not, a matrix, then each failure with what to do.

use crate::report::Context;
use crate::report::check::Checked;
use crate::report::check::LISTED;
use crate::report::layout::Block;
use crate::report::opening;
use crate::report::style::Style;
use crate::status::AnsweredBy;
use crate::suite::judging::Verdict;
use crate::suite::result::CellResult;
use crate::suite::result::Counts;
use crate::suite::result::Line;
use crate::suite::result::SuiteResult;
use crate::suite::source::Complaint;

/// Prints everything to standard output; what is wrong with suites, to standard error.
pub(crate) fn print(checked: &Checked<'_>, context: &mut Context<'_>) {
    for complaint in checked.complaints {
        tell(complaint, context);
    }
    for (number, suite) in checked.suites.iter().enumerate() {
        let lines = match checked.is_list {
            true => list(suite),
            false => report(suite, context.output.style),
        };
        if number > 0 && !checked.is_list {
            context.output.print("\n");
        }
        // Nobody wrote these suites' lines but to be told what is wrong with another.
        if checked.complaints.is_empty() {
            show(&lines, context);
        }
    }
    if checked.suites.len() > 1 && checked.complaints.is_empty() && !checked.is_list {
        let all = checked.suites.iter().map(SuiteResult::counts);
        let all = all.fold(Counts::default(), Counts::plus);
        show(
            &[format!("{} suites: {}", checked.suites.len(), counted(all))],
            context,
        );
    }
    context.output.flush();
}

fn show(lines: &[String], context: &mut Context<'_>) {
    for line in lines {
        let line = opening::styled(line, context.redactor);
        context.output.print(&format!("{}\n", line.trim_end()));
    }
}

/// A mistake in a suite, with the line that it stands in.
fn tell(complaint: &Complaint, context: &mut Context<'_>) {
    let block = Block::error(Some("input.usage"), complaint.to_string());
    let excerpt = complaint.excerpt.iter();
    let block = excerpt.fold(block, Block::excerpt);
    context.show(&block.fix(&complaint.hint));
}

/// `FILE:LINE METHOD as IDENTITY expected …`, a line a cell.
fn list(suite: &SuiteResult) -> Vec<String> {
    let failed = suite
        .lines
        .iter()
        .filter(|line| line.verdict == Verdict::Inconclusive);
    let failed =
        failed.map(|line| format!("{} {}: {}", place(suite, line.line), line.name, line.found));
    let cells = suite.cells.iter().map(|cell| {
        let kept = match cell.reason.as_deref() {
            Some("interrupted" | LISTED) | None => String::new(),
            Some(reason) => format!(" ({reason})"),
        };
        let expected = cell.expected.join(", ");
        let place = place(suite, cell.line);
        crate::text::escape(&format!("{place} {} expected {expected}{kept}", cell.name))
            .into_owned()
    });
    failed.chain(cells).collect()
}

fn report(suite: &SuiteResult, style: Style) -> Vec<String> {
    let mut lines = Vec::new();
    let targets: Vec<String> = suite
        .targets
        .iter()
        .map(|(name, address)| format!("{name} {address}"))
        .collect();
    lines.push(format!(
        "{}  {}  target {}",
        style.strong(&suite.name),
        suite.file,
        targets.join(", ")
    ));
    section("tls", &suite.lines, suite, style, &mut lines);
    section("credentials", &suite.credentials, suite, style, &mut lines);
    lines.extend(matrix(suite, style));
    let mut number = 0;
    for line in suite.lines.iter().chain(&suite.credentials) {
        if is_told(line.verdict) {
            number += 1;
            let name = crate::text::escape(&line.name);
            lines.push(format!("{number}) {}  {name}", place(suite, line.line)));
            lines.push(format!("   expected {}: {}", line.expected, line.found));
            lines.extend(
                line.diagnosis
                    .iter()
                    .map(|own| format!("   fix: {}", own.hint)),
            );
        }
    }
    for cell in suite.cells.iter().filter(|cell| is_told(cell.verdict)) {
        number += 1;
        lines.extend(told(number, cell, suite, style));
    }
    lines.extend(suite.notices.iter().map(|notice| format!("note: {notice}")));
    lines.push(format!(
        "{}   coverage {}/{} methods, {}/{} cells   {:.1} s",
        counted(suite.counts()),
        suite.coverage.methods_covered,
        suite.coverage.methods,
        suite.coverage.cells_covered,
        suite.coverage.cells,
        suite.duration.as_secs_f64()
    ));
    lines
}

fn is_told(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Fail | Verdict::Inconclusive)
}

fn counted(counts: Counts) -> String {
    let mut words = format!("{} checks: {} passed", counts.checks(), counts.passed);
    for (count, word) in [
        (counts.failed, "failed"),
        (counts.inconclusive, "inconclusive"),
        (counts.skipped, "skipped"),
        (counts.waived, "waived"),
    ] {
        if count > 0 {
            words.push_str(&format!(", {count} {word}"));
        }
    }
    words
}

fn section(name: &str, of: &[Line], suite: &SuiteResult, style: Style, lines: &mut Vec<String>) {
    if of.is_empty() {
        return;
    }
    lines.push(name.to_owned());
    for line in of {
        let target = match suite.targets.len() {
            1 => String::new(),
            _ => format!(" at {}", suite.targets[line.target].0),
        };
        let waived = line.waived.as_ref().map(|why| format!("  (waived: {why})"));
        lines.push(format!(
            "  {} {}{target}: {}{}  {} ms",
            mark(line.verdict, line.waived.is_some(), style),
            crate::text::escape(&line.name),
            line.found,
            waived.unwrap_or_default(),
            line.duration.as_millis()
        ));
    }
}

fn mark(verdict: Verdict, is_waived: bool, style: Style) -> String {
    match verdict {
        Verdict::Pass => style.good("✓"),
        Verdict::Fail => style.error("✗"),
        Verdict::Inconclusive => style.warning("?"),
        Verdict::Skipped if is_waived => style.warning("w"),
        Verdict::Skipped => style.faint("-"),
    }
}

/// A row for each method of a row, a column for each identity.
fn matrix(suite: &SuiteResult, style: Style) -> Vec<String> {
    let mut rows: Vec<(&CellResult, Vec<Option<&CellResult>>)> = Vec::new();
    for cell in &suite.cells {
        let fits = |(first, cells): &&mut (&CellResult, Vec<Option<&CellResult>>)| {
            first.target == cell.target
                && first.method == cell.method
                && first.row == cell.row
                && cells[cell.identity].is_none()
        };
        match rows.last_mut().filter(fits) {
            Some((_, cells)) => cells[cell.identity] = Some(cell),
            None => {
                let mut cells = vec![None; suite.identities.len()];
                cells[cell.identity] = Some(cell);
                rows.push((cell, cells));
            }
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let name = |cell: &CellResult| {
        let method = short(&cell.method);
        match cell.row {
            Some(_) => method,
            None => format!("{method} (unlisted)"),
        }
    };
    let names: Vec<String> = rows.iter().map(|(first, _)| name(first)).collect();
    let width = names
        .iter()
        .map(|name| name.chars().count())
        .max()
        .unwrap_or(0)
        + 4;
    let columns: Vec<usize> = suite
        .identities
        .iter()
        .map(|identity| identity.chars().count().max(10) + 1)
        .collect();
    let mut lines = vec![suite.identities.iter().zip(&columns).fold(
        format!("{:<width$}", "matrix"),
        |line, (identity, column)| format!("{line}{identity:<column$}"),
    )];
    for ((_, cells), name) in rows.iter().zip(&names) {
        let mut line = format!("{:<width$}", format!("  {name}"));
        for (cell, column) in cells.iter().zip(&columns) {
            let padding = column.saturating_sub(2);
            match cell {
                None => line.push_str(&" ".repeat(*column)),
                Some(cell) => {
                    let mark = mark(cell.verdict, cell.waived.is_some(), style);
                    line.push_str(&format!("{mark} {:<padding$}", word(cell)));
                }
            }
        }
        lines.push(line);
    }
    lines
}

/// `Catalog/Get`
fn short(method: &str) -> String {
    let (service, name) = method.split_once('/').unwrap_or(("", method));
    let service = service.rsplit('.').next().unwrap_or_default();
    crate::text::escape(&format!("{service}/{name}")).into_owned()
}

/// What a cell came to, in eight characters.
fn word(cell: &CellResult) -> &'static str {
    match cell.status.map(|(code, _)| code.0) {
        _ if cell.tls_refused.is_some() => "TLS",
        Some(0) => "OK",
        Some(1) => "CANCEL",
        Some(2) => "UNKNOWN",
        Some(3) => "INVALID",
        Some(4) => "DEADLINE",
        Some(5) => "NOTFND",
        Some(6) => "EXISTS",
        Some(7) => "DENIED",
        Some(8) => "EXHAUST",
        Some(9) => "PRECOND",
        Some(10) => "ABORTED",
        Some(11) => "RANGE",
        Some(12) => "UNIMPL",
        Some(13) => "INTERNAL",
        Some(14) => "UNAVAIL",
        Some(15) => "DATALOSS",
        Some(16) => "UNAUTH",
        Some(_) => "OTHER",
        None if cell.messages > 0 => "OK",
        None if cell.outcome.is_some() => "NOSTATUS",
        None => "",
    }
}

/// A cell that is not green.
fn told(number: usize, cell: &CellResult, suite: &SuiteResult, style: Style) -> Vec<String> {
    let name = crate::text::escape(&cell.name).into_owned();
    let mut lines = vec![format!(
        "{number}) {}  {}",
        place(suite, cell.line),
        style.strong(&name)
    )];
    let expected = cell.expected.join(" or ");
    let plural = if cell.messages == 1 { "" } else { "s" };
    let time = format!(
        "{} ms, {} message{plural}",
        cell.duration.as_millis(),
        cell.messages
    );
    match (&cell.reason, cell.verdict) {
        (Some(reason), Verdict::Fail) => {
            lines.push(format!("   {reason} (got {}, {time})", got(cell)))
        }
        (Some(reason), _) => lines.push(format!("   inconclusive: {reason}")),
        (None, _) => lines.push(format!(
            "   expected {expected}, got {} ({time})",
            got(cell)
        )),
    }
    if let Some(message) = &cell.message {
        lines.push(format!("   server says \"{}\"", message.quoted(200)));
    }
    if let Some(diagnosis) = &cell.diagnosis {
        lines.push(format!(
            "   {} {}",
            style.id(&format!("[{}]", diagnosis.id)),
            diagnosis.cause
        ));
    }
    lines.extend(cell.sent.iter().map(|sent| format!("   sent: {sent}")));
    lines.push(format!("   again: {}", crate::text::escape(&cell.again)));
    lines
}

fn got(cell: &CellResult) -> String {
    match (cell.status, cell.tls_refused) {
        (_, Some(id)) => format!("a refused TLS handshake, {id}"),
        (Some((code, AnsweredBy::Server)), _) => code.name(),
        (Some((code, AnsweredBy::Proxy)), _) => format!("{code} from a proxy"),
        (Some((code, AnsweredBy::Local)), _) => format!("{code}, determined locally"),
        (None, _) if cell.messages > 0 => "a message".to_owned(),
        (None, _) => "no status".to_owned(),
    }
}

/// `FILE:LINE`
fn place(suite: &SuiteResult, line: usize) -> String {
    match line {
        0 => suite.file.clone(),
        line => format!("{}:{line}", suite.file),
    }
}
