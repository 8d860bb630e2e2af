//! `grpcauth handshake`, as a person reads it: top-down, a row for each phase.

use crate::report::Context;
use crate::report::Run;
use crate::report::layout::rows;
use crate::report::layout::rows::Row;
use crate::report::opening;
use crate::report::schema::v1::HandshakeRunDocument;
use crate::report::schema::v1::handshake::AddressDocument;
use crate::report::schema::v1::handshake::CertificateDocument;
use crate::report::schema::v1::handshake::HandshakeDocument;
use crate::report::schema::v1::handshake::TlsDocument;
use crate::report::style::Mark;
use crate::text::moment::counted;

/// Prints the record, whatever the outcome; the failure follows on standard error.
pub(crate) fn print(run: &Run<'_>, context: &mut Context<'_>) {
    let document = HandshakeRunDocument::new(run);
    let style = context.output.style;
    let mut text = String::new();
    let records = document.handshake.iter().chain(&document.other_addresses);
    for handshake in records {
        let mut rungs = Rungs::new(run, handshake, context.detail.verbosity > 0);
        rungs.connection();
        match &handshake.tls {
            Some(tls) => rungs.describe_tls(tls),
            None if run.evidence.connection.asked.plaintext => {
                rungs.row(
                    Some(Mark::Ok),
                    "TLS",
                    "none: plaintext, unencrypted, unverified",
                );
            }
            None => {}
        }
        rungs.http2();
        for row in &mut rungs.rows {
            row.value = opening::escaped(&row.value, context.redactor);
        }
        for line in rows::lines(&rungs.rows, style) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    if document.exit_code == 0 {
        text.push_str(&format!("{}\n", style.good("handshake OK")));
    }
    context.output.print(&text);
    context.output.flush();
}

/// The steps of one handshake, from the top down.
struct Rungs<'a> {
    rows: Vec<Row>,
    handshake: &'a HandshakeDocument,
    /// The diagnosis, if the run failed, and the warnings.
    failed: Option<&'a str>,
    warned: Vec<&'a str>,
    is_verbose: bool,
}

impl<'a> Rungs<'a> {
    fn new(run: &'a Run<'_>, handshake: &'a HandshakeDocument, is_verbose: bool) -> Self {
        let failed = run.verdict.diagnosis.as_ref().map(|found| found.id);
        let warned = run.verdict.warnings.iter().map(|found| found.id);
        Self {
            rows: Vec::new(),
            handshake,
            failed,
            warned: warned.collect(),
            is_verbose,
        }
    }

    fn row(
        &mut self,
        mark: impl Into<Option<Mark>>,
        label: &'static str,
        value: impl Into<String>,
    ) {
        self.rows.push(Row {
            mark: mark.into(),
            label,
            value: value.into(),
        });
    }

    /// How a step ended that was reached: it failed if the handshake ended there.
    fn ended_at(&self, phase: &str) -> Mark {
        match self.failed.is_some() && self.handshake.reached == phase {
            true => Mark::Fail,
            false => Mark::Ok,
        }
    }

    /// Whether the failure, or a warning, is of one of these families.
    fn mark_of(&self, families: &[&str]) -> Mark {
        let is_of = |id: &str| families.contains(&id.split('.').next().unwrap_or_default());
        if self.failed.is_some_and(is_of) {
            return Mark::Fail;
        }
        match self.warned.iter().any(|id| is_of(id)) {
            true => Mark::Warn,
            false => Mark::Ok,
        }
    }

    fn connection(&mut self) {
        for tried in &self.handshake.addresses {
            let mark = match (tried.connected, &tried.error) {
                (true, _) => Mark::Ok,
                (false, Some(_)) => Mark::Fail,
                (false, None) => Mark::Warn,
            };
            let line = format!(
                "{}, {}{}",
                tried.address,
                outcome(tried),
                time(Some(tried.elapsed_ms))
            );
            self.row(mark, "address", line);
        }
        if let Some(proxy) = &self.handshake.proxy {
            let mark = self.ended_at("proxy");
            self.row(mark, "proxy", proxy.clone());
        }
    }

    fn describe_tls(&mut self, tls: &TlsDocument) {
        if let Some(version) = &tls.version {
            let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
            let agreed = format!(
                "{version}, {}, {}, ALPN {}{}",
                or_none(&tls.cipher_suite),
                or_none(&tls.key_exchange),
                or_none(&tls.alpn),
                time(self.handshake.timings.tls_ms)
            );
            let mark = match self.mark_of(&["alpn"]) {
                Mark::Ok => self.ended_at("alpn"),
                other => other,
            };
            self.row(mark, "TLS", agreed);
        } else if tls.chain.is_empty() {
            self.row(Mark::Fail, "TLS", "no TLS version was agreed");
        }
        for (index, certificate) in tls.chain.iter().enumerate() {
            self.certificate(index, certificate);
        }
        let mark = match tls.verified {
            Some(true) => self.mark_of(CERTIFICATES),
            Some(false) => Mark::Fail,
            None => Mark::Warn,
        };
        let judged = format!("{}, for the name {}", verified(tls), tls.server_name);
        self.row(mark, "trust", judged);
        self.client(tls);
    }

    /// The client certificate: whether the server asked for one, and which was sent.
    fn client(&mut self, tls: &TlsDocument) {
        let client = &tls.client_certificate;
        if client.requested {
            let issuers = match client.acceptable_issuers.as_slice() {
                [] => "of any issuer".to_owned(),
                issuers => format!("issued by {}", issuers.join(" or ")),
            };
            let sent = match (&client.subject, client.sent) {
                (Some(subject), true) => format!("sent {subject}"),
                _ => "none sent".to_owned(),
            };
            let mark = match (self.mark_of(&["mtls"]), client.sent) {
                (Mark::Ok, false) => Mark::Warn,
                (mark, _) => mark,
            };
            let line = format!("certificate {issuers} requested; {sent}");
            self.row(mark, "client", line);
        } else if tls.version.is_some() {
            self.row(None, "client", "no certificate requested");
        }
    }

    fn certificate(&mut self, index: usize, certificate: &CertificateDocument) {
        let label = if index == 0 { "leaf" } else { "chain" };
        let subject = &certificate.subject;
        self.row(
            None,
            label,
            format!("{subject}, issued by {}", certificate.issuer),
        );
        let until = format!(
            "valid until {}, {}",
            certificate.not_after,
            left(certificate.days_left)
        );
        match (index, self.is_verbose) {
            (_, true) => {
                let from = &certificate.not_before;
                let until = &certificate.not_after;
                let left = left(certificate.days_left);
                self.row(None, "", format!("valid {from} to {until}, {left}"));
            }
            (0, false) => self.row(None, "", until),
            _ => {}
        }
        if !certificate.san.is_empty() && (index == 0 || self.is_verbose) {
            self.row(None, "", format!("names {}", certificate.san.join(", ")));
        }
        if self.is_verbose {
            let CertificateDocument {
                key,
                signature,
                sha256,
                ..
            } = certificate;
            self.row(None, "", format!("{key}, {signature}, sha256 {sha256}"));
        }
        if index == 0 {
            self.row(None, "", format!("pin {}", certificate.pin));
        }
    }

    fn http2(&mut self) {
        let Some(http2) = &self.handshake.http2 else {
            if self.handshake.reached == "http2" && self.failed.is_some() {
                self.row(Mark::Fail, "HTTP/2", "no SETTINGS from the server");
            }
            return;
        };
        let settings: Vec<String> = http2
            .settings
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        let line = match self.is_verbose {
            true => format!("SETTINGS {}", settings.join(", ")),
            false => "SETTINGS received".to_owned(),
        };
        let line = line + &time(self.handshake.timings.http2_ms);
        let mark = self.ended_at("http2");
        self.row(mark, "HTTP/2", line);
        if let Some(goaway) = &http2.goaway {
            let line = format!("GOAWAY {}: {}", goaway.name, goaway.debug);
            self.row(Mark::Fail, "", line);
        }
    }
}

/// The families of diagnoses about the server's certificates.
const CERTIFICATES: &[&str] = &[
    "time",
    "trust",
    "chain",
    "name",
    "ca",
    "cert",
    "crypto",
    "revocation",
    "pin",
    "sni",
];

/// `89 days left`, `expired 3 days ago`.
fn left(days: i64) -> String {
    let counted = counted(days.unsigned_abs(), "day");
    match days {
        0.. => format!("{counted} left"),
        _ => format!("expired {counted} ago"),
    }
}

fn time(milliseconds: Option<f64>) -> String {
    milliseconds.map_or(String::new(), |time| format!(" ({time} ms)"))
}

/// What dialling an address gave.
pub(crate) fn outcome(tried: &AddressDocument) -> &str {
    match (&tried.error, tried.connected) {
        (Some(error), _) => error,
        (None, true) => "connected",
        (None, false) => "not waited for",
    }
}

/// Whether the server's certificate was verified.
pub(crate) fn verified(tls: &TlsDocument) -> String {
    match (tls.verified, &tls.trust_anchor) {
        (Some(true), Some(anchor)) => format!("verified up to {anchor}"),
        (Some(true), None) => "verified".to_owned(),
        (Some(false), _) => "NOT verified".to_owned(),
        (None, _) => "no certificate was seen".to_owned(),
    }
}
