//! An assertion signed with the client's secret (RFC 7523 §2.2, HS256).

use super::Method;
use super::private_key_jwt::authenticate_by_assertion;
use crate::lab::authorization_server::assertion;
use crate::lab::oauth_clients::Proof;

pub(super) const METHOD: Method = Method {
    name: "client_secret_jwt",
    attempted: |_, form| {
        let assertion = form.get("client_assertion");
        assertion.is_some_and(assertion::is_symmetric)
    },
    authenticate: |asked, form| {
        authenticate_by_assertion(asked, form, |proof| matches!(proof, Proof::Secret(_)))
    },
};
