//! Discovery: OpenID Connect Discovery 1.0 §3 and RFC 8414 §2, in one document.

use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::asked::Asked;
use super::client_authentication::METHODS;
use super::grants::GRANTS;
use crate::lab::api_keys;
use crate::lab::users::Role;

/// 200 with the document.
pub(super) fn answer(asked: &Asked) -> Answer {
    let addresses = &asked.world.addresses;
    let at = |path: &str| format!("{}{path}", addresses.issuer);
    let aliased = |path: &str| format!("{}{path}", addresses.mutual);
    let methods: Vec<_> = METHODS.iter().map(|method| method.name).collect();
    let confidential: Vec<_> = methods.iter().filter(|name| **name != "none").collect();
    json_document(&json!({
        "issuer": addresses.issuer,
        "token_endpoint": at("/token"),
        "device_authorization_endpoint": at("/device_authorization"),
        "revocation_endpoint": at("/revoke"),
        "introspection_endpoint": at("/introspect"),
        "jwks_uri": at("/jwks"),
        // RFC 8705 §5
        "mtls_endpoint_aliases": {
            "token_endpoint": aliased("/token"),
            "device_authorization_endpoint": aliased("/device_authorization"),
            "revocation_endpoint": aliased("/revoke"),
            "introspection_endpoint": aliased("/introspect"),
        },
        "tls_client_certificate_bound_access_tokens": true,
        "scopes_supported": api_keys::permissions_of(Role::Admin),
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "grant_types_supported": GRANTS.iter().map(|grant| grant.grant_type).collect::<Vec<_>>(),
        "token_endpoint_auth_methods_supported": methods,
        "token_endpoint_auth_signing_alg_values_supported": ["ES256", "HS256"],
        "revocation_endpoint_auth_methods_supported": methods,
        "introspection_endpoint_auth_methods_supported": confidential,
    }))
}
