//! The details of a status without the server's descriptors.

use grpcauth::internals::decode;
use prost::Message;
use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::Any;
use prost_reflect::prost_types::Duration;
use serde_json::Value;
use serde_json::json;
use tonic_types::pb;

fn packed(name: &str, message: &impl Message) -> Any {
    Any {
        type_url: format!("type.googleapis.com/{name}"),
        value: message.encode_to_vec(),
    }
}

fn status(details: Vec<Any>) -> Vec<u8> {
    let status = pb::Status {
        code: 16,
        message: "no".into(),
        details,
    };
    status.encode_to_vec()
}

/// Every type of error_details.proto, and its JSON.
fn known() -> Vec<(Any, Value)> {
    let text = |text: &str| text.to_owned();
    vec![
        (
            packed(
                "google.rpc.ErrorInfo",
                &pb::ErrorInfo {
                    reason: text("TOKEN_EXPIRED"),
                    domain: text("id.example.com"),
                    metadata: [(text("b"), text("2")), (text("a"), text("1"))].into(),
                },
            ),
            json!({"reason": "TOKEN_EXPIRED", "domain": "id.example.com", "metadata": {"a": "1", "b": "2"}}),
        ),
        (
            packed(
                "google.rpc.RetryInfo",
                &pb::RetryInfo {
                    retry_delay: Some(Duration {
                        seconds: 1,
                        nanos: 500_000_000,
                    }),
                },
            ),
            json!({"retryDelay": "1.500s"}),
        ),
        (
            packed(
                "google.rpc.DebugInfo",
                &pb::DebugInfo {
                    stack_entries: vec![text("at main")],
                    detail: text("d"),
                },
            ),
            json!({"stackEntries": ["at main"], "detail": "d"}),
        ),
        (
            packed(
                "google.rpc.QuotaFailure",
                &pb::QuotaFailure {
                    violations: vec![pb::quota_failure::Violation {
                        subject: text("client"),
                        description: text("too many"),
                        ..Default::default()
                    }],
                },
            ),
            json!({"violations": [{"subject": "client", "description": "too many"}]}),
        ),
        (
            packed(
                "google.rpc.PreconditionFailure",
                &pb::PreconditionFailure {
                    violations: vec![pb::precondition_failure::Violation {
                        r#type: text("TOS"),
                        subject: text("s"),
                        description: text("d"),
                    }],
                },
            ),
            json!({"violations": [{"type": "TOS", "subject": "s", "description": "d"}]}),
        ),
        (
            packed(
                "google.rpc.BadRequest",
                &pb::BadRequest {
                    field_violations: vec![pb::bad_request::FieldViolation {
                        field: text("name"),
                        description: text("empty"),
                        ..Default::default()
                    }],
                },
            ),
            json!({"fieldViolations": [{"field": "name", "description": "empty"}]}),
        ),
        (
            packed(
                "google.rpc.RequestInfo",
                &pb::RequestInfo {
                    request_id: text("1"),
                    serving_data: text("2"),
                },
            ),
            json!({"requestId": "1", "servingData": "2"}),
        ),
        (
            packed(
                "google.rpc.ResourceInfo",
                &pb::ResourceInfo {
                    resource_type: text("order"),
                    resource_name: text("1"),
                    owner: text("o"),
                    description: text("d"),
                },
            ),
            json!({"resourceType": "order", "resourceName": "1", "owner": "o", "description": "d"}),
        ),
        (
            packed(
                "google.rpc.Help",
                &pb::Help {
                    links: vec![pb::help::Link {
                        description: text("docs"),
                        url: text("https://example.com"),
                    }],
                },
            ),
            json!({"links": [{"description": "docs", "url": "https://example.com"}]}),
        ),
        (
            packed(
                "google.rpc.LocalizedMessage",
                &pb::LocalizedMessage {
                    locale: text("de"),
                    message: text("nein"),
                },
            ),
            json!({"locale": "de", "message": "nein"}),
        ),
    ]
}

#[test]
fn every_type_of_error_details_is_read() {
    for (any, mut expected) in known() {
        let type_url = any.type_url.clone();
        expected["@type"] = type_url.clone().into();
        assert_eq!(decode(&status(vec![any]), None), [expected], "{type_url}");
    }
}

#[test]
fn types_of_the_servers_own_are_read_with_its_descriptors() {
    let any = packed("google.protobuf.FileDescriptorSet", &pb::Status::default());
    let unknown = json!({"@type": any.type_url, "value": ""});
    assert_eq!(decode(&status(vec![any.clone()]), None), [unknown]);
    let known = json!({"@type": any.type_url});
    let pool = DescriptorPool::global();
    assert_eq!(decode(&status(vec![any]), Some(&pool)), [known]);
}

#[test]
fn what_cannot_be_read_is_kept_in_base64() {
    let broken = Any {
        type_url: "type.googleapis.com/google.rpc.ErrorInfo".into(),
        value: vec![0xff],
    };
    let expected = json!({"@type": broken.type_url, "value": "/w=="});
    assert_eq!(decode(&status(vec![broken]), None), [expected]);
    assert_eq!(decode(b"", None), Vec::<Value>::new());
    assert_eq!(
        decode(b"\xff", None),
        [json!({"@type": "type.googleapis.com/google.rpc.Status", "value": "/w=="})]
    );
}

proptest::proptest! {
    #[test]
    fn hostile_bytes_do_not_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60)) {
        let _ = decode(&bytes, None);
        let any = Any { type_url: "/google.rpc.BadRequest".into(), value: bytes };
        let _ = decode(&status(vec![any]), None);
    }
}
