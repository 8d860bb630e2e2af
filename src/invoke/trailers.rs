//! The gRPC status of one header block.

use http::header::HeaderMap;
use http::header::HeaderValue;

use bytes::Bytes;

use crate::invoke::WireFault;
use crate::metadata;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;

const GRPC_STATUS: &str = "grpc-status";
const GRPC_MESSAGE: &str = "grpc-message";
const GRPC_STATUS_DETAILS: &str = "grpc-status-details-bin";

/// A status made here, without a raw value.
pub(crate) fn local(code: StatusCode, message: impl Into<PeerText>) -> Status {
    Status {
        code,
        message: message.into(),
        details: Bytes::new(),
        raw: None,
    }
}

/// The raw `grpc-status` of a block; values that are many are joined by `, `.
pub(crate) fn raw_status(block: &HeaderMap) -> Option<String> {
    let raw = raw_values(block);
    (!raw.is_empty()).then(|| raw.join(", "))
}

/// Whether a block carries a `grpc-status` that is anything but OK.
pub(crate) fn says_no(block: &HeaderMap) -> bool {
    block
        .get_all(GRPC_STATUS)
        .iter()
        .any(|value| value.as_bytes().iter().any(|octet| *octet != b'0'))
}

/// The status that a block carries and who made it; what is wrong with it is added to `faults`.
pub(crate) fn read(block: &HeaderMap, faults: &mut Vec<WireFault>) -> Option<(Status, AnsweredBy)> {
    let values = raw_values(block);
    let raw = values.first()?.clone();
    if values.iter().any(|value| *value != raw) {
        let status = Status {
            raw: Some(values.join(", ")),
            ..local(
                StatusCode::INTERNAL,
                format!(
                    "the server sent grpc-status more than once: {}",
                    values.join(", ")
                ),
            )
        };
        faults.push(WireFault::ConflictingStatus { values });
        return Some((status, AnsweredBy::Local));
    }
    if values.len() > 1 {
        faults.push(WireFault::RepeatedStatus {
            raw: raw.clone(),
            times: values.len(),
        });
    }
    Some(match parse_number(&raw) {
        Some(code) => {
            if code.0.to_string() != raw {
                faults.push(WireFault::PaddedStatusNumber { raw: raw.clone() });
            }
            let status = Status {
                code,
                message: message(block, faults).into(),
                details: details(block, faults),
                raw: Some(raw),
            };
            (status, AnsweredBy::Server)
        }
        None => {
            faults.push(WireFault::BadStatusNumber { raw: raw.clone() });
            let said = message(block, faults);
            let message = match said.as_str() {
                "" => format!("the server sent grpc-status `{raw}`, which is not a status number"),
                _ => said,
            };
            let status = Status {
                details: details(block, faults),
                raw: Some(raw),
                ..local(StatusCode::UNKNOWN, message)
            };
            (status, AnsweredBy::Local)
        }
    })
}

fn raw_values(block: &HeaderMap) -> Vec<String> {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    block.get_all(GRPC_STATUS).iter().map(text).collect()
}

/// Digits alone: `u32`'s own parser takes a plus sign too.
fn parse_number(raw: &str) -> Option<StatusCode> {
    let digits = raw.bytes().all(|byte| byte.is_ascii_digit());
    raw.parse().ok().filter(|_| digits).map(StatusCode)
}

fn message(block: &HeaderMap, faults: &mut Vec<WireFault>) -> String {
    let Some(value) = block.get(GRPC_MESSAGE) else {
        return String::new();
    };
    if !is_percent_encoded(value.as_bytes()) {
        faults.push(WireFault::MalformedMessage);
    }
    metadata::decode_message(value.as_bytes())
}

/// Whether every `%` begins an escape and the whole is UTF-8.
fn is_percent_encoded(value: &[u8]) -> bool {
    let escapes_hold = value.iter().enumerate().all(|(index, byte)| {
        *byte != b'%'
            || value
                .get(index + 1..index + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    });
    escapes_hold
        && percent_encoding::percent_decode(value)
            .decode_utf8()
            .is_ok()
}

/// The first value decoded; a list in one line is taken apart as for any `-bin` key.
fn details(block: &HeaderMap, faults: &mut Vec<WireFault>) -> Bytes {
    let Some(value) = block.get(GRPC_STATUS_DETAILS) else {
        return Bytes::new();
    };
    let first = value.as_bytes().split(|byte| *byte == b',').next();
    match metadata::decode_binary(first.unwrap_or_default().trim_ascii()) {
        Some(details) => details.into(),
        None => {
            faults.push(WireFault::DetailsNotBase64);
            Bytes::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HeaderName;
    use proptest::prelude::*;

    fn block(pairs: &[(&str, &[u8])]) -> HeaderMap {
        let mut block = HeaderMap::new();
        for (key, value) in pairs {
            block.append(
                HeaderName::from_bytes(key.as_bytes()).unwrap(),
                HeaderValue::from_bytes(value).unwrap(),
            );
        }
        block
    }

    #[test]
    fn numbers_are_kept_as_sent() {
        use AnsweredBy::Local;
        use AnsweredBy::Server;
        for (raw, code, answered_by) in [
            ("0", 0, Server),
            ("16", 16, Server),
            ("99", 99, Server),
            ("1010", 1010, Server),
            ("4294967295", u32::MAX, Server),
            ("4294967296", 2, Local),
            ("-1", 2, Local),
            ("+7", 2, Local),
            (" 7", 2, Local),
            ("0, 16", 2, Local),
            ("banana", 2, Local),
            ("", 2, Local),
            ("١", 2, Local),
        ] {
            let mut faults = Vec::new();
            let block = block(&[(GRPC_STATUS, raw.as_bytes())]);
            let (status, by) = read(&block, &mut faults).unwrap();
            assert_eq!((status.code.0, by), (code, answered_by), "{raw}");
            assert_eq!(status.raw.as_deref(), Some(raw));
            assert_eq!(faults.is_empty(), by == Server, "{raw}");
        }
        for (raw, code) in [("00", 0), ("016", 16), ("0000000007", 7)] {
            let mut faults = Vec::new();
            let (status, by) = read(&block(&[(GRPC_STATUS, raw.as_bytes())]), &mut faults).unwrap();
            assert_eq!((status.code.0, by), (code, Server));
            assert_eq!(faults, [WireFault::PaddedStatusNumber { raw: raw.into() }]);
        }
        assert_eq!(read(&HeaderMap::new(), &mut Vec::new()), None);
    }

    #[test]
    fn two_values_are_one_status_only_if_they_agree() {
        for (values, code, answered_by) in [
            (["16", "16"], 16, AnsweredBy::Server),
            (["0", "16"], 13, AnsweredBy::Local),
            (["16", "0"], 13, AnsweredBy::Local),
            (["0", "00"], 13, AnsweredBy::Local),
        ] {
            let mut faults = Vec::new();
            let pairs = values.map(|value| (GRPC_STATUS, value.as_bytes()));
            let (status, by) = read(&block(&pairs), &mut faults).unwrap();
            assert_eq!((status.code.0, by), (code, answered_by), "{values:?}");
            assert_eq!(faults.len(), 1);
        }
    }

    #[test]
    fn messages_and_details_are_read_leniently() {
        for (key, value, message, details, fault) in [
            (
                GRPC_MESSAGE,
                &b"caf%C3%A9 %"[..],
                "café %",
                &b""[..],
                Some(WireFault::MalformedMessage),
            ),
            (GRPC_MESSAGE, b"caf%C3%A9", "café", b"", None),
            (GRPC_MESSAGE, "café".as_bytes(), "café", b"", None),
            (
                GRPC_MESSAGE,
                b"%ff",
                "\u{fffd}",
                b"",
                Some(WireFault::MalformedMessage),
            ),
            (GRPC_STATUS_DETAILS, b"CAcSAA", "", b"\x08\x07\x12\0", None),
            (
                GRPC_STATUS_DETAILS,
                b"CAcSAA==",
                "",
                b"\x08\x07\x12\0",
                None,
            ),
            (
                GRPC_STATUS_DETAILS,
                b"CAcSAA,AA",
                "",
                b"\x08\x07\x12\0",
                None,
            ),
            (
                GRPC_STATUS_DETAILS,
                b"not*base64",
                "",
                b"",
                Some(WireFault::DetailsNotBase64),
            ),
        ] {
            let mut faults = Vec::new();
            let block = block(&[(GRPC_STATUS, b"7"), (key, value)]);
            let (status, _) = read(&block, &mut faults).unwrap();
            assert_eq!(status.code, StatusCode::PERMISSION_DENIED);
            assert_eq!(
                (&status.message, &status.details[..]),
                (&message.into(), details)
            );
            assert_eq!(faults, Vec::from_iter(fault));
        }
    }

    proptest! {
        #[test]
        fn hostile_values_do_not_panic(
            status in "[ -~]{0,12}",
            message in proptest::collection::vec(0x20u8..=0x7e, 0..40),
            details in "[ -~]{0,40}",
        ) {
            let block = block(&[
                (GRPC_STATUS, status.as_bytes()),
                (GRPC_MESSAGE, &message),
                (GRPC_STATUS_DETAILS, details.as_bytes()),
            ]);
            let (read, by) = read(&block, &mut Vec::new()).unwrap();
            prop_assert!(read.code != StatusCode::OK || by == AnsweredBy::Server && status.bytes().all(|b| b == b'0'));
        }
    }
}
