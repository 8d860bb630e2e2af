//! Doors that break off, or break the rules of, HTTP/2.

use std::sync::Arc;

use crate::lab::doors::Answer;
use crate::lab::doors::Door;
use crate::lab::doors::FAULTY;
use crate::lab::doors::frames::DATA_ON_STREAM_0;
use crate::lab::doors::frames::Frames;
use crate::lab::doors::frames::GOAWAY;
use crate::lab::doors::frames::RST_STREAM;
use crate::lab::doors::raw;
use crate::lab::doors::raw::Raw;
use crate::lab::doors::raw::Then;

/// A door that answers no reflection either; the example brings descriptors.
const BROKEN: Door = Door {
    needs: "ca.pem, and descriptors; the call fails all the same",
    files: &["ca.pem", "vault.protoset"],
    example: super::gateways::EXAMPLE,
    ..FAULTY
};

fn after_request(frames: &'static [u8]) -> anyhow::Result<Arc<dyn Answer>> {
    Ok(Arc::new(Frames(frames)))
}

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "not-http2",
        summary: "agrees on h2, and answers in HTTP/1.1",
        demonstrates: Some("http2.not-http2"),
        open: |_| {
            Ok(Arc::new(Raw {
                words: raw::BAD_REQUEST,
                then: Then::Close,
            }))
        },
        ..BROKEN
    },
    Door {
        id: "goaway",
        summary: "answers a call with GOAWAY, ENHANCE_YOUR_CALM and too_many_pings",
        demonstrates: Some("http2.goaway"),
        open: |_| after_request(GOAWAY),
        ..BROKEN
    },
    Door {
        id: "rst-stream",
        summary: "resets every call's stream with INTERNAL_ERROR",
        demonstrates: Some("http2.reset"),
        open: |_| after_request(RST_STREAM),
        ..BROKEN
    },
    Door {
        id: "protocol-error",
        summary: "answers a call with DATA on stream 0",
        demonstrates: Some("http2.protocol-error"),
        open: |_| after_request(DATA_ON_STREAM_0),
        ..BROKEN
    },
    Door {
        id: "connection-lost",
        summary: "closes the connection when a call has come",
        demonstrates: Some("http2.connection-lost"),
        open: |_| after_request(b""),
        ..BROKEN
    },
];
