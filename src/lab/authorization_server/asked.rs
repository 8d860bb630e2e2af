//! One request, with everything that its endpoint looks at.

use bytes::Bytes;
use http::HeaderMap;
use http::header;

use super::form::Form;
use super::refusal::Refusal;
use crate::lab::world::Peer;
use crate::lab::world::World;

/// A request with its whole body.
pub(crate) type Request = http::Request<Bytes>;

/// What an endpoint is asked.
pub(super) struct Asked<'a> {
    pub world: &'a World,
    pub peer: &'a Peer,
    pub request: &'a Request,
    /// The endpoint; the request's own path may be that of a fault in front of it.
    pub path: &'a str,
}

impl Asked<'_> {
    pub(super) fn headers(&self) -> &HeaderMap {
        self.request.headers()
    }

    /// Whether the body says to be of this type, whatever its parameters.
    pub(super) fn has_type(&self, content_type: &str) -> bool {
        self.headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|essence| essence.trim().eq_ignore_ascii_case(content_type))
    }

    /// The parameters in the body (RFC 6749 §3.2).
    ///
    /// # Errors
    /// invalid_request if it is no form, or a parameter stands twice.
    pub(super) fn form(&self) -> Result<Form, Refusal> {
        if !self.has_type("application/x-www-form-urlencoded") {
            let words = "the body is not application/x-www-form-urlencoded";
            return Err(Refusal::invalid_request(words));
        }
        Form::parse(self.request.body()).map_err(Refusal::invalid_request)
    }

    /// The URLs by which a client may call this server, as an audience of its assertions.
    pub(super) fn audiences(&self) -> Vec<String> {
        let addresses = &self.world.addresses;
        let mut audiences = vec![addresses.issuer.clone()];
        for base in [&addresses.issuer, &addresses.mutual, &addresses.plaintext] {
            audiences.push(format!("{base}{}", self.path));
        }
        // The URL that was asked, by whatever name and port.
        let host = self.headers().get(header::HOST);
        if let Some(host) = host.and_then(|host| host.to_str().ok()) {
            let path = self.request.uri().path();
            audiences.extend(["http", "https"].map(|scheme| format!("{scheme}://{host}{path}")));
        }
        audiences
    }
}
