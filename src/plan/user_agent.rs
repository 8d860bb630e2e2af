//! What the requests say they come from.

use http::HeaderValue;

use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::usage;

/// `--user-agent`, or our own name and version.
pub(super) fn of(spec: &ChannelSpec) -> Planned<HeaderValue> {
    let own = concat!("grpcauth/", env!("CARGO_PKG_VERSION"));
    let text = spec.user_agent.as_deref().unwrap_or(own);
    HeaderValue::from_str(text).map_err(|_| {
        usage(
            "the --user-agent has characters that a header cannot carry",
            "use printable ASCII",
        )
    })
}
