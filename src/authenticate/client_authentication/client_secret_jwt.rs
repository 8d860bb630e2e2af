//! `client_secret_jwt`: an assertion authenticated with the client secret (OpenID Connect Core §9).

use crate::authenticate::client_authentication::Method;
use crate::authenticate::client_authentication::assert;
use crate::jwt::signing::SigningKey;

pub(super) const METHOD: Method = Method {
    name: "client_secret_jwt",
    summary: "an assertion signed with the client secret (HS256)",
    needs: Some("client-secret"),
    apply: |client, attempt, request| {
        let secret = client.secret.as_ref().ok_or("there is no client secret")?;
        let key = SigningKey::read(Some("HS256"), secret).map_err(|fault| fault.to_string())?;
        assert(client, &key, attempt, request)
    },
};
