//! The request's headers.

use std::time::Duration;

use http::Method;
use http::Request;
use http::Uri;
use http::Version;
use http::header::CONTENT_TYPE;
use http::header::HeaderMap;
use http::header::HeaderName;
use http::header::HeaderValue;
use http::header::TE;
use http::header::USER_AGENT;
use tokio::time::Instant;

use crate::invoke::Channel;
use crate::invoke::rpc::NotARequest;
use crate::invoke::rpc::Rpc;

pub(crate) const GRPC_ENCODING: HeaderName = HeaderName::from_static("grpc-encoding");
const GRPC_ACCEPT_ENCODING: HeaderName = HeaderName::from_static("grpc-accept-encoding");
const GRPC_TIMEOUT: HeaderName = HeaderName::from_static("grpc-timeout");

/// The request as it is to be sent at `now`.
pub(crate) fn build(
    channel: &Channel,
    rpc: &Rpc,
    now: Instant,
) -> Result<Request<()>, NotARequest> {
    let remaining = rpc
        .deadline
        .map(|deadline| deadline.saturating_duration_since(now));
    let mut request = Request::new(());
    *request.method_mut() = Method::POST;
    *request.version_mut() = Version::HTTP_2;
    *request.uri_mut() = uri(channel, &rpc.path)?;
    write_headers(request.headers_mut(), channel, rpc, remaining);
    Ok(request)
}

fn uri(channel: &Channel, path: &str) -> Result<Uri, NotARequest> {
    let refuse = |why: &str| {
        let path = crate::text::escape(path);
        let authority = crate::text::escape(&channel.authority);
        NotARequest(format!("cannot call `{path}` at `{authority}`: {why}"))
    };
    if !path.starts_with('/') {
        return Err(refuse("the path has no leading slash"));
    }
    let uri = Uri::builder()
        .scheme(channel.scheme)
        .authority(channel.authority.as_str())
        .path_and_query(path)
        .build()
        .map_err(|error| refuse(&error.to_string()))?;
    // A fragment would be dropped in silence.
    match uri.path_and_query() {
        Some(kept) if kept.as_str() == path => Ok(uri),
        _ => Err(refuse("the path has a fragment")),
    }
}

/// Order as the protocol's own text has it (PROTOCOL-HTTP2.md, Request-Headers): metadata comes last.
fn write_headers(
    headers: &mut HeaderMap,
    channel: &Channel,
    rpc: &Rpc,
    remaining: Option<Duration>,
) {
    headers.insert(TE, HeaderValue::from_static("trailers"));
    if let Some(remaining) = remaining {
        headers.insert(GRPC_TIMEOUT, timeout(remaining));
    }
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    if rpc.compress {
        headers.insert(GRPC_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(GRPC_ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    headers.insert(USER_AGENT, channel.user_agent.clone());
    rpc.metadata.write_to(headers);
}

/// `grpc-timeout`: at most eight digits and a unit. The finest unit that fits, rounded up; then the
/// largest that says the same.
fn timeout(remaining: Duration) -> HeaderValue {
    const UNITS: [(char, u128); 6] = [
        ('n', 1),
        ('u', 1_000),
        ('m', 1_000_000),
        ('S', 1_000_000_000),
        ('M', 60_000_000_000),
        ('H', 3_600_000_000_000),
    ];
    const MAX: u128 = 99_999_999;
    let nanos = remaining.as_nanos().max(1);
    let finest = UNITS
        .iter()
        .position(|(_, size)| nanos.div_ceil(*size) <= MAX)
        .unwrap_or(UNITS.len() - 1);
    let rounded = nanos.div_ceil(UNITS[finest].1).min(MAX) * UNITS[finest].1;
    let (unit, size) = UNITS[finest..]
        .iter()
        .rev()
        .find(|(_, size)| rounded.is_multiple_of(*size))
        .copied()
        .unwrap_or(UNITS[finest]);
    HeaderValue::try_from(format!("{}{unit}", rounded / size))
        .expect("digits and a letter are a header value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timeouts_take_the_largest_unit_that_loses_nothing() {
        for (nanos, text) in [
            (0, "1n"),
            (1, "1n"),
            (99_999_999, "99999999n"),
            (100_000_001, "100001u"),
            (100_000_000, "100m"),
            (5_000_000_000, "5S"),
            (4_999_987_001, "4999988u"),
            (90_000_000_000, "90S"),
            (120_000_000_000, "2M"),
            (7_200_000_000_000, "2H"),
            (99_999_999_999_999, "100000S"),
        ] {
            let value = timeout(Duration::from_nanos(nanos));
            assert_eq!(value.to_str().unwrap(), text, "{nanos}");
        }
        assert_eq!(timeout(Duration::MAX).to_str().unwrap(), "99999999H");
    }
}
