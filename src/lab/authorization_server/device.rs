//! `/device`: where the user of a device decides (RFC 8628 §3.3).

use http::StatusCode;

use super::answer::Answer;
use super::answer::text;
use super::answer::with_type;
use super::asked::Asked;
use crate::lab::authorization::Authorization;
use crate::lab::devices::Decision;
use crate::lab::users;

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>A device of the lab</title></head>\n<body><form method=\"post\"><input name=\"user_code\" placeholder=\"code\"><input name=\"username\" placeholder=\"user\"><input name=\"password\" type=\"password\"><button name=\"decision\" value=\"approve\">Yes</button><button name=\"decision\" value=\"deny\">No</button></form></body></html>\n";

/// The form. It takes nothing from the URL: a code that is filled in already is a phisher's friend.
pub(super) fn page(_: &Asked) -> Answer {
    with_type(StatusCode::OK, "text/html; charset=utf-8", PAGE)
}

/// 200 if the decision counts: `user_code`, `username`, `password`, and `decision` of approve or deny.
pub(super) fn answer(asked: &Asked) -> Answer {
    let form = match asked.form() {
        Ok(form) => form,
        Err(refusal) => return refusal.into(),
    };
    let field = |name| form.get(name).unwrap_or_default();
    let Some(user) = users::log_in(field("username"), field("password")) else {
        return text(StatusCode::UNAUTHORIZED, "wrong user name or password\n");
    };
    let decision = match field("decision") {
        "approve" => Decision::Approved(Authorization::of_user(user)),
        "deny" => Decision::Denied,
        _ => return text(StatusCode::BAD_REQUEST, "decision is approve or deny\n"),
    };
    let world = asked.world;
    if world
        .devices
        .decide(field("user_code"), decision, world.clock.now())
    {
        text(StatusCode::OK, "noted\n")
    } else {
        text(StatusCode::NOT_FOUND, "no device waits with this code\n")
    }
}
