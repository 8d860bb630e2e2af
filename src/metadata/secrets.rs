//! Which metadata is secret, and what in it.

use base64::Engine as _;
use http::header::HeaderName;
use http::header::HeaderValue;

use super::LENIENT;
use crate::secret::Secret;

/// Keys whose values are secret, `-bin` and case apart.
const NAMES: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "authentication",
    "cookie",
    "set-cookie",
    "dpop",
    "x-apikey",
    "apikey",
    "x-session-id",
    "x-xsrf",
    "x-ms-client-principal",
    "x-forwarded-client-cert",
];

/// What such keys begin with.
const PREFIXES: &[&str] = &["x-auth-", "x-authorization", "x-forwarded-authorization"];

/// What such keys end with: x-api-key, x-goog-api-key, x-vault-token, private-token, x-amz-security-token, x-access-token,
/// x-csrf-token, x-goog-iam-authorization-token, ocp-apim-subscription-key, x-id-jwt.
const ENDINGS: &[&str] = &[
    "token",
    "secret",
    "password",
    "passwd",
    "passphrase",
    "jwt",
    "assertion",
    "credential",
    "credentials",
    "authorization",
    "key",
];

/// What ends so and is a name, a place or a public thing.
const NOT_SECRET: &[&str] = &[
    "idempotency-key",
    "partition-key",
    "routing-key",
    "sharding-key",
    "shard-key",
    "ordering-key",
    "sort-key",
    "cache-key",
    "surrogate-key",
    "public-key",
    "page-token",
    "continuation-token",
];

/// Whether a key's value is a secret by its name. What is, is treated alike everywhere: masked wherever it is shown, refused
/// over plaintext, withheld from a server that is not verified, and bound to a profile's hosts.
pub(crate) fn is_secret(key: &HeaderName) -> bool {
    let name = key.as_str();
    let name = name.strip_suffix("-bin").unwrap_or(name);
    let ends_with_one = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    NAMES.contains(&name)
        || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
        || (ends_with_one(ENDINGS) && !ends_with_one(NOT_SECRET))
}

/// Makes secrets of a value and of what it consists of: what follows a scheme, the name and password of Basic, each cookie.
/// A server may echo any of them alone.
pub(super) fn hide(key: &HeaderName, value: &HeaderValue) {
    let text = String::from_utf8_lossy(value.as_bytes());
    let _ = Secret::new(text.trim());
    if key.as_str().ends_with("cookie") {
        for cookie in text.split(';') {
            let (_, value) = cookie.split_once('=').unwrap_or(("", cookie));
            let _ = Secret::new(value.trim().trim_matches('"'));
        }
        return;
    }
    let Some((scheme, credentials)) = text.trim().split_once(' ') else {
        return;
    };
    let credentials = credentials.trim();
    let _ = Secret::new(credentials);
    if scheme.eq_ignore_ascii_case("basic")
        && let Some(pair) = LENIENT.decode(credentials).ok()
        && let Ok(pair) = String::from_utf8(pair)
    {
        let _ = Secret::new(credentials.trim_end_matches('='));
        if let Some((_, password)) = pair.split_once(':') {
            let _ = Secret::new(password);
        }
        let _ = Secret::new(pair);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_list_says_what_is_secret() {
        for (names, expected) in [
            (
                "authorization proxy-authorization cookie set-cookie dpop x-api-key api-key apikey x-goog-api-key \
                 x-goog-iam-authorization-token x-vault-token private-token x-amz-security-token x-auth-token x-auth-user \
                 x-auth-request-access-token x-access-token x-csrf-token x-xsrf-token token x-tenant-key my-secret \
                 x-password x-id-jwt x-goog-iap-jwt-assertion x-token-bin ocp-apim-subscription-key x-credentials",
                true,
            ),
            (
                "x-request-id x-tenant traceparent user-agent idempotency-key x-partition-key x-page-token \
                 x-authority x-tokens-left x-keyspace accept x-goog-user-project",
                false,
            ),
        ] {
            for name in names.split_ascii_whitespace() {
                assert_eq!(
                    is_secret(&HeaderName::from_static(name)),
                    expected,
                    "{name}"
                );
            }
        }
    }

    #[test]
    fn what_a_value_consists_of_is_secret_too() {
        for (key, value, parts) in [
            ("authorization", "Bearer abc", "Bearer abc|abc"),
            (
                "authorization",
                "Basic bWU6cHc=",
                "Basic bWU6cHc=|bWU6cHc=|bWU6cHc|me:pw|pw",
            ),
            ("authorization", "Basic not/base64?", "not/base64?"),
            ("x-key", "  a b ", "a b"),
            (
                "cookie",
                "session=s1; theme=\"t2\"",
                "session=s1; theme=\"t2\"|s1|t2",
            ),
        ] {
            let count = Secret::known_after(0).len();
            let key = HeaderName::from_static(key);
            hide(&key, &HeaderValue::from_static(value));
            let known = Secret::known_after(0);
            for part in parts.split('|') {
                assert!(
                    known.iter().any(|one| one.expose() == part),
                    "{value}: {part}"
                );
            }
            assert!(known.len() > count, "{value}");
        }
    }
}
