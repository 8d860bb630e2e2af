//! An HTTP answer that is not gRPC, in words.

use crate::verdict::reading::Reply;
use crate::verdict::reading::http_meaning::json_error::JsonError;

/// The headers that tell who answered, and what is wanted.
const TELLING: &[&str] = &[
    "server",
    "via",
    "www-authenticate",
    "location",
    "retry-after",
    "allow",
    "accept-post",
    "upgrade",
];

/// The longest media type that is shown.
const LONGEST_KIND: usize = 60;
/// The longest first line of a body that is shown.
const LONGEST: usize = 120;

/// One line each: status and content type, who answered, what it wants, how its body begins.
pub(crate) fn facts(reply: &Reply<'_>, status: u16) -> Vec<String> {
    let kind = match reply.values("content-type").first() {
        Some(kind) => kind.quoted(LONGEST_KIND).to_string(),
        None => "no content type".to_owned(),
    };
    let mut facts = vec![format!(
        "the answer is HTTP {status}, {kind}, without grpc-status"
    )];
    facts.extend(TELLING.iter().filter_map(|name| reply.header_line(name)));
    if let Some(error) = JsonError::of(reply, status) {
        facts.push(error.in_words());
        return facts;
    }
    let body = reply.body();
    let quoted = |part: &str| match &reply.answer.body_excerpt {
        Some(text) => text.quoted_slice(part, &body, LONGEST).to_string(),
        None => String::new(),
    };
    match title(&body) {
        Some(title) => facts.push(format!("page title: {}", quoted(title))),
        None => facts.extend(
            body.lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .map(|line| format!("its body begins: {}", quoted(line))),
        ),
    }
    facts
}

/// The title of an HTML page.
fn title(body: &str) -> Option<&str> {
    let lower = body.to_ascii_lowercase();
    let from = lower.find("<title>")? + "<title>".len();
    let to = from + lower[from..].find('<')?;
    Some(body[from..to].trim()).filter(|title| !title.is_empty())
}
