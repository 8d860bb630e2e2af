//! A public client: `client_id` alone (RFC 6749 §3.2.1).

use super::Method;
use super::has_proof;
use super::refused;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Proof;

pub(super) const METHOD: Method = Method {
    name: "none",
    attempted: |asked, form| {
        let client = form.get("client_id").map(oauth_clients::find);
        let by_certificate = |proof| matches!(proof, Proof::Certificate(_));
        !has_proof(asked, form)
            && client.is_some_and(|known| known.is_none_or(|it| !by_certificate(it.proof)))
    },
    authenticate: |_, form| {
        form.get("client_id")
            .and_then(oauth_clients::find)
            .filter(|client| client.proof == Proof::Nothing)
            .ok_or_else(refused)
    },
};
