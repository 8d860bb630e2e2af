//! `client_secret_post`: id and secret among the form's fields (RFC 6749 §2.3.1).

use crate::authenticate::client_authentication::Method;

pub(super) const METHOD: Method = Method {
    name: "client_secret_post",
    summary: "id and secret in the request's body",
    needs: Some("client-secret"),
    apply: |client, _, request| {
        let secret = client.secret.as_ref().ok_or("there is no client secret")?;
        request.form.push(("client_id", client.id.clone()));
        request
            .form
            .push(("client_secret", secret.expose().to_owned()));
        Ok(())
    },
};
