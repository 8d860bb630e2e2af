//! Messages between proto3 JSON and their encoding, by descriptors met at run time.
//!
//! Source: <https://protobuf.dev/programming-guides/json/>. Output is the same for the same message:
//! map entries are sorted, which `prost_reflect`'s own serializer does not do.

mod place;
mod reading;
mod serializing;
mod splitting;
mod stream;
mod transcode;
mod well_known;
mod writing;

pub use crate::invoke::json::reading::BadInput;
pub use crate::invoke::json::reading::Encoder;
pub use crate::invoke::json::splitting::Splitter;
pub use crate::invoke::json::splitting::Text;
pub use crate::invoke::json::stream::NoMessage;
pub use crate::invoke::json::stream::Stream;
pub use crate::invoke::json::transcode::Transcoder;
pub(crate) use crate::invoke::json::well_known::WITH_A_JSON_FORM;
pub use crate::invoke::json::writing::Decoder;
pub use crate::invoke::json::writing::Layout;
pub use crate::invoke::json::writing::Undecodable;
pub(crate) use crate::invoke::json::writing::any_to_json;
pub use crate::invoke::json::writing::escape;
