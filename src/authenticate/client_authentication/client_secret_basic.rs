//! `client_secret_basic`: id and secret, each form-encoded, as Basic credentials (RFC 6749 §2.3.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::byte_serialize;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use crate::authenticate::client_authentication::Method;

pub(super) const METHOD: Method = Method {
    name: "client_secret_basic",
    summary: "id and secret as Basic credentials; the default where there is a secret",
    needs: Some("client-secret"),
    apply: |client, _, request| {
        let secret = client.secret.as_ref().ok_or("there is no client secret")?;
        // A colon, a percent sign or a plus would be read as something else: encoded first.
        let id: String = byte_serialize(client.id.as_bytes()).collect();
        let secret: String = byte_serialize(secret.expose().as_bytes()).collect();
        let encoded = STANDARD.encode(format!("{id}:{secret}"));
        let mut value =
            HeaderValue::from_str(&format!("Basic {encoded}")).expect("base64 is visible ASCII");
        value.set_sensitive(true);
        // The id is not repeated in the body: two ways at once are an error (§2.3).
        request.headers.push((AUTHORIZATION, value));
        Ok(())
    },
};
