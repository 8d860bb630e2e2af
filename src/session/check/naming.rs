//! How a cell is shown: what was sent with it, and the command that repeats it.

use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::jwt::Decoded;
use crate::plan::suite::Loaded;
use crate::report::Reporter;
use crate::suite::expand::Cell;

/// `authorization: Bearer from env:VIEWER_TOKEN (sub=viewer, exp=+59m)`; with the fingerprint where `reporter` is given, which is
/// another one in each run. What a token says of itself is its issuer's,
/// and so a peer's text.
pub(super) fn sent(
    credential: &CallCredential,
    clock: OffsetDateTime,
    reporter: Option<&Reporter>,
) -> String {
    let mut facts = Vec::new();
    if let Ok(token) = Decoded::read(credential.secret.expose()) {
        let quoted = |text: &str| {
            crate::peer_text::PeerText::from(text)
                .quoted(40)
                .to_string()
        };
        if let Some(subject) = token.subject() {
            facts.push(format!("sub={}", quoted(subject)));
        }
        if !token.scopes().is_empty() {
            facts.push(format!("scope={}", quoted(&token.scopes().join(" "))));
        }
        if let Some(end) = token.expires_at() {
            let minutes = (end - clock).whole_minutes();
            facts.push(format!("exp={minutes:+}m"));
        }
    }
    if let Some(fingerprint) =
        reporter.and_then(|reporter| reporter.fingerprint(&credential.secret))
    {
        facts.push(format!("fp={fingerprint}"));
    }
    let scheme = credential
        .scheme
        .as_ref()
        .filter(|scheme| !scheme.is_empty())
        .map(|scheme| format!("{scheme} "))
        .unwrap_or_default();
    let facts = match facts.is_empty() {
        true => String::new(),
        false => format!(" ({})", facts.join(", ")),
    };
    format!(
        "{}: {scheme}from {}{facts}",
        credential.key, credential.source
    )
}

/// The command that makes the same call.
pub(super) fn again(loaded: &Loaded, cell: &Cell, method: &str) -> String {
    let suite = &loaded.suite;
    let target = &suite.targets[cell.target];
    let mut words = vec!["grpcauth".to_owned(), "call".to_owned()];
    if loaded.is_without_file() {
        words.push(target.address.value.clone());
    } else {
        let identity = &suite.identities[cell.identity].name;
        words.extend(["--suite", &loaded.file, "--as", identity].map(str::to_owned));
        if suite.targets.len() > 1 {
            words.extend(["--suite-target".to_owned(), target.name.clone()]);
        }
    }
    words.push(method.to_owned());
    if let Some(request) = &cell.request {
        let request = serde_json::Value::Object((**request).clone());
        words.extend(["-d".to_owned(), request.to_string()]);
    }
    let line = shlex::try_join(words.iter().map(String::as_str));
    line.unwrap_or_else(|_| words.join(" "))
}
