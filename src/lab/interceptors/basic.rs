//! `authorization: Basic` (RFC 7617) with a user's name and password.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use tonic::Code;

use super::Finding;
use super::Shown;
use super::refusal::Refusal;
use crate::lab::users;
use crate::lab::users::Caller;
use crate::lab::world::World;

pub(super) fn intercept(_: &World, shown: &Shown) -> Finding {
    let Some((scheme, encoded)) = shown
        .metadata
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
    else {
        return Finding::NotSent;
    };
    if !scheme.eq_ignore_ascii_case("basic") {
        return Finding::NotSent;
    }
    let decoded = STANDARD.decode(encoded.trim()).unwrap_or_default();
    let user = std::str::from_utf8(&decoded)
        .ok()
        .and_then(|text| text.split_once(':'))
        .and_then(|(name, password)| users::log_in(name, password));
    match user {
        Some(user) => Finding::Accepted(Caller {
            subject: user.name.to_owned(),
            role: user.role,
            authenticated_by: "basic",
            expires_at: None,
            token_id: None,
        }),
        None => Finding::Refused(
            Refusal::new(
                Code::Unauthenticated,
                "PASSWORD_INVALID",
                "wrong user name or password",
            )
            .challenge(r#"Basic realm="lab", charset="UTF-8""#),
        ),
    }
}
