//! `grpcauth handshake`, as a person reads it: top-down, a row for each phase.

use crate::report::Context;
use crate::report::Run;
use crate::report::opening;
use crate::report::schema::v1::HandshakeRunDocument;
use crate::report::schema::v1::handshake::AddressDocument;
use crate::report::schema::v1::handshake::CertificateDocument;
use crate::report::schema::v1::handshake::HandshakeDocument;
use crate::report::schema::v1::handshake::TlsDocument;

/// Prints the record, whatever it came to; the failure follows on standard error.
pub(crate) fn print(run: &Run<'_>, context: &mut Context<'_>) {
    let document = HandshakeRunDocument::new(run);
    let style = context.output.style;
    let mut text = String::new();
    let records = document.handshake.iter().chain(&document.other_addresses);
    for handshake in records {
        let mut rows = Rows::default();
        connection(handshake, &mut rows);
        match &handshake.tls {
            Some(tls) => describe_tls(tls, handshake, &mut rows),
            None if run.evidence.connection.asked.plaintext => {
                rows.row("TLS", "none: plaintext, nothing is verified or hidden");
            }
            None => {}
        }
        http2(handshake, &mut rows);
        rows.row("reached", &handshake.reached);
        for (name, value) in rows.0 {
            let name = style.strong(&format!("{name:<9}"));
            let value = opening::escaped(&value, context.redactor);
            text.push_str(&format!("{name}  {value}\n"));
        }
    }
    if document.exit_code == 0 {
        text.push_str(&format!("{}\n", style.good("the handshake holds")));
    }
    context.output.print(&text);
    context.output.flush();
}

#[derive(Default)]
struct Rows(Vec<(&'static str, String)>);

impl Rows {
    fn row(&mut self, name: &'static str, value: &str) {
        self.0.push((name, value.to_owned()));
    }
}

fn time(milliseconds: Option<f64>) -> String {
    milliseconds.map_or(String::new(), |time| format!("  ({time} ms)"))
}

fn connection(handshake: &HandshakeDocument, rows: &mut Rows) {
    for tried in &handshake.addresses {
        let line = format!(
            "{}  {}{}",
            tried.address,
            outcome(tried),
            time(Some(tried.elapsed_ms))
        );
        rows.row("address", &line);
    }
    if let Some(proxy) = &handshake.proxy {
        rows.row("proxy", proxy);
    }
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
        (Some(true), Some(anchor)) => format!("verified, up to {anchor}"),
        (Some(true), None) => "verified".to_owned(),
        (Some(false), _) => "NOT verified".to_owned(),
        (None, _) => "no certificate was seen".to_owned(),
    }
}

fn describe_tls(tls: &TlsDocument, handshake: &HandshakeDocument, rows: &mut Rows) {
    if let Some(version) = &tls.version {
        let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".into());
        let agreed = format!(
            "{version}, {}, {}, ALPN {}{}",
            or_none(&tls.cipher_suite),
            or_none(&tls.key_exchange),
            or_none(&tls.alpn),
            time(handshake.timings.tls_ms)
        );
        rows.row("TLS", &agreed);
    }
    rows.row("name", &tls.server_name);
    for (index, certificate) in tls.chain.iter().enumerate() {
        describe_certificate(index, certificate, rows);
    }
    rows.row("trust", &verified(tls));
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
        rows.row(
            "client",
            &format!("a certificate {issuers} was asked for; {sent}"),
        );
    } else if tls.version.is_some() {
        rows.row("client", "no certificate was asked for");
    }
}

fn describe_certificate(index: usize, certificate: &CertificateDocument, rows: &mut Rows) {
    rows.row(
        if index == 0 { "leaf" } else { "chain" },
        &format!("{}, issued by {}", certificate.subject, certificate.issuer),
    );
    rows.row(
        "",
        &format!(
            "valid {} to {}, {} days left",
            certificate.not_before, certificate.not_after, certificate.days_left
        ),
    );
    if !certificate.san.is_empty() {
        rows.row("", &format!("names {}", certificate.san.join(", ")));
    }
    rows.row(
        "",
        &format!(
            "{}, {}, sha256 {}",
            certificate.key, certificate.signature, certificate.sha256
        ),
    );
    if index == 0 {
        rows.row("", &format!("pin {}", certificate.pin));
    }
}

fn http2(handshake: &HandshakeDocument, rows: &mut Rows) {
    let Some(http2) = &handshake.http2 else {
        return;
    };
    let settings: Vec<String> = http2
        .settings
        .iter()
        .map(|(name, value)| format!("{name} {value}"))
        .collect();
    let line = format!(
        "SETTINGS {}{}",
        settings.join(", "),
        time(handshake.timings.http2_ms)
    );
    rows.row("HTTP/2", &line);
    if let Some(goaway) = &http2.goaway {
        rows.row("", &format!("GOAWAY {}: {}", goaway.name, goaway.debug));
    }
}
