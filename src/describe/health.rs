//! `grpc.health.v1`: its descriptors, which are built in, and what its answer says.
//!
//! Source: <https://github.com/grpc/grpc/blob/master/doc/health-checking.md>.

use std::fmt;

use bytes::Bytes;
use prost::Message;

use crate::describe::given::Given;

/// One status of the service.
pub(crate) const CHECK: &str = "grpc.health.v1.Health/Check";

/// Each status of the service as it changes.
pub(crate) const WATCH: &str = "grpc.health.v1.Health/Watch";

/// A `FileDescriptorSet`; a test compares it with what `tonic-health` carries.
static SET: &[u8] = include_bytes!("health/grpc-health-v1.binpb");

/// The descriptors of both methods.
pub(crate) fn given() -> Given {
    Given::built_in(Bytes::from_static(SET))
}

/// `HealthCheckResponse.ServingStatus`, open as every enum of proto3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServingStatus(i32);

/// `HealthCheckResponse`.
#[derive(Clone, PartialEq, Message)]
struct Response {
    #[prost(int32, tag = "1")]
    status: i32,
}

impl ServingStatus {
    /// Reads a response.
    ///
    /// # Errors
    /// The message is not a `HealthCheckResponse`.
    pub(crate) fn of_response(encoded: &[u8]) -> Result<Self, prost::DecodeError> {
        Response::decode(encoded).map(|response| Self(response.status))
    }

    pub(crate) fn is_serving(self) -> bool {
        self.name() == Some("SERVING")
    }

    /// Its name; `None` for a number that the protocol does not define.
    fn name(self) -> Option<&'static str> {
        match self.0 {
            0 => Some("UNKNOWN"),
            1 => Some("SERVING"),
            2 => Some("NOT_SERVING"),
            3 => Some("SERVICE_UNKNOWN"),
            _ => None,
        }
    }

    /// The response as proto3 JSON.
    pub(crate) fn response_json(self) -> String {
        match self.name() {
            Some(name) => format!("{{\"status\":\"{name}\"}}"),
            None => format!("{{\"status\":{}}}", self.0),
        }
    }
}

impl fmt::Display for ServingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => f.write_str(name),
            None => write!(f, "UNDEFINED_{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::method::MethodName;
    use crate::describe::protoset::from_files;

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by a variable to write its file"
    )]
    fn the_set_is_the_one_that_the_library_carries() {
        let carried = tonic_health::pb::FILE_DESCRIPTOR_SET;
        if std::env::var_os("UPDATE_HEALTH").is_some() {
            std::fs::write("src/describe/health/grpc-health-v1.binpb", carried).unwrap();
        }
        assert!(
            SET == carried,
            "run this test with UPDATE_HEALTH=1 to regenerate the set"
        );
    }

    #[test]
    fn both_methods_are_described() {
        for (name, streams) in [(CHECK, false), (WATCH, true)] {
            let described = from_files(&given(), &MethodName::parse(name).unwrap()).unwrap();
            assert_eq!(described.full_name_used, name);
            assert_eq!(described.method.is_server_streaming(), streams);
            assert_eq!(described.source.to_string(), "the program itself");
        }
    }

    #[test]
    fn a_response_is_read_as_the_protocol_has_it() {
        for (encoded, json, shown) in [
            (&b""[..], r#"{"status":"UNKNOWN"}"#, "UNKNOWN"),
            (b"\x08\x01", r#"{"status":"SERVING"}"#, "SERVING"),
            (b"\x08\x02", r#"{"status":"NOT_SERVING"}"#, "NOT_SERVING"),
            (
                b"\x08\x03",
                r#"{"status":"SERVICE_UNKNOWN"}"#,
                "SERVICE_UNKNOWN",
            ),
            (b"\x08\x07", r#"{"status":7}"#, "UNDEFINED_7"),
            // A field that a later version may add.
            (b"\x08\x01\x12\x01x", r#"{"status":"SERVING"}"#, "SERVING"),
        ] {
            let status = ServingStatus::of_response(encoded).unwrap();
            assert_eq!(status.response_json(), json);
            assert_eq!(status.to_string(), shown);
            assert_eq!(status.is_serving(), shown == "SERVING");
        }
        for encoded in [&b"\x08"[..], b"\x0a\x01x", b"SERVING"] {
            assert!(ServingStatus::of_response(encoded).is_err());
        }
    }
}
