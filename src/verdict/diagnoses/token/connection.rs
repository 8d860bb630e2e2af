//! A connection to a token endpoint, judged as a connection to a target is.

use crate::verdict::Finding;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::prove_connection;
use crate::verdict::reading::fetch::Failed;

/// What the rows of a connection say of this one. What they say of HTTP/2 holds for a login RPC alone.
pub(super) fn finding(case: &Case<'_>, failed: &Failed<'_>) -> Option<Finding> {
    let (anchors, crls) = failed.held_against()?;
    let handshake = failed.handshake()?.clone();
    let endpoint = case
        .connection
        .to_endpoint(failed.address()?, handshake, anchors, crls);
    let over_http1 = failed.exchange().is_some();
    let found = prove_connection(&ConnectionCase::new(&endpoint, None)).into_iter();
    let mut found = found.filter(|finding| {
        let family = finding.id.split('.').next();
        !(over_http1 && matches!(family, Some("alpn" | "http2")))
    });
    let mut first = found.next()?;
    if first.side == Some(Side::Server) && over_http1 {
        first.side = Some(Side::AuthorizationServer);
    }
    Some(first)
}
