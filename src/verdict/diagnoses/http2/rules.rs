//! The rules of HTTP/2 in words, with the section of RFC 9113 that has them.

use crate::connect::rules::Breach;
use crate::connect::rules::Rule;

/// The longest name or value that is shown.
const LONGEST: usize = 80;

/// A broken rule in words.
#[derive(Debug)]
pub(super) struct Broken {
    /// What the peer did, for a sentence after "the server".
    pub did: String,
    /// What the rule is, with its section.
    pub rule: String,
}

/// The words for a breach.
pub(super) fn broken(breach: &Breach) -> Broken {
    let frame = frame_name(breach.frame);
    let stream = breach.stream;
    let (did, rule, section) = match &breach.rule {
        Rule::FrameTooLarge { length } => (
            format!("sent a {frame} frame of {length} bytes"),
            "no frame may be larger than SETTINGS_MAX_FRAME_SIZE, which is 16384 here",
            "4.2",
        ),
        Rule::NeedsStream => (
            format!("sent a {frame} frame on stream 0"),
            "such a frame belongs to a stream, and stream 0 is the connection",
            "6",
        ),
        Rule::NeedsConnection => (
            format!("sent a {frame} frame on stream {stream}"),
            "such a frame concerns the connection, and must be on stream 0",
            "6",
        ),
        Rule::WrongLength { length } => (
            format!("sent a {frame} frame of {length} bytes"),
            "the length of such a frame is fixed",
            "6",
        ),
        Rule::SettingsValue { setting, value } => (
            format!("sent SETTINGS with {value} for {}", setting_name(*setting)),
            "the value is outside the range that is allowed",
            "6.5.2",
        ),
        Rule::NoIncrement => (
            "sent a WINDOW_UPDATE frame with an increment of 0".to_owned(),
            "the increment must be at least 1",
            "6.9",
        ),
        Rule::WindowOverflow => (
            format!(
                "raised the flow-control window of {} above 2^31-1",
                of_stream(stream)
            ),
            "no window may exceed 2^31-1",
            "6.9.1",
        ),
        Rule::PaddingTooLong => (
            format!("sent a {frame} frame whose padding is longer than the frame"),
            "padding must fit into its frame",
            "6.1",
        ),
        Rule::ContinuationExpected => (
            format!("sent a {frame} frame in the middle of a header block"),
            "only CONTINUATION frames of the same stream may follow until END_HEADERS",
            "6.10",
        ),
        Rule::ContinuationUnexpected => (
            "sent a CONTINUATION frame without a header block before it".to_owned(),
            "CONTINUATION must follow HEADERS without END_HEADERS",
            "6.10",
        ),
        Rule::PushDisabled => (
            "sent PUSH_PROMISE".to_owned(),
            "the client's SETTINGS disabled push (SETTINGS_ENABLE_PUSH 0)",
            "8.4",
        ),
        Rule::StreamOfServer => (
            format!("sent HEADERS on stream {stream}"),
            "streams with even numbers are the server's, and none was promised",
            "5.1.1",
        ),
        Rule::IdleStream => (
            format!("sent a {frame} frame on stream {stream}"),
            "the client has not opened that stream: it is idle",
            "5.1",
        ),
        Rule::DataBeforeHeaders => (
            format!("sent DATA on stream {stream} before HEADERS"),
            "a response begins with HEADERS",
            "8.1",
        ),
        Rule::AfterEndStream => (
            format!("sent a {frame} frame on stream {stream} after END_STREAM"),
            "nothing of a response may follow END_STREAM",
            "5.1",
        ),
        Rule::TrailersWithoutEndStream => (
            "sent trailers without END_STREAM".to_owned(),
            "the HEADERS frame of the trailers must end the stream",
            "8.1",
        ),
        Rule::NotHpack => (
            "sent a header block that cannot be decompressed".to_owned(),
            "header blocks are compressed by HPACK (RFC 7541)",
            "4.3",
        ),
        Rule::NameNotLowercase { name } => (
            format!(
                "sent the header name {} with upper-case letters",
                name.quoted(LONGEST)
            ),
            "header names must be in lower case",
            "8.2.1",
        ),
        Rule::NameInvalid { name } => (
            format!("sent the invalid header name {}", name.quoted(LONGEST)),
            "a name has no spaces, control characters or other characters that HTTP forbids",
            "8.2.1",
        ),
        Rule::ValueInvalid { name } => (
            format!(
                "sent an invalid value for the header {}",
                name.quoted(LONGEST)
            ),
            "a value has no line breaks or other characters that HTTP forbids, and :status is a number of three digits",
            "8.2.1",
        ),
        Rule::ConnectionSpecific { name } => (
            format!("sent the header {}", name.quoted(LONGEST)),
            "headers of an HTTP/1.1 connection are forbidden; a proxy must remove them",
            "8.2.2",
        ),
        Rule::TeNotTrailers { value } => (
            format!("sent the header te with {}", value.quoted(LONGEST)),
            "te may have no other value than trailers",
            "8.2.2",
        ),
        Rule::PseudoAfterRegular { name } => (
            format!("sent {} after other headers", name.quoted(LONGEST)),
            "pseudo-headers must come before all other headers",
            "8.3",
        ),
        Rule::PseudoRepeated { name } => (
            format!("sent {} twice", name.quoted(LONGEST)),
            "a pseudo-header must not be repeated",
            "8.3",
        ),
        Rule::PseudoUnknown { name } => (
            format!("sent the pseudo-header {}", name.quoted(LONGEST)),
            "responses have no pseudo-header but :status",
            "8.3.2",
        ),
        Rule::ContentLengthUnreadable { value } => (
            format!("sent content-length {}", value.quoted(LONGEST)),
            "content-length is a number",
            "8.1.1",
        ),
        Rule::ContentLengthsDiffer => (
            "sent several content-length headers that differ".to_owned(),
            "a response has one length",
            "8.1.1",
        ),
        Rule::ContentLengthMissed {
            announced,
            received,
        } => (
            format!("announced {announced} bytes by content-length and sent {received}"),
            "content-length must be the length of the DATA frames together; gRPC responses need none",
            "8.1.1",
        ),
    };
    Broken {
        did,
        rule: format!("the rule (RFC 9113 section {section}): {rule}"),
    }
}

fn of_stream(stream: u32) -> String {
    match stream {
        0 => "the connection".to_owned(),
        stream => format!("stream {stream}"),
    }
}

fn frame_name(kind: u8) -> &'static str {
    const NAMES: [&str; 10] = [
        "DATA",
        "HEADERS",
        "PRIORITY",
        "RST_STREAM",
        "SETTINGS",
        "PUSH_PROMISE",
        "PING",
        "GOAWAY",
        "WINDOW_UPDATE",
        "CONTINUATION",
    ];
    NAMES.get(usize::from(kind)).copied().unwrap_or("unknown")
}

/// The settings that have a range.
fn setting_name(setting: u16) -> String {
    match setting {
        2 => "SETTINGS_ENABLE_PUSH".to_owned(),
        4 => "SETTINGS_INITIAL_WINDOW_SIZE".to_owned(),
        5 => "SETTINGS_MAX_FRAME_SIZE".to_owned(),
        other => format!("setting {other:#x}"),
    }
}
