//! Who is calling, and whether the method is for them: what a gRPC server's interceptors do.
//!
//! To add one: a file in `interceptors/` and a row in [`INTERCEPTORS`].

use std::sync::Arc;

use http::HeaderMap;
use http::Request;
use http::Response;
use tonic::Code;
use tonic::body::Body;
use tonic::service::Routes;
use tower_service::Service as _;

use crate::lab::interceptors::refusal::Refusal;
use crate::lab::users::Caller;
use crate::lab::users::Role;
use crate::lab::world::Peer;
use crate::lab::world::World;

mod access;
mod api_key;
mod basic;
mod client_certificate;
mod jwt_bearer;
pub(super) mod refusal;

pub(super) use jwt_bearer::expired;

/// What one interceptor makes of a call.
enum Finding {
    /// The credential that it looks for is not there.
    NotSent,
    Accepted(Caller),
    Refused(Refusal),
}

/// What a caller can show: metadata and a certificate.
struct Shown<'a> {
    metadata: &'a HeaderMap,
    peer: &'a Peer,
}

type Interceptor = fn(&World, &Shown) -> Finding;

/// In this order; the first that finds its credential decides.
const INTERCEPTORS: [Interceptor; 4] = [
    basic::intercept,
    jwt_bearer::intercept,
    api_key::intercept,
    client_certificate::intercept,
];

/// The services behind the interceptors.
#[derive(Clone)]
pub(super) struct Guarded {
    pub world: Arc<World>,
    pub routes: Routes,
    /// The role that reflection wants.
    pub reflection: Role,
}

/// The path of the method that is being called, for its handler.
#[derive(Clone)]
pub(super) struct Called(pub String);

impl Guarded {
    /// Answers one call: the handler's answer, or a refusal in its place.
    pub(super) async fn answer<B>(&self, mut request: Request<B>, peer: &Peer) -> Response<Body>
    where
        B: hyper::body::Body<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let caller = match self.admit(&request, peer) {
            Ok(caller) => caller,
            Err(refusal) => return tonic::Status::from(refusal).into_http(),
        };
        let called = Called(request.uri().path().to_owned());
        request.extensions_mut().insert(caller);
        request.extensions_mut().insert(called);
        let Ok(response) = self.routes.clone().call(request).await;
        response
    }

    fn admit<B>(&self, request: &Request<B>, peer: &Peer) -> Result<Caller, Refusal> {
        let method = request.uri().path();
        let required = access::required_role(method, self.reflection);
        let shown = Shown {
            metadata: request.headers(),
            peer,
        };
        match self.authenticate(&shown) {
            Finding::Accepted(caller) if caller.role >= required => Ok(caller),
            Finding::Accepted(caller) => Err(access::denied(&caller, required, method)),
            // An exempt method is not guarded: it does not look at a credential, good or bad.
            _ if required == Role::Public => Ok(Caller::anonymous()),
            Finding::Refused(refusal) => Err(refusal),
            Finding::NotSent => Err(none_sent(method)),
        }
    }

    fn authenticate(&self, shown: &Shown) -> Finding {
        INTERCEPTORS
            .iter()
            .map(|intercept| intercept(&self.world, shown))
            .find(|finding| !matches!(finding, Finding::NotSent))
            .unwrap_or(Finding::NotSent)
    }
}

fn none_sent(method: &str) -> Refusal {
    Refusal::new(
        Code::Unauthenticated,
        "CREDENTIAL_MISSING",
        "no credential was sent: authorization is missing",
    )
    // RFC 6750 §3.1: no error code where no credential was sent.
    .challenge(r#"Bearer realm="lab""#)
    .fact("method", method)
}

#[cfg(test)]
mod tests;
