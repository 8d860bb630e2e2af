//! google.rpc error details as JSON, without asking the server for their types.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::SerializeOptions;
use serde_json::Value;
use serde_json::json;

/// Each detail of a serialized `google.rpc.Status` as canonical proto3 JSON with `@type`.
///
/// All of error_details.proto is known; other types through `pool`, where it has them. What is not
/// known or does not decode is shown as base64. Loaded on failure only: the good path pays nothing.
pub fn decode(details: &[u8], pool: Option<&DescriptorPool>) -> Vec<Value> {
    if details.is_empty() {
        return Vec::new();
    }
    let Ok(status) = tonic_types::Status::decode(details) else {
        return vec![json!({ "value": STANDARD.encode(details) })];
    };
    let known = DescriptorPool::decode(tonic_types::pb::FILE_DESCRIPTOR_SET).ok();
    status
        .details
        .iter()
        .map(|any| {
            known
                .iter()
                .chain(pool)
                .find_map(|pool| typed(&any.type_url, &any.value, pool))
                .unwrap_or_else(
                    || json!({ "@type": any.type_url, "value": STANDARD.encode(&any.value) }),
                )
        })
        .collect()
}

/// The detail by its type in `pool`; `None` if it is not there or does not decode.
fn typed(type_url: &str, value: &[u8], pool: &DescriptorPool) -> Option<Value> {
    let name = type_url.rsplit('/').next()?;
    let message = DynamicMessage::decode(pool.get_message_by_name(name)?, value).ok()?;
    let options = SerializeOptions::new().skip_default_fields(true);
    let body = message
        .serialize_with_options(serde_json::value::Serializer, &options)
        .ok()?;
    let mut fields = serde_json::Map::from_iter([("@type".to_owned(), Value::from(type_url))]);
    match body {
        Value::Object(body) => fields.extend(body),
        // Well-known types such as Duration are written as a value of their own (ProtoJSON, Any).
        other => {
            fields.insert("value".to_owned(), other);
        }
    }
    Some(Value::Object(fields))
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use proptest::prelude::*;
    use tonic_types::ErrorDetails;
    use tonic_types::StatusExt as _;

    #[test]
    fn error_details_are_told_without_reflection() {
        let mut details = ErrorDetails::new();
        details
            .set_error_info("EXPIRED", "lab.test", [("exp".to_owned(), "1".to_owned())])
            .set_retry_info(Some(std::time::Duration::from_millis(1500)))
            .add_help_link("docs", "https://lab.test/help");
        let status = tonic::Status::with_error_details(tonic::Code::Unauthenticated, "no", details);
        let decoded = decode(status.details(), None);
        let of = |name: &str| {
            let url = format!("type.googleapis.com/google.rpc.{name}");
            decoded
                .iter()
                .find(|detail| detail["@type"] == url.as_str())
                .unwrap()
        };
        assert_eq!(of("ErrorInfo")["reason"], "EXPIRED");
        assert_eq!(of("ErrorInfo")["metadata"]["exp"], "1");
        assert_eq!(of("RetryInfo")["retryDelay"], "1.500s");
        assert_eq!(of("Help")["links"][0]["url"], "https://lab.test/help");
    }

    #[test]
    fn unknown_types_and_garbage_are_shown_as_base64() {
        let status = tonic_types::Status {
            code: 16,
            message: String::new(),
            details: vec![any_of("x.test/acme.Unknown", b"\x01")],
        };
        let decoded = decode(&status.encode_to_vec(), None);
        assert_eq!(
            decoded,
            [json!({ "@type": "x.test/acme.Unknown", "value": "AQ==" })]
        );
        assert_eq!(decode(b"\xff\xff", None), [json!({ "value": "//8=" })]);
        assert!(decode(b"", None).is_empty());
    }

    fn any_of(type_url: &str, value: &[u8]) -> prost_reflect::prost_types::Any {
        prost_reflect::prost_types::Any {
            type_url: type_url.to_owned(),
            value: value.to_vec(),
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode(&Bytes::from(bytes), None);
        }
    }
}
