//! A device whose user has decided elsewhere (RFC 8628 §3.4).

use super::Grant;
use super::Granted;
use super::bound_to;
use crate::lab::authorization::Authorization;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::devices::NotYet;
use crate::lab::oauth_clients::Client;

pub(super) const GRANT: Grant = Grant {
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
    client: None,
    answer,
};

fn answer(asked: &Asked, form: &Form, client: &'static Client) -> Result<Granted, Refusal> {
    let code = form
        .get("device_code")
        .ok_or_else(|| Refusal::invalid_request("device_code is missing"))?;
    let world = asked.world;
    let approved = world
        .devices
        .poll(code, client.id, world.clock.now())
        .map_err(refusal)?;
    let authorization = Authorization {
        client: Some(client.id),
        thumbprint: bound_to(asked, client),
        ..approved
    };
    let session = world.sessions.open(authorization.clone());
    Ok(Granted::in_session(authorization, session))
}

/// RFC 8628 §3.5.
fn refusal(not_yet: NotYet) -> Refusal {
    let (error, words) = match not_yet {
        NotYet::Unknown => ("invalid_grant", "the device code is unknown or spent"),
        NotYet::Pending => ("authorization_pending", "the user has not decided yet"),
        NotYet::TooSoon => (
            "slow_down",
            "the device polls too often; wait five seconds longer from now on",
        ),
        NotYet::Denied => ("access_denied", "the user said no"),
        NotYet::Expired => ("expired_token", "the device code is expired"),
    };
    Refusal::new(error, words)
}
