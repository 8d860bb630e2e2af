//! A gRPC status in a JSON body: Connect's errors, and those of gateways that translate REST to gRPC.

use serde_json::Value;

use crate::peer_text::PeerText;
use crate::status::StatusCode;
use crate::verdict::reading::Reply;
use crate::verdict::reading::http_meaning::bodies;

/// The longest message that is shown.
const LONGEST: usize = 300;

/// Who writes errors so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// `{"code": "unauthenticated", "message": …}`: <https://connectrpc.com/docs/protocol/#error-codes>.
    Connect,
    /// `{"code": 16, "message": …}`: grpc-gateway, and Envoy's transcoder.
    Transcoder,
}

/// The status that a JSON body gives.
#[derive(Clone, Debug)]
pub(crate) struct JsonError {
    pub dialect: Dialect,
    pub code: StatusCode,
    message: Option<PeerText>,
}

impl JsonError {
    pub(crate) fn of(reply: &Reply<'_>, status: u16) -> Option<Self> {
        if status < 400 || !bodies::is_json(reply) {
            return None;
        }
        let body: Value = serde_json::from_str(&reply.body()).ok()?;
        let message = body["message"].as_str().map(PeerText::from);
        let (dialect, code) = match &body["code"] {
            Value::String(name) => (Dialect::Connect, named(name)?),
            Value::Number(number) => {
                let code = StatusCode(u32::try_from(number.as_u64()?).ok()?);
                // Other services number their errors, too.
                (message.is_some() && over_http(code) == Some(status))
                    .then_some((Dialect::Transcoder, code))?
            }
            _ => return None,
        };
        Some(Self {
            dialect,
            code,
            message,
        })
    }

    /// The status, for a line of evidence.
    pub(crate) fn in_words(&self) -> String {
        let form = match self.dialect {
            Dialect::Connect => "the body is an error of the Connect protocol",
            Dialect::Transcoder => {
                "the body is a gRPC status in JSON, as gateways from REST to gRPC write it"
            }
        };
        match &self.message {
            Some(message) => format!("{form}: {}, {}", self.code, message.quoted(LONGEST)),
            None => format!("{form}: {}", self.code),
        }
    }
}

/// Connect's name of a code: in lower case, and with one `l` in `canceled`.
fn named(name: &str) -> Option<StatusCode> {
    let is_name = |octet: u8| octet.is_ascii_lowercase() || octet == b'_';
    if !name.bytes().all(is_name) {
        return None;
    }
    let name = if name == "canceled" {
        "cancelled"
    } else {
        name
    };
    StatusCode::parse(name).filter(|code| *code != StatusCode::OK)
}

/// The HTTP status that grpc-gateway gives a code.
fn over_http(code: StatusCode) -> Option<u16> {
    Some(match code.0 {
        1 => 499,
        2 | 13 | 15 => 500,
        3 | 9 | 11 => 400,
        4 => 504,
        5 => 404,
        6 | 10 => 409,
        7 => 403,
        8 => 429,
        12 => 501,
        14 => 503,
        16 => 401,
        _ => return None,
    })
}
