//! `POST /login`: a token for a name and a password.

use http::Request;
use http::StatusCode;
use http_body_util::BodyExt as _;
use http_body_util::Limited;
use hyper::body::Incoming;
use serde::Deserialize;
use serde_json::json;

use super::Answer;
use super::json_document;
use super::text;
use crate::lab::authorization::Authorization;
use crate::lab::users;
use crate::lab::world::World;

/// How long a body may be, in bytes.
const LIMIT: usize = 64 * 1024;

#[derive(Deserialize)]
struct Login {
    username: String,
    password: String,
}

/// 200 with `{"token":…}`; else plain text: 400 for another body, 401 for another password.
pub async fn answer(world: &World, request: Request<Incoming>) -> Answer {
    let Ok(body) = Limited::new(request.into_body(), LIMIT).collect().await else {
        let words = "the body is longer than 64 KiB, or was cut off\n";
        return text(StatusCode::BAD_REQUEST, words);
    };
    let Ok(login) = serde_json::from_slice::<Login>(&body.to_bytes()) else {
        let words = "the body is not JSON with the texts username and password\n";
        return text(StatusCode::BAD_REQUEST, words);
    };
    match users::log_in(&login.username, &login.password) {
        None => text(StatusCode::UNAUTHORIZED, "wrong user name or password\n"),
        Some(user) => {
            let authorization = Authorization::of_user(user);
            let token = world.tokens.issue(&authorization, None, world.clock.now());
            json_document(&json!({ "token": token }))
        }
    }
}
