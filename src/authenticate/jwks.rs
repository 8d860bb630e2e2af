//! An issuer's keys: its JWK Set, by URL or by the `jwks_uri` of its metadata.

use http::Method;
use http::StatusCode;

use crate::authenticate::discovery::discover;
use crate::authenticate::endpoint_url::EndpointUrl;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpClient;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::HttpRequest;
use crate::authenticate::http::HttpSettings;
use crate::authenticate::http::LIMIT;
use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::TokenFault;
use crate::connect::HandshakeReport;

/// Where a JWK Set is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysAt {
    Url(EndpointUrl),
    /// The issuer whose metadata name the place, and how it was written: `iss` is compared with that.
    Issuer {
        url: EndpointUrl,
        written: String,
    },
}

/// Why there is no JWK Set.
#[derive(Debug)]
pub(crate) enum NoKeys {
    /// There was no connection; its record says why.
    NoConnection(Box<HandshakeReport>),
    /// Anything else, in words.
    Unobtained(String),
}

/// Fetches the text of a JWK Set.
///
/// # Errors
/// It is not there, or may not be fetched so.
pub(crate) async fn fetch(settings: &HttpSettings, at: &KeysAt) -> Result<String, NoKeys> {
    let mut client = HttpClient::new(settings);
    let found = match at {
        KeysAt::Url(url) => Ok(url.clone()),
        KeysAt::Issuer { url, written } => discover(&mut client, url, written)
            .await
            .and_then(|metadata| metadata.endpoint("jwks_uri")),
    };
    let text = match found {
        Ok(url) => get(&mut client, url).await,
        Err(fault) => Err(fault),
    };
    let mut exchanges = client.close().await;
    text.map_err(|fault| why(&fault, exchanges.pop()))
}

async fn get(client: &mut HttpClient<'_>, url: EndpointUrl) -> Result<String, TokenFault> {
    let request = HttpRequest {
        purpose: Purpose::Keys,
        method: Method::GET,
        url,
        headers: Vec::new(),
        body: None,
        told: Vec::new(),
    };
    let reply = client.exchange(request).await;
    let reply = reply.ok_or(TokenFault::NoAnswer)?;
    if reply.status != StatusCode::OK {
        return Err(TokenFault::Discovery {
            why: format!("it was answered with HTTP {}", reply.status.as_u16()),
        });
    }
    Ok(String::from_utf8_lossy(&reply.body).into_owned())
}

fn why(fault: &TokenFault, last: Option<Exchange>) -> NoKeys {
    let Some(last) = last else {
        return NoKeys::Unobtained("nothing was asked".to_owned());
    };
    let said = match (fault, last.outcome) {
        (TokenFault::NoAnswer, HttpOutcome::NoConnection) => {
            if let Some(handshake) = last.handshake {
                return NoKeys::NoConnection(Box::new(handshake));
            }
            "there was no connection".to_owned()
        }
        (TokenFault::NoAnswer, outcome) => in_words(&outcome),
        (TokenFault::Discovery { why }, _) => why.clone(),
        (TokenFault::Redirect, _) => {
            "it points elsewhere, and redirects are not followed".to_owned()
        }
        (_, HttpOutcome::Answered(head)) => {
            format!("it was answered with HTTP {}, and no metadata", head.status)
        }
        (_, outcome) => in_words(&outcome),
    };
    NoKeys::Unobtained(format!("{}: {said}", last.url))
}

fn in_words(outcome: &HttpOutcome) -> String {
    match outcome {
        HttpOutcome::Answered(head) => format!("it was answered with HTTP {}", head.status),
        HttpOutcome::Plaintext => {
            "over plain HTTP anybody on the way could put in keys of his own; https is needed, but for loopback".to_owned()
        }
        HttpOutcome::NoName => "no certificate can be issued to such a host".to_owned(),
        HttpOutcome::NoConnection => "there was no connection".to_owned(),
        HttpOutcome::CutOff => "the connection ended before the answer did".to_owned(),
        HttpOutcome::NotHttp => "what came is not HTTP".to_owned(),
        HttpOutcome::Encoded(how) => format!("the answer is compressed ({how}), which was not asked for"),
        HttpOutcome::TooLarge => format!("the answer is longer than {LIMIT} bytes"),
        HttpOutcome::Late => "there was no answer in time".to_owned(),
    }
}
