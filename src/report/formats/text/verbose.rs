//! `-v`: the handshake, what was sent, what was received, and where the time went, each as soon as it is known. `-vv`: every
//! frame-level fact.

use http::HeaderMap;

use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::login_call::LoginCall;
use crate::evidence::Description;
use crate::invoke::Ended;
use crate::report::Context;
use crate::report::Run;
use crate::report::Step;
use crate::report::formats::text::handshake::outcome;
use crate::report::formats::text::handshake::verified;
use crate::report::layout::wrapped;
use crate::report::opening;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::CallDocument;
use crate::report::schema::v1::Pair;
use crate::report::schema::v1::call::pairs;
use crate::report::schema::v1::handshake::HandshakeDocument;
use crate::report::schema::v1::handshake::TlsDocument;
use crate::report::schema::v1::milliseconds;
use crate::verdict::first_text;

/// What has been told of a run, as its stages were reached.
#[derive(Debug, Default)]
pub(crate) struct Told {
    steps: Vec<Step>,
    headers: bool,
}

impl Told {
    /// Tells of a stage that was reached. One that is reached again, with a new credential, is told again.
    pub(crate) fn reached(&mut self, step: Step, run: &Run<'_>, context: &mut Context<'_>) {
        let document = CallDocument::new(run, context.redactor);
        let mut lines = Vec::new();
        section(step, run, &document, context.redactor, &mut lines);
        self.steps.push(step);
        tell(&lines, context);
    }

    /// Tells of the response's headers.
    pub(crate) fn headers(&mut self, headers: &HeaderMap, context: &mut Context<'_>) {
        let mut lines = Vec::new();
        list("", &pairs(headers, context.redactor), &mut lines);
        self.headers = true;
        tell(&lines, context);
    }

    /// Tells the rest at the end of a run.
    pub(crate) fn end(&self, run: &Run<'_>, context: &mut Context<'_>) {
        const STEPS: [Step; 4] = [
            Step::Connected,
            Step::Authenticated,
            Step::Described,
            Step::Requested,
        ];
        let document = CallDocument::new(run, context.redactor);
        let mut lines = Vec::new();
        for step in STEPS.into_iter().filter(|step| !self.steps.contains(step)) {
            if step != Step::Requested || !run.evidence.call.attempts.is_empty() {
                section(step, run, &document, context.redactor, &mut lines);
            }
        }
        if !self.headers {
            list("", &document.headers, &mut lines);
        }
        list("trailer ", &document.trailers, &mut lines);
        if context.detail.verbosity > 1 {
            frames(run, &document, &mut lines);
        }
        if let Some(handshake) = &document.handshake {
            lines.push(format!("* reached: {}", handshake.reached));
        }
        lines.push(format!("* {}", document.timings.in_words()));
        tell(&lines, context);
    }
}

fn tell(lines: &[String], context: &mut Context<'_>) {
    let style = context.aside_style();
    for line in lines {
        let line = opening::escaped(line, context.redactor);
        for line in wrapped(&line, ("", ""), 4, style, |line| style.faint(line)) {
            context.tell(&line);
        }
    }
}

/// What is known of a stage, from the same document that JSON shows.
fn section(
    step: Step,
    run: &Run<'_>,
    document: &CallDocument,
    redactor: &Redactor,
    lines: &mut Vec<String>,
) {
    match step {
        Step::Connected => {
            if let Some(handshake) = &document.handshake {
                connection(handshake, lines);
            }
        }
        Step::Authenticated => authenticated(run, document, lines),
        Step::Described => described(run, lines),
        Step::Requested => requested(run, document, redactor, lines),
    }
}

fn connection(handshake: &HandshakeDocument, lines: &mut Vec<String>) {
    for tried in &handshake.addresses {
        lines.push(format!(
            "* {}: {} ({} ms)",
            tried.address,
            outcome(tried),
            tried.elapsed_ms
        ));
    }
    match &handshake.tls {
        Some(tls) => describe_tls(tls, lines),
        None => lines.push("* plaintext: unencrypted, unverified".into()),
    }
}

fn describe_tls(tls: &TlsDocument, lines: &mut Vec<String>) {
    let or_none = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".into());
    lines.push(format!(
        "* TLS for {}: {} {} {}, ALPN {}",
        tls.server_name,
        or_none(&tls.version),
        or_none(&tls.cipher_suite),
        or_none(&tls.key_exchange),
        or_none(&tls.alpn)
    ));
    for (index, certificate) in tls.chain.iter().enumerate() {
        lines.push(format!(
            "* certificate {index}: {}, issued by {}, valid {} to {} ({} days left), {}, {}",
            certificate.subject,
            certificate.issuer,
            certificate.not_before,
            certificate.not_after,
            certificate.days_left,
            certificate.key,
            certificate.signature
        ));
        if !certificate.san.is_empty() {
            lines.push(format!("*   names: {}", certificate.san.join(", ")));
        }
        lines.push(format!("*   sha256: {}", certificate.sha256));
    }
    lines.push(format!("* {}", verified(tls)));
    let client = &tls.client_certificate;
    if client.requested {
        lines.push(format!(
            "* client certificate: asked for (issuers: {}), {}",
            if client.acceptable_issuers.is_empty() {
                "any".to_owned()
            } else {
                client.acceptable_issuers.join("; ")
            },
            match (&client.subject, client.sent) {
                (Some(subject), true) => format!("sent {subject}"),
                _ => "none sent".to_owned(),
            }
        ));
    } else if tls.version.is_some() {
        lines.push("* client certificate: not asked for".into());
    }
}

fn frames(run: &Run<'_>, document: &CallDocument, lines: &mut Vec<String>) {
    let Some(handshake) = &run.evidence.connection.handshake else {
        return;
    };
    // Who speaks HTTP/2 is shown by its frames.
    if handshake.http2.settings.is_none() {
        lines.push(format!(
            "* {} raw bytes received; the first: {}",
            handshake.bytes_received,
            first_text(&handshake.first_bytes).quoted_octets(64)
        ));
    } else {
        let frames = &handshake.http2.frames;
        lines.extend(frames.first.iter().map(|frame| format!("* {frame}")));
        if frames.left_out > 0 {
            lines.push(format!("* {} more frames", frames.left_out));
        }
    }
    if let Some((alert, after)) = handshake.alert_received() {
        let when = if after { "after" } else { "during" };
        lines.push(format!("* alert received {when} the handshake: {alert:?}"));
    }
    if let Some(ending) = &handshake.ending {
        lines.push(format!("* the connection ended: {ending:?}"));
    }
    if let Some(failure) = &handshake.write_failure {
        lines.push(format!("* a write failed: {}", failure.text));
    }
    if let Some(http2) = document.handshake.as_ref().and_then(|h| h.http2.as_ref()) {
        for (name, value) in &http2.settings {
            lines.push(format!("* SETTINGS {name} = {value}"));
        }
        if let Some(goaway) = &http2.goaway {
            lines.push(format!(
                "* GOAWAY {} (last stream {}): \"{}\"",
                goaway.name, goaway.last_stream, goaway.debug
            ));
        }
    }
}

fn described(run: &Run<'_>, lines: &mut Vec<String>) {
    match &run.evidence.call.description {
        Description::Found { source, notes } => {
            lines.push(format!("* descriptors from {source}"));
            lines.extend(notes.iter().map(|note| format!("* {note}")));
        }
        Description::Listed(listing) => {
            lines.extend(listing.notes.iter().map(|note| format!("* {note}")));
        }
        _ => {}
    }
}

fn authenticated(run: &Run<'_>, document: &CallDocument, lines: &mut Vec<String>) {
    for credential in document.credential.iter().chain(&document.credentials) {
        let told = match (&credential.obtained, &credential.fingerprint) {
            (None, _) => "unobtained".to_owned(),
            (Some(how), print) => {
                format!("{how}, fingerprint {}", print.as_deref().unwrap_or("none"))
            }
        };
        lines.push(format!(
            "* credential: {} from {}, {told}",
            credential.kind, credential.source
        ));
    }
    for record in run.evidence.caller.fetches() {
        lines.extend(record.exchanges.iter().map(fetched));
        lines.extend(record.calls.iter().map(logged_in));
    }
}

fn requested(run: &Run<'_>, document: &CallDocument, redactor: &Redactor, lines: &mut Vec<String>) {
    if let Some(method) = &document.method {
        lines.push(format!("> POST /{method}"));
        lines.push(format!("> :authority: {}", document.authority));
        for (key, value) in &run.evidence.call.sent {
            lines.push(format!("> {key}: {}", redactor.value(value)));
        }
    }
}

/// One exchange on the way to a token; never a body.
fn fetched(exchange: &Exchange) -> String {
    let outcome = match &exchange.outcome {
        HttpOutcome::Answered(head) => format!("HTTP {}", head.status),
        HttpOutcome::Plaintext => "not sent: it would have been in the clear".to_owned(),
        HttpOutcome::NoName => "not sent: the host can stand in no certificate".to_owned(),
        HttpOutcome::NoConnection => "no connection".to_owned(),
        HttpOutcome::CutOff => "the connection ended before the answer did".to_owned(),
        HttpOutcome::NotHttp => "the answer is not HTTP/1.1".to_owned(),
        HttpOutcome::Encoded(_) => "the answer is compressed".to_owned(),
        HttpOutcome::TooLarge => "the answer is too long".to_owned(),
        HttpOutcome::Late => "no answer in time".to_owned(),
    };
    let connection = match exchange.reused {
        true => ", connection reused",
        false => "",
    };
    format!(
        "* token: {} {}: {outcome} ({} ms{connection})",
        exchange.method,
        exchange.url,
        milliseconds(exchange.took)
    )
}

/// One login RPC.
fn logged_in(call: &LoginCall) -> String {
    let outcome = match call.answer.as_ref().map(|answer| &answer.outcome) {
        Some(Ended::Status { status, .. }) => status.code.to_string(),
        Some(_) => "no status".to_owned(),
        None => "not called".to_owned(),
    };
    format!(
        "* token: {} at {}: {outcome} ({} ms)",
        call.method,
        call.target,
        milliseconds(call.took)
    )
}

fn list(title: &str, pairs: &[Pair], lines: &mut Vec<String>) {
    for (key, value) in pairs {
        lines.push(format!("< {title}{key}: {value}"));
    }
}
