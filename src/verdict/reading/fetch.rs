//! What came of fetching a token: what was asked of whom, and what was answered. Texts of the peer's are quoted.

use std::sync::Arc;

use time::Duration;

use crate::authenticate::CallCredential;
use crate::authenticate::call_credentials;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::Purpose;
use crate::authenticate::login_call::LoginCall;
use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::TokenFault;
use crate::connect::HandshakeReport;
use crate::evidence::CallerEvidence;
use crate::evidence::Renewed;
use crate::peer_text::PeerText;
use crate::verdict::reading::moment::span;
use crate::x509::Crls;
use crate::x509::TrustAnchors;

/// The longest text of a peer's that is repeated, in characters.
const LONGEST: usize = 300;
/// The same of a body.
const LONGEST_TEXT: usize = 200;
/// The same of a name: a key, an error's code.
const LONGEST_NAME: usize = 60;
/// Clocks that are less apart than this are taken to agree.
pub(crate) const SKEW_TOLERATED: Duration = Duration::seconds(5);

/// A token that was asked for in vain.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed<'a> {
    pub unobtained: &'a Unobtained,
    pub fault: &'a TokenFault,
    pub record: &'a FetchRecord,
}

/// The credentials that were not had, although somebody was asked.
pub(crate) fn failed(caller: &CallerEvidence) -> impl Iterator<Item = Failed<'_>> {
    caller
        .all_unobtained()
        .filter_map(|unobtained| match &unobtained.why {
            Why::Fault(failure) => Some(Failed {
                unobtained,
                fault: &failure.fault,
                record: &failure.record,
            }),
            Why::Busy | Why::Late => None,
        })
}

impl<'a> Failed<'a> {
    /// The last exchange: the one that failed.
    pub(crate) fn exchange(&self) -> Option<&'a Exchange> {
        self.record.exchanges.last()
    }

    /// Whether it is of OAuth, whose errors have registered codes.
    pub(crate) fn is_oauth(&self) -> bool {
        self.record.request.grant.is_some()
    }

    /// Whether the authorization server's metadata were asked for when it failed.
    pub(crate) fn in_discovery(&self) -> bool {
        self.exchange()
            .is_some_and(|exchange| exchange.purpose == Purpose::Discovery)
    }

    /// Whether the authorization server's metadata, which were answered, named the place that was asked last.
    pub(crate) fn is_named_by_metadata(&self) -> bool {
        let answered = |exchange: &Exchange| {
            exchange.purpose == Purpose::Discovery && exchange.head().is_some()
        };
        !self.in_discovery() && self.record.exchanges.iter().any(answered)
    }

    /// The last login RPC, if it is one that failed.
    fn call(&self) -> Option<&'a LoginCall> {
        self.record.calls.last()
    }

    /// Whom was asked: the URL, the method and its server, or where the credential comes from.
    pub(crate) fn place(&self) -> String {
        match (self.exchange(), self.call()) {
            (Some(exchange), _) => exchange.url.clone(),
            (None, Some(call)) => format!("{} at {}", call.method, call.target),
            (None, None) => self.unobtained.source.clone(),
        }
    }

    /// The host that was asked.
    pub(crate) fn host(&self) -> &'a str {
        self.address()
            .map_or(&self.unobtained.source, |(host, _)| host)
    }

    /// Host and port.
    pub(crate) fn address(&self) -> Option<(&'a str, u16)> {
        let of_call = || self.call().map(|call| (&*call.host, call.port));
        self.exchange()
            .map(|exchange| (&*exchange.host, exchange.port))
            .or_else(of_call)
    }

    /// The record of the connection that was to be asked over.
    pub(crate) fn handshake(&self) -> Option<&'a HandshakeReport> {
        match self.exchange() {
            Some(exchange) => exchange.handshake.as_ref(),
            None => self.call().map(|call| &call.handshake),
        }
    }

    /// What its chain was held against.
    pub(crate) fn held_against(&self) -> Option<(&'a Arc<TrustAnchors>, &'a Arc<Crls>)> {
        let of_call = || self.call().map(|call| (&call.anchors, &call.crls));
        self.exchange()
            .map(|exchange| (&exchange.anchors, &exchange.crls))
            .or_else(of_call)
    }

    /// `the token request to https://id.test/token`.
    pub(crate) fn request(&self) -> String {
        let place = self.place();
        let what = match self.exchange().map(|exchange| exchange.purpose) {
            Some(Purpose::Discovery) => "the request for metadata",
            Some(Purpose::Refresh) => "the refresh request",
            None if self.call().is_some() => return format!("the login {place}"),
            _ => call_credentials::of(self.unobtained.kind).request,
        };
        format!("{what} to {place}")
    }

    /// `401 Unauthorized`.
    pub(crate) fn status(&self) -> Option<String> {
        let head = self.exchange()?.head()?;
        Some(match head.reason {
            Some(reason) => format!("{} {reason}", head.status),
            None => head.status.to_string(),
        })
    }

    pub(crate) fn status_code(&self) -> Option<u16> {
        Some(self.exchange()?.head()?.status)
    }

    /// ` (HTTP 401)`, if there was an answer.
    pub(crate) fn in_brackets(&self) -> String {
        let code = self.status_code();
        code.map_or_else(String::new, |code| format!(" (HTTP {code})"))
    }

    /// The error's code.
    pub(crate) fn code(&self) -> String {
        self.fault.word().quoted(LONGEST_NAME).to_string()
    }

    /// What was answered, what was sent, and what the answer's head says beside it.
    pub(crate) fn facts(&self) -> Vec<String> {
        let mut facts = said(self.fault);
        facts.extend(self.content_type());
        facts.extend(self.sent());
        facts.extend(self.head_lines());
        if let Some(refused) = &self.record.refresh_refused {
            facts.push(format!(
                "before that, the refresh token was refused: {}",
                refused.word().quoted(LONGEST_NAME)
            ));
        }
        facts.extend(skew_in_words(self.record));
        facts
    }

    fn content_type(&self) -> Option<String> {
        // Of an error that could be read, the media type says nothing more.
        if matches!(self.fault, TokenFault::Error { .. }) {
            return None;
        }
        let head = self.exchange()?.head()?;
        let status = self.status()?;
        Some(match &head.content_type {
            Some(kind) => format!("HTTP {status}, {}", kind.quoted(LONGEST_NAME)),
            None => format!("HTTP {status}, no content-type"),
        })
    }

    /// `sent: grant_type client_credentials, client authentication none, …`; never a secret.
    pub(crate) fn sent(&self) -> Option<String> {
        let told = &self.exchange()?.told;
        let parts: Vec<String> = told
            .iter()
            .map(|(name, value)| format!("{name} {value}"))
            .collect();
        (!parts.is_empty()).then(|| format!("sent: {}", parts.join(", ")))
    }

    fn head_lines(&self) -> Vec<String> {
        let Some(head) = self.exchange().and_then(Exchange::head) else {
            return Vec::new();
        };
        let challenges = head.challenges.iter();
        let mut lines: Vec<String> = challenges
            .map(|value| format!("www-authenticate: {}", value.quoted(LONGEST)))
            .collect();
        if let Some(after) = &head.retry_after {
            lines.push(format!("retry-after: {}", after.quoted(LONGEST_NAME)));
        }
        lines
    }

    /// What the authorization server's metadata list under a name.
    pub(crate) fn listed(&self, name: &str) -> Option<Vec<&'a str>> {
        self.record.lists.as_ref()?.supported(name)
    }

    /// The same, for a line of evidence.
    pub(crate) fn listed_line(&self, name: &str) -> Option<String> {
        let listed = self.listed(name)?;
        Some(match listed.is_empty() {
            true => format!("the server lists no {name}"),
            false => format!(
                "the server lists {name}: {}",
                PeerText::from(listed.join(", "))
                    .name_among_tokens()
                    .quoted(LONGEST)
            ),
        })
    }
}

/// What a peer said in place of a token, as far as it may be told.
pub(crate) fn said(fault: &TokenFault) -> Vec<String> {
    match fault {
        TokenFault::Error { code, description } => {
            let code = code.quoted(LONGEST_NAME);
            vec![match description {
                Some(words) => format!("the server says {code}: \"{}\"", words.quoted(LONGEST)),
                None => format!("the server says {code}, and does not describe it"),
            }]
        }
        TokenFault::Status(content)
        | TokenFault::Unreadable { content, .. }
        | TokenFault::NotInAnswer { content, .. } => vec![contents(content)],
        _ => Vec::new(),
    }
}

/// A body in words, without its values.
fn contents(content: &Content) -> String {
    match content {
        Content::Empty => "the answer has no body".to_owned(),
        Content::Keys(keys) if keys.is_empty() => "the answer is an empty JSON object".to_owned(),
        Content::Keys(keys) => {
            let keys: Vec<_> = keys
                .iter()
                .map(|key| key.quoted(LONGEST_NAME).to_string())
                .collect();
            format!("top-level keys of the answer: {}", keys.join(", "))
        }
        Content::Text(text) => format!("the answer says \"{}\"", text.quoted(LONGEST_TEXT)),
        Content::Opaque(bytes) => {
            format!("the answer has {bytes} bytes, which may hold a token and are not shown")
        }
    }
}

/// `the local clock is 42 s ahead of id.test`, if it is told by the `Date` of an answer.
pub(crate) fn skew_in_words(record: &FetchRecord) -> Option<String> {
    let (exchange, skew) = skewed(record)?;
    Some(apart(&exchange.host, skew))
}

/// The last answer whose `Date` no delay explains.
pub(crate) fn skewed(record: &FetchRecord) -> Option<(&Exchange, Duration)> {
    record.exchanges.iter().rev().find_map(|exchange| {
        let skew = exchange.clock_skew()?;
        (skew.abs() > SKEW_TOLERATED).then_some((exchange, skew))
    })
}

/// The clock here against that of a host which is `skew` ahead.
pub(crate) fn apart(host: &str, skew: Duration) -> String {
    let direction = match skew.is_negative() {
        true => "ahead of",
        false => "behind",
    };
    format!(
        "the local clock is {} {direction} that of {host}",
        span(skew)
    )
}

/// What became of asking for another credential in place of the refused one.
pub(crate) fn renewal_in_words(caller: &CallerEvidence) -> Option<String> {
    let source = caller
        .credentials
        .first()
        .map(|credential| &credential.source);
    if let (Some(Renewed::Same), Some(file)) = (
        &caller.renewed,
        source.filter(|source| source.starts_with("file:")),
    ) {
        return Some(format!("{file} was read again: unchanged"));
    }
    let words = match caller.renewed.as_ref()? {
        Renewed::Another => "a first call was refused; this is the second, with a new credential",
        Renewed::Same => "a new token was requested: unchanged",
        Renewed::Unobtained(_) => "a new token was requested, and could not be obtained",
    };
    Some(words.to_owned())
}

/// Where a token came from and what was asked for with it, if it was fetched in this run.
pub(crate) fn asked_for(credential: &CallCredential) -> Option<String> {
    let record = credential.fetch.as_deref()?;
    let place = place(credential);
    let request = &record.request;
    if request.grant.is_none() {
        return Some(format!("it was fetched from {place}"));
    }
    let mut parts = Vec::new();
    if !request.scope.is_empty() {
        parts.push(format!("scope {}", request.scope.join(" ")));
    }
    let audience = request.audience.iter();
    parts.extend(audience.map(|audience| format!("audience {audience}")));
    let resources = request.resources.iter();
    parts.extend(resources.map(|resource| format!("resource {resource}")));
    Some(match parts.is_empty() {
        true => format!("it was fetched from {place} without scope, audience or resource"),
        false => format!("it was fetched from {place} for {}", parts.join(", ")),
    })
}

/// Whether the endpoint saw a client certificate when it gave the token.
pub(crate) fn certificate_shown(credential: &CallCredential) -> Option<String> {
    let exchange = credential.fetch.as_deref()?.exchanges.last()?;
    let tls = exchange.handshake.as_ref()?.tls.as_ref()?;
    let sent = tls
        .certificate_request
        .as_ref()
        .is_some_and(|request| request.sent);
    let url = &exchange.url;
    Some(match sent {
        true => format!("it was fetched from {url} with a client certificate"),
        false => format!("it was fetched from {url} without a client certificate"),
    })
}

/// Where a credential came from: the endpoint, if one was asked in this run.
pub(crate) fn place(credential: &CallCredential) -> String {
    let record = credential.fetch.as_deref();
    let exchange = record.and_then(|record| record.exchanges.last());
    let call = record.and_then(|record| record.calls.last());
    match (exchange, call) {
        (Some(exchange), _) => exchange.url.clone(),
        (None, Some(call)) => format!("{} at {}", call.method, call.target),
        (None, None) => credential.source.clone(),
    }
}

/// What was granted, by the endpoint's word.
pub(crate) fn granted(credential: &CallCredential) -> Option<Vec<&str>> {
    Some(credential.scope.as_deref()?.split_whitespace().collect())
}

/// Whether the grant can be asked for a scope or an audience.
pub(crate) fn can_ask(credential: &CallCredential) -> bool {
    let record = credential.fetch.as_deref();
    record.is_some_and(|record| record.request.grant.is_some())
}

/// The clock of the place that a credential came from, if it differs from ours.
pub(crate) fn clock_of(credential: &CallCredential) -> Option<String> {
    skew_in_words(credential.fetch.as_deref()?)
}

/// The scopes that were asked for and not granted, by the word of the endpoint or of the token itself; and
/// what was granted.
pub(crate) fn narrowed(credential: &CallCredential) -> Option<(Vec<&str>, Vec<String>)> {
    /// These are for ID tokens and for the login: an access token need not repeat them.
    const OF_THE_LOGIN: &[&str] = &["openid", "profile", "email", "offline_access"];
    let asked = &credential.fetch.as_ref()?.request.scope;
    let by_word = credential.scope.as_deref();
    let granted: Vec<String> = match by_word {
        Some(scope) => scope.split_whitespace().map(str::to_owned).collect(),
        // RFC 6749 §5.1: nothing said is "as asked", unless the token says otherwise.
        None => crate::jwt::Decoded::read(credential.secret.expose())
            .ok()?
            .scopes()
            .iter()
            .map(|scope| (*scope).to_owned())
            .collect(),
    };
    if by_word.is_none() && granted.is_empty() {
        return None;
    }
    let missing: Vec<&str> = asked
        .iter()
        .map(String::as_str)
        .filter(|scope| !granted.iter().any(|granted| granted == scope))
        .filter(|scope| by_word.is_some() || !OF_THE_LOGIN.contains(scope))
        .collect();
    (!missing.is_empty()).then_some((missing, granted))
}
