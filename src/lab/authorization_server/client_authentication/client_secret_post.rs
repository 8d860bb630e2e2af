//! `client_id` and `client_secret` in the body (RFC 6749 §2.3.1).

use super::Method;
use super::refused;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Proof;

pub(super) const METHOD: Method = Method {
    name: "client_secret_post",
    attempted: |_, form| form.get("client_secret").is_some(),
    authenticate: |_, form| {
        let secret = form.get("client_secret").unwrap_or_default();
        form.get("client_id")
            .and_then(oauth_clients::find)
            .filter(|client| matches!(client.proof, Proof::Secret(known) if known == secret))
            .ok_or_else(refused)
    },
};
