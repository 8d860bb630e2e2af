//! `KEY=VALUE` lines, as git's credential helpers print them (git-credential(1), INPUT/OUTPUT FORMAT).

use super::ExecToken;
use super::Fault;
use super::expiry;
use super::secret;
use super::shown;

/// The keys of the format. A token may have `=` inside, so nothing else begins such an output.
const KEYS: &[&str] = &[
    "protocol",
    "host",
    "path",
    "url",
    "username",
    "password",
    "password_expiry_utc",
    "oauth_refresh_token",
    "authtype",
    "credential",
    "ephemeral",
    "continue",
    "capability[]",
    "state[]",
    "wwwauth[]",
    "quit",
];

/// Whether the first line is one of these.
pub(super) fn begins(text: &str) -> bool {
    let first = text.lines().next().and_then(|line| line.split_once('='));
    first.is_some_and(|(key, _)| KEYS.contains(&key))
}

pub(super) fn parse(text: &str) -> Result<ExecToken, Fault> {
    let mut token = ExecToken::default();
    let mut keys = Vec::new();
    // An empty line ends it.
    for line in text.lines().take_while(|line| !line.is_empty()) {
        let (key, value) = line.split_once('=').ok_or(Fault::SeveralLines)?;
        keys.push(key);
        match key {
            "username" => token.username = Some(value.to_owned()),
            "password" => token.secret = Some(secret("password", value)?),
            "credential" => token.secret = Some(secret("credential", value)?),
            "oauth_refresh_token" => {
                token.refresh_token = Some(secret("oauth_refresh_token", value)?);
            }
            "password_expiry_utc" => match expiry::unix(value) {
                None => token.unread_expiry = Some("password_expiry_utc"),
                read => token.expiry = read,
            },
            "quit" if matches!(value, "1" | "true") => return Err(Fault::Quit),
            _ => {}
        }
    }
    if token.secret.is_none() {
        return Err(Fault::NoSecret { keys: shown(keys) });
    }
    if keys.contains(&"password") && keys.contains(&"credential") {
        return Err(Fault::Ambiguous("password", "credential"));
    }
    Ok(token)
}
