//! The members of a key, strictly read.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Map;
use serde_json::Value;

use crate::jwt::jwk::fault::JwkFault;

pub(super) fn text<'a>(
    key: &'a Map<String, Value>,
    member: &'static str,
) -> Result<&'a str, JwkFault> {
    key.get(member)
        .and_then(Value::as_str)
        .ok_or(JwkFault::Missing(member))
}

pub(super) fn octets(key: &Map<String, Value>, member: &'static str) -> Result<Vec<u8>, JwkFault> {
    URL_SAFE_NO_PAD
        .decode(text(key, member)?)
        .map_err(|_| JwkFault::Base64(member))
}

pub(super) fn exactly(
    key: &Map<String, Value>,
    member: &'static str,
    length: usize,
) -> Result<Vec<u8>, JwkFault> {
    let octets = octets(key, member)?;
    if octets.len() == length {
        Ok(octets)
    } else {
        Err(JwkFault::Length(member))
    }
}
