//! A gateway that answers in the server's place, in HTTP and not in gRPC.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use futures_util::future::ready;
use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::Response;
use http::StatusCode;
use http::header;
use http_body_util::Full;
use tonic::body::Body;

use super::Answer;
use crate::lab::connection::Connection;

const LOGIN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body><h1>Sign in to continue</h1>\n<form method=\"post\" action=\"/login\"><input name=\"username\"><input name=\"password\" type=\"password\"></form>\n</body></html>\n";
const FORBIDDEN_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>403 Forbidden</title></head>\n<body><h1>403 Forbidden</h1></body></html>\n";

/// The same answer for every request.
#[derive(Clone)]
struct Gateway {
    status: StatusCode,
    headers: HeaderMap,
    page: &'static str,
}

/// 401 with a challenge and a login page.
pub(super) fn unauthenticated() -> Arc<dyn Answer> {
    let challenge = r#"Bearer realm="lab-gateway", error="invalid_token""#;
    gateway(
        StatusCode::UNAUTHORIZED,
        &[(header::WWW_AUTHENTICATE, challenge)],
        LOGIN_PAGE,
    )
}

/// 403 with a page.
pub(super) fn forbidden() -> Arc<dyn Answer> {
    gateway(StatusCode::FORBIDDEN, &[], FORBIDDEN_PAGE)
}

/// 503: nobody healthy is behind it.
pub(super) fn unavailable() -> Arc<dyn Answer> {
    gateway(
        StatusCode::SERVICE_UNAVAILABLE,
        &[],
        "no healthy upstream\n",
    )
}

/// 431: the headers are too large.
pub(super) fn too_large() -> Arc<dyn Answer> {
    let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
    gateway(status, &[], "Request Header Fields Too Large\n")
}

/// 302 to a login page.
pub(super) fn redirect() -> Arc<dyn Answer> {
    let location = "https://login.lab.test/authorize?client_id=lab-gateway";
    gateway(StatusCode::FOUND, &[(header::LOCATION, location)], "")
}

/// 200 with the login page itself.
pub(super) fn page() -> Arc<dyn Answer> {
    gateway(StatusCode::OK, &[], LOGIN_PAGE)
}

fn gateway(
    status: StatusCode,
    headers: &[(HeaderName, &'static str)],
    page: &'static str,
) -> Arc<dyn Answer> {
    let always = [
        (header::SERVER, "lab-gateway"),
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
    ];
    let headers = always
        .iter()
        .chain(headers)
        .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
        .collect();
    Arc::new(Gateway {
        status,
        headers,
        page,
    })
}

impl Gateway {
    fn response(&self) -> Response<Body> {
        let body = Full::new(Bytes::from_static(self.page.as_bytes()));
        let mut response = Response::new(Body::new(body));
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers.clone();
        response
    }
}

impl Answer for Gateway {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let gateway = self.clone();
        connection.http2(move |_| ready(gateway.response()))
    }
}
