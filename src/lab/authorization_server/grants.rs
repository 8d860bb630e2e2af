//! What tokens are given for.
//!
//! To add a grant: a file in `grants/` and a row in [`GRANTS`].

use super::asked::Asked;
use super::audience;
use super::form::Form;
use super::refusal::Refusal;
use super::scope;
use crate::lab::authorization::Authorization;
use crate::lab::certificate;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;
use crate::lab::sessions::Opened;

mod client_credentials;
mod device_code;
mod jwt_bearer;
mod password;
mod refresh_token;
mod token_exchange;

/// One `grant_type`.
pub(super) struct Grant {
    pub grant_type: &'static str,
    /// The client by what the grant itself shows, where no authentication is needed beside it.
    pub client: Option<fn(&Asked, &Form) -> Option<&'static Client>>,
    /// # Errors
    /// As RFC 6749 §5.2 has them.
    pub answer: fn(&Asked, &Form, &'static Client) -> Result<Granted, Refusal>,
}

/// What a grant gives.
pub(super) struct Granted {
    pub authorization: Authorization,
    /// With a refresh token, if there is one.
    pub session: Option<Opened>,
    pub token_type: &'static str,
    /// For token exchange (RFC 8693 §2.2.1).
    pub issued_token_type: Option<&'static str>,
}

pub(super) const GRANTS: &[Grant] = &[
    client_credentials::GRANT,
    refresh_token::GRANT,
    password::GRANT,
    device_code::GRANT,
    token_exchange::GRANT,
    jwt_bearer::GRANT,
];

impl Grant {
    /// The last word of its name: `device_code` of `urn:ietf:params:oauth:grant-type:device_code`.
    pub(super) fn word(&self) -> &'static str {
        self.grant_type
            .rsplit_once(':')
            .map_or(self.grant_type, |(_, word)| word)
    }
}

impl Granted {
    /// An access token alone.
    fn once(authorization: Authorization) -> Self {
        Self {
            authorization,
            session: None,
            token_type: "Bearer",
            issued_token_type: None,
        }
    }

    /// An access token in a session with a refresh token.
    fn in_session(authorization: Authorization, session: Opened) -> Self {
        Self {
            session: Some(session),
            ..Self::once(authorization)
        }
    }
}

/// What `holder` has, cut to what its client may have and the request asks for.
///
/// # Errors
/// invalid_scope, invalid_target.
fn authorize(
    asked: &Asked,
    form: &Form,
    client: &'static Client,
    holder: Authorization,
) -> Result<Authorization, Refusal> {
    let both: Vec<_> = client
        .scopes
        .iter()
        .copied()
        .filter(|scope| holder.scopes.contains(scope))
        .collect();
    Ok(Authorization {
        client: Some(client.id),
        scopes: scope::granted(form.get("scope"), &both)?,
        audiences: audience::granted(form)?,
        thumbprint: bound_to(asked, client),
        ..holder
    })
}

/// The certificate of a client that authenticates with one: its tokens are bound to it.
fn bound_to(asked: &Asked, client: &Client) -> Option<String> {
    match client.proof {
        Proof::Certificate(_) => asked.peer.certificate.as_ref().map(certificate::thumbprint),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
