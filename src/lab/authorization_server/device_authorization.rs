//! `POST /device_authorization`: a device asks for a code (RFC 8628 §3.1).

use serde_json::Value;
use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::asked::Asked;
use super::client_authentication;
use super::refusal::Refusal;
use super::scope;
use crate::lab::devices::INTERVAL;
use crate::lab::devices::LIFETIME;

/// 200 with the codes (RFC 8628 §3.2), else an error as of the token endpoint.
pub(super) fn answer(asked: &Asked) -> Answer {
    open(asked).map_or_else(Answer::from, |codes| json_document(&codes))
}

fn open(asked: &Asked) -> Result<Value, Refusal> {
    let form = asked.form()?;
    let client = client_authentication::authenticate(asked, &form)?;
    let scopes = scope::granted(form.get("scope"), client.scopes)?;
    let world = asked.world;
    let codes = world.devices.open(client.id, scopes, world.clock.now());
    let page = format!("{}/device", world.addresses.issuer);
    Ok(json!({
        "device_code": codes.device,
        "user_code": codes.user,
        "verification_uri": page,
        "verification_uri_complete": format!("{page}?user_code={}", codes.user),
        "expires_in": LIFETIME.whole_seconds(),
        "interval": INTERVAL.whole_seconds(),
    }))
}
