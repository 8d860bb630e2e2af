//! Messages between proto3 JSON and their encoding, by descriptors met at run time.
//!
//! Source: <https://protobuf.dev/programming-guides/json/>. Output is the same for the same message:
//! map entries are sorted, which `prost_reflect`'s own serializer does not do.

mod bad_input;
mod census;
mod decoder;
mod encoder;
mod features;
mod place;
mod received;
mod serializing;
mod splitting;
mod stream;
mod transcode;
mod well_known;

pub(crate) use crate::invoke::json::bad_input::BadInput;
pub use crate::invoke::json::decoder::Decoder;
pub use crate::invoke::json::decoder::Layout;
pub(crate) use crate::invoke::json::decoder::Undecodable;
pub(crate) use crate::invoke::json::decoder::any_to_json;
pub use crate::invoke::json::encoder::Encoder;
pub(crate) use crate::invoke::json::features::is_real;
pub(crate) use crate::invoke::json::features::stand_in;
pub use crate::invoke::json::splitting::Splitter;
pub(crate) use crate::invoke::json::splitting::Text;
pub(crate) use crate::invoke::json::splitting::cut;
pub use crate::invoke::json::stream::NoMessage;
pub use crate::invoke::json::stream::Stream;
pub use crate::invoke::json::transcode::Transcoder;
pub(crate) use crate::invoke::json::well_known::WITH_A_JSON_FORM;
