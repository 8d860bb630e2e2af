//! The details of a status as JSON: `google.rpc.*` without any descriptor of the server's.
//!
//! Source: <https://github.com/googleapis/googleapis/blob/master/google/rpc/error_details.proto>.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::Any;

use crate::invoke::json;

/// Built when the first details are read: the good path does not pay for it.
static GOOGLE_RPC: LazyLock<DescriptorPool> = LazyLock::new(|| {
    DescriptorPool::decode(tonic_types::pb::FILE_DESCRIPTOR_SET)
        .expect("the descriptors of google.rpc are built in")
});

/// Each detail of a serialized `google.rpc.Status` as proto3 JSON with `@type`. Types that are neither
/// in `google.rpc` nor in `pool` are given as `{"@type": …, "value": base64}`; so is the whole, if it
/// is no `google.rpc.Status`.
pub fn decode(details: &[u8], pool: Option<&DescriptorPool>) -> Vec<serde_json::Value> {
    if details.is_empty() {
        return Vec::new();
    }
    let Ok(status) = tonic_types::pb::Status::decode(details) else {
        return vec![serde_json::json!({
            "@type": "type.googleapis.com/google.rpc.Status",
            "value": STANDARD.encode(details),
        })];
    };
    let pools = || std::iter::once(&*GOOGLE_RPC).chain(pool).cloned().collect();
    let one = |any: &Any| json::any_to_json(&any.type_url, &any.value, pools());
    status.details.iter().map(one).collect()
}
