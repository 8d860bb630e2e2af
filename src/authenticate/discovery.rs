//! What an authorization server says of itself: OpenID Connect Discovery 1.0 §4, then RFC 8414 §3.

use http::Method;
use http::StatusCode;
use serde_json::Value;

use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::http::HttpClient;
use crate::authenticate::http::HttpReply;
use crate::authenticate::http::HttpRequest;
use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::TokenFault;
use crate::authenticate::token_reply;
use crate::authenticate::token_reply::Object;
use crate::peer_text::PeerText;

/// The longest issuer that is repeated, in characters.
const LONGEST_ISSUER: usize = 300;

const OPENID: &str = "/.well-known/openid-configuration";
const OAUTH: &str = "/.well-known/oauth-authorization-server";

/// An authorization server's metadata, as far as it is used here.
#[derive(Clone, Debug)]
pub struct Metadata {
    pub issuer: String,
    document: Value,
}

impl Metadata {
    /// The endpoint of this name, such as `token_endpoint`.
    ///
    /// # Errors
    /// It is not listed, or no URL that can be used.
    pub fn endpoint(&self, name: &str) -> Result<EndpointUrl, TokenFault> {
        let text = self.document[name].as_str();
        let text = text.ok_or_else(|| TokenFault::Discovery {
            why: format!("the metadata of {} list no {name}", self.issuer),
        })?;
        EndpointUrl::parse(text).map_err(|why| TokenFault::Discovery {
            why: format!("the {name} of {} cannot be used: {why}", self.issuer),
        })
    }

    /// The endpoint for clients with a certificate (RFC 8705 §5), else the plain one.
    ///
    /// # Errors
    /// As [`Self::endpoint`].
    pub fn mutual_tls_endpoint(&self, name: &str) -> Result<EndpointUrl, TokenFault> {
        let alias = self.document["mtls_endpoint_aliases"][name].as_str();
        match alias.and_then(|text| EndpointUrl::parse(text).ok()) {
            Some(url) => Ok(url),
            None => self.endpoint(name),
        }
    }

    /// What is listed under a name, such as `grant_types_supported`; `None`: nothing is said of it.
    pub fn supported(&self, name: &str) -> Option<Vec<&str>> {
        let list = self.document[name].as_array()?;
        Some(list.iter().filter_map(Value::as_str).collect())
    }
}

/// Reads an issuer's metadata.
///
/// # Errors
/// There are none, or they are not this issuer's: whoever may speak for another issuer would be sent its
/// clients' secrets.
pub(crate) async fn discover(
    client: &mut HttpClient<'_>,
    issuer: &EndpointUrl,
    written: &str,
) -> Result<Metadata, TokenFault> {
    let base = issuer.path().trim_end_matches('/');
    let openid = issuer.with_path(&format!("{base}{OPENID}"));
    let reply = get(client, openid).await?;
    let reply = match reply.status {
        // Where there is no OpenID provider, the path is inserted before the issuer's own.
        StatusCode::NOT_FOUND => get(client, issuer.with_path(&format!("{OAUTH}{base}"))).await?,
        _ => reply,
    };
    let document = token_reply::success(&reply)?;
    belongs(&document, written)
}

fn belongs(document: &Object, written: &str) -> Result<Metadata, TokenFault> {
    match document.text("issuer") {
        Some(said) if said == written => Ok(Metadata {
            issuer: said.to_owned(),
            document: document.0.clone(),
        }),
        Some(said) => Err(TokenFault::Discovery {
            why: format!(
                "the metadata found for {written} are those of {}; the two must be equal to the letter, a slash at the end included",
                PeerText::from(said).among_tokens().quoted(LONGEST_ISSUER)
            ),
        }),
        None => Err(TokenFault::Discovery {
            why: format!("the metadata found for {written} name no issuer"),
        }),
    }
}

async fn get(client: &mut HttpClient<'_>, url: EndpointUrl) -> Result<HttpReply, TokenFault> {
    let request = HttpRequest {
        purpose: Purpose::Discovery,
        method: Method::GET,
        url,
        headers: Vec::new(),
        body: None,
        told: Vec::new(),
    };
    client.exchange(request).await.ok_or(TokenFault::NoAnswer)
}

#[cfg(test)]
impl Metadata {
    /// Metadata that say this.
    pub(crate) fn saying(document: Value) -> Self {
        Self {
            issuer: document["issuer"].as_str().unwrap_or_default().to_owned(),
            document,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn metadata(document: Value, written: &str) -> Result<Metadata, TokenFault> {
        belongs(&Object(document), written)
    }

    #[test]
    fn the_issuer_must_be_the_one_that_was_asked_for() {
        let document = json!({"issuer": "https://id.test/realm"});
        assert!(metadata(document.clone(), "https://id.test/realm").is_ok());
        for (document, written) in [
            (document.clone(), "https://id.test/realm/"),
            (document, "https://ID.test/realm"),
            (json!({}), "https://id.test"),
            (json!({"issuer": 1}), "https://id.test"),
        ] {
            let fault = metadata(document, written).unwrap_err();
            assert!(matches!(fault, TokenFault::Discovery { .. }));
        }
    }

    #[test]
    fn endpoints_and_lists() {
        let document = json!({
            "issuer": "https://id.test",
            "token_endpoint": "https://id.test/token",
            "revocation_endpoint": "not a url",
            "mtls_endpoint_aliases": {"token_endpoint": "https://mtls.id.test/token"},
            "grant_types_supported": ["password", 7],
        });
        let metadata = metadata(document, "https://id.test").unwrap();
        assert_eq!(
            metadata.endpoint("token_endpoint").unwrap().host(),
            "id.test"
        );
        let alias = metadata.mutual_tls_endpoint("token_endpoint").unwrap();
        assert_eq!(alias.host(), "mtls.id.test");
        assert!(metadata.endpoint("revocation_endpoint").is_err());
        assert!(
            metadata
                .mutual_tls_endpoint("introspection_endpoint")
                .is_err()
        );
        assert_eq!(
            metadata.supported("grant_types_supported"),
            Some(vec!["password"])
        );
        assert_eq!(metadata.supported("scopes_supported"), None);
    }
}
