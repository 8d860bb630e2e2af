//! `none`: a public client, which only says its name (RFC 6749 §3.2.1).

use crate::authenticate::client_authentication::Method;

pub(super) const METHOD: Method = Method {
    name: "none",
    summary: "a public client: its id alone",
    needs: None,
    apply: |client, _, request| {
        request.form.push(("client_id", client.id.clone()));
        Ok(())
    },
};
