//! What an answer says of who may call: one word, with one meaning, for `--expect` and for suites.

use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// What an answer says of the caller's right to call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    /// OK, or a first message.
    Allowed,
    /// The server, or a gateway, refused.
    Denied,
    /// A status that the handler gives of what it was asked for. `allowed` where the same request without a credential is
    /// denied: authorization then comes first.
    Business,
    /// Nothing about who may call.
    Inconclusive,
}

/// The class of a status; `denied_also`: what this server or row counts as a denial besides.
pub(crate) fn of(code: StatusCode, by: AnsweredBy, denied_also: &[StatusCode]) -> Class {
    match by {
        // Nobody said it.
        AnsweredBy::Local => Class::Inconclusive,
        _ if code.is_denial() => Class::Denied,
        AnsweredBy::Proxy => Class::Inconclusive,
        AnsweredBy::Server if denied_also.contains(&code) => Class::Denied,
        AnsweredBy::Server if code == StatusCode::OK => Class::Allowed,
        AnsweredBy::Server if code.is_of_business() => Class::Business,
        AnsweredBy::Server => Class::Inconclusive,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_class() {
        use AnsweredBy::Local;
        use AnsweredBy::Proxy;
        use AnsweredBy::Server;
        for (code, by, class) in [
            (0, Server, Class::Allowed),
            (16, Server, Class::Denied),
            (7, Server, Class::Denied),
            (16, Proxy, Class::Denied),
            (7, Proxy, Class::Denied),
            (14, Proxy, Class::Inconclusive),
            (12, Proxy, Class::Inconclusive),
            (3, Server, Class::Business),
            (5, Server, Class::Business),
            (6, Server, Class::Business),
            (9, Server, Class::Business),
            (10, Server, Class::Business),
            (11, Server, Class::Business),
            (16, Local, Class::Inconclusive),
            (4, Local, Class::Inconclusive),
            (1, Server, Class::Inconclusive),
            (2, Server, Class::Inconclusive),
            (4, Server, Class::Inconclusive),
            (8, Server, Class::Inconclusive),
            (12, Server, Class::Inconclusive),
            (13, Server, Class::Inconclusive),
            (14, Server, Class::Inconclusive),
            (15, Server, Class::Inconclusive),
            (1010, Server, Class::Inconclusive),
        ] {
            assert_eq!(of(StatusCode(code), by, &[]), class, "{code} {by:?}");
        }
        let also = [StatusCode(1010), StatusCode::NOT_FOUND];
        for (code, by, class) in [
            (1010, Server, Class::Denied),
            (5, Server, Class::Denied),
            (5, Local, Class::Inconclusive),
            (3, Server, Class::Business),
        ] {
            assert_eq!(of(StatusCode(code), by, &also), class, "{code} {by:?}");
        }
    }
}
