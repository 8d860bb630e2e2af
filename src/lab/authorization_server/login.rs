//! `POST /login`: a token for a name and a password; `POST /login/refresh`: the next one.

use http::StatusCode;
use serde_json::Value;
use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::answer::text;
use super::asked::Asked;
use crate::lab::authorization::Authorization;
use crate::lab::sessions::Opened;
use crate::lab::tokens::LIFETIME;
use crate::lab::users;

/// 200 with `{"token":…}`, and a refresh token beside it; else plain text: 400 for another body, 401 for
/// another password.
pub(super) fn answer(asked: &Asked) -> Answer {
    let Some([name, password]) = texts(asked, ["username", "password"]) else {
        return unreadable("username and password");
    };
    let Some(user) = users::log_in(&name, &password) else {
        return text(StatusCode::UNAUTHORIZED, "wrong user name or password\n");
    };
    let authorization = Authorization::of_user(user);
    let session = asked.world.sessions.open(authorization.clone());
    tokens(asked, &authorization, &session)
}

/// The same for `{"refresh_token":…}`, which is spent by it.
pub(super) fn refresh(asked: &Asked) -> Answer {
    let Some([refresh_token]) = texts(asked, ["refresh_token"]) else {
        return unreadable("refresh_token");
    };
    match asked.world.sessions.refresh(&refresh_token, None) {
        Ok((authorization, session)) => tokens(asked, &authorization, &session),
        Err(_) => text(
            StatusCode::UNAUTHORIZED,
            "the refresh token is unknown or spent\n",
        ),
    }
}

fn tokens(asked: &Asked, authorization: &Authorization, session: &Opened) -> Answer {
    let world = asked.world;
    let now = world.clock.now();
    json_document(&json!({
        "token": world.tokens.issue(authorization, Some(&session.id), now),
        "refresh_token": session.refresh_token,
        "expires_in": LIFETIME.whole_seconds(),
    }))
}

fn unreadable(wanted: &str) -> Answer {
    let words = format!("the body is neither JSON nor a form with the texts {wanted}\n");
    text(StatusCode::BAD_REQUEST, words)
}

/// These texts of a body: of a form, if it says to be one, else of JSON.
fn texts<const N: usize>(asked: &Asked, names: [&str; N]) -> Option<[String; N]> {
    let found: Vec<String> = match asked.form() {
        Ok(form) => names
            .iter()
            .filter_map(|name| form.get(name).map(str::to_owned))
            .collect(),
        Err(_) => {
            let object: Value = serde_json::from_slice(asked.request.body()).ok()?;
            names
                .iter()
                .filter_map(|name| object[*name].as_str().map(str::to_owned))
                .collect()
        }
    };
    found.try_into().ok()
}
