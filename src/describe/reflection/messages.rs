//! The messages of `grpc.reflection.v1.ServerReflection`; v1alpha's differ only in the package's name.
//!
//! Source: <https://github.com/grpc/grpc/blob/master/src/proto/grpc/reflection/v1/reflection.proto>.

use bytes::Bytes;
use prost::Message as _;
use tonic_reflection::pb::v1::ErrorResponse;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

use crate::describe::wire::Malformed;
use crate::describe::wire::fields;
use crate::peer_text::PeerText;

/// Field numbers of `ServerReflectionResponse`.
const FILE_DESCRIPTOR_RESPONSE: u32 = 4;
const LIST_SERVICES_RESPONSE: u32 = 6;
const ERROR_RESPONSE: u32 = 7;
/// The one field of `FileDescriptorResponse`, `ListServiceResponse` and `ServiceResponse`.
const ONLY: u32 = 1;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Question {
    ListServices,
    Symbol(String),
    File(String),
}

impl Question {
    pub(super) fn encode(&self) -> Bytes {
        let message_request = match self {
            Self::ListServices => MessageRequest::ListServices("*".to_owned()),
            Self::Symbol(name) => MessageRequest::FileContainingSymbol(name.clone()),
            Self::File(name) => MessageRequest::FileByFilename(name.clone()),
        };
        let request = ServerReflectionRequest {
            host: String::new(),
            message_request: Some(message_request),
        };
        request.encode_to_vec().into()
    }
}

/// An answer to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// Serialized `FileDescriptorProto`s.
    Files(Vec<Bytes>),
    Services(Vec<String>),
    /// The server has no such thing, or says that it has not.
    Error {
        code: i32,
        message: PeerText,
    },
}

impl Reply {
    /// Reads a response without copying the files in it.
    pub(super) fn decode(response: &Bytes) -> Result<Self, Malformed> {
        let mut reply = None;
        for field in fields(response) {
            let field = field?;
            match field.number {
                FILE_DESCRIPTOR_RESPONSE => {
                    reply = Some(Self::Files(read_files(response, field.bytes()?)?));
                }
                LIST_SERVICES_RESPONSE => {
                    reply = Some(Self::Services(read_services(field.bytes()?)?));
                }
                ERROR_RESPONSE => {
                    let error = ErrorResponse::decode(field.bytes()?)
                        .map_err(|error| Malformed::new(error.to_string()))?;
                    reply = Some(Self::Error {
                        code: error.error_code,
                        message: error.error_message.into(),
                    });
                }
                _ => {}
            }
        }
        reply.ok_or_else(|| Malformed::new("it answers nothing".to_owned()))
    }
}

fn read_files(response: &Bytes, files: &[u8]) -> Result<Vec<Bytes>, Malformed> {
    let mut read = Vec::new();
    for field in fields(files) {
        let field = field?;
        if field.number == ONLY {
            read.push(response.slice_ref(field.bytes()?));
        }
    }
    Ok(read)
}

fn read_services(services: &[u8]) -> Result<Vec<String>, Malformed> {
    let mut read = Vec::new();
    for field in fields(services) {
        let field = field?;
        if field.number == ONLY {
            let mut name = "";
            for inner in fields(field.bytes()?) {
                let inner = inner?;
                if inner.number == ONLY {
                    name = inner.text()?;
                }
            }
            read.push(name.to_owned());
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tonic_reflection::pb::v1::FileDescriptorResponse;
    use tonic_reflection::pb::v1::ListServiceResponse;
    use tonic_reflection::pb::v1::ServerReflectionResponse;
    use tonic_reflection::pb::v1::ServiceResponse;
    use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;

    #[test]
    fn every_kind_of_answer_is_read() {
        let files = FileDescriptorResponse {
            file_descriptor_proto: vec![b"one".to_vec(), b"two".to_vec()],
        };
        let services = ListServiceResponse {
            service: vec![ServiceResponse {
                name: "a.B".to_owned(),
            }],
        };
        let error = ErrorResponse {
            error_code: 5,
            error_message: "no".to_owned(),
        };
        for (response, expected) in [
            (
                MessageResponse::FileDescriptorResponse(files),
                Reply::Files(vec!["one".into(), "two".into()]),
            ),
            (
                MessageResponse::ListServicesResponse(services),
                Reply::Services(vec!["a.B".to_owned()]),
            ),
            (
                MessageResponse::ErrorResponse(error),
                Reply::Error {
                    code: 5,
                    message: "no".into(),
                },
            ),
        ] {
            let response = ServerReflectionResponse {
                valid_host: "host".to_owned(),
                original_request: Some(ServerReflectionRequest::default()),
                message_response: Some(response),
            };
            let encoded = Bytes::from(response.encode_to_vec());
            assert_eq!(Reply::decode(&encoded), Ok(expected));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Reply::decode(&bytes.into());
        }
    }
}
