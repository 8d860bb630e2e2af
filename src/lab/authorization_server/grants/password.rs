//! A user's name and password, which the client gets to see (RFC 6749 §4.3; RFC 9700 §2.4 forbids it).

use super::Grant;
use super::Granted;
use super::authorize;
use crate::lab::authorization::Authorization;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::users;

pub(super) const GRANT: Grant = Grant {
    grant_type: "password",
    client: None,
    answer: |asked, form, client| {
        let (Some(name), Some(password)) = (form.get("username"), form.get("password")) else {
            let words = "username or password is missing";
            return Err(Refusal::invalid_request(words));
        };
        let user = users::log_in(name, password)
            .ok_or_else(|| Refusal::invalid_grant("wrong user name or password"))?;
        let authorization = authorize(asked, form, client, Authorization::of_user(user))?;
        let session = asked.world.sessions.open(authorization.clone());
        Ok(Granted::in_session(authorization, session))
    },
};
