//! The certificate of the connection, whose common name the client is registered with (RFC 8705 §2.1).

use super::Method;
use super::has_proof;
use super::refused;
use crate::lab::authorization_server::form::Form;
use crate::lab::certificate;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;

pub(super) const METHOD: Method = Method {
    name: "tls_client_auth",
    attempted: |asked, form| !has_proof(asked, form) && registered(form).is_some(),
    authenticate: |asked, form| {
        let shown = asked.peer.certificate.as_ref();
        let name = shown.and_then(certificate::common_name);
        match (registered(form), name) {
            (Some((client, common_name)), Some(shown)) if shown == common_name => Ok(client),
            _ => Err(refused()),
        }
    },
};

/// The client of the request and its common name, if it is one that shows a certificate.
fn registered(form: &Form) -> Option<(&'static Client, &'static str)> {
    let client = form.get("client_id").and_then(oauth_clients::find)?;
    match client.proof {
        Proof::Certificate(common_name) => Some((client, common_name)),
        _ => None,
    }
}
