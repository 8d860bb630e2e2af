//! `tls_client_auth`: the client certificate of the connection (RFC 8705 §2).

use crate::authenticate::client_authentication::Method;

pub(super) const METHOD: Method = Method {
    name: "tls_client_auth",
    summary: "the client certificate of the connection to the token endpoint",
    needs: Some("token-cert"),
    apply: |client, _, request| {
        request.form.push(("client_id", client.id.clone()));
        Ok(())
    },
};
