//! The client on its own behalf (RFC 6749 §4.4). There is no refresh token: it can ask again.

use super::Grant;
use super::Granted;
use super::authorize;
use crate::lab::authorization::Authorization;
use crate::lab::users::Role;

pub(super) const GRANT: Grant = Grant {
    grant_type: "client_credentials",
    client: None,
    answer: |asked, form, client| {
        let itself = Authorization::of(client.id, Role::Admin);
        authorize(asked, form, client, itself).map(Granted::once)
    },
};
