//! `x-api-key`.

use tonic::Code;

use super::Finding;
use super::Shown;
use super::refusal::Refusal;
use crate::lab::users::Caller;
use crate::lab::world::World;
use crate::text::moment::rfc3339;

pub(super) fn intercept(world: &World, shown: &Shown) -> Finding {
    let Some(value) = shown.metadata.get("x-api-key") else {
        return Finding::NotSent;
    };
    let Some(key) = value.to_str().ok().and_then(|key| world.api_keys.find(key)) else {
        return Finding::Refused(refusal("API_KEY_UNKNOWN", "the API key is unknown"));
    };
    if key.expires_at <= world.clock.now() {
        let expired_at = rfc3339(key.expires_at);
        let message = format!("the API key is expired (since {expired_at})");
        return Finding::Refused(
            refusal("API_KEY_EXPIRED", &message).fact("expired_at", expired_at),
        );
    }
    Finding::Accepted(Caller {
        subject: key.owner.to_owned(),
        role: key.role(),
        authenticated_by: "x-api-key",
        expires_at: Some(key.expires_at),
        token_id: None,
    })
}

fn refusal(reason: &'static str, message: &str) -> Refusal {
    Refusal::new(Code::Unauthenticated, reason, message)
}
