//! `private_key_jwt`: an assertion signed with the client's private key (RFC 7523 §2.2).

use crate::authenticate::client_authentication::Method;
use crate::authenticate::client_authentication::assert;

pub(super) const METHOD: Method = Method {
    name: "private_key_jwt",
    summary: "an assertion signed with --assertion-key; the default where there is one",
    needs: Some("assertion-key"),
    apply: |client, attempt, request| {
        let key = client.key.as_ref().ok_or("there is no key to sign with")?;
        assert(client, key, attempt, request)
    },
};
