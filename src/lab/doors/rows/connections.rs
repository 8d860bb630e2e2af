//! Doors where no HTTP/2 connection comes to be.

use std::sync::Arc;

use crate::lab::doors::Answer;
use crate::lab::doors::Door;
use crate::lab::doors::FAULTY;
use crate::lab::doors::Socket;
use crate::lab::doors::channel::Channel;
use crate::lab::doors::channel::TLS;
use crate::lab::doors::raw;
use crate::lab::doors::raw::Raw;
use crate::lab::doors::raw::Then;

/// A door without TLS, whose clients expect it.
const RAW: Door = Door {
    needs: "nothing; no call gets through",
    channel: Channel::Plaintext,
    ..FAULTY
};

/// To a client that is not to wait for ten seconds.
const IMPATIENT: &str =
    "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --connect-timeout 2s";

fn says(words: &'static [u8]) -> anyhow::Result<Arc<dyn Answer>> {
    Ok(Arc::new(Raw {
        words,
        then: Then::Close,
    }))
}

pub(super) const DOORS: &[Door] = &[
    Door {
        id: "refused",
        summary: "nobody listens on this port",
        demonstrates: Some("net.refused"),
        socket: Socket::Deaf,
        ..RAW
    },
    Door {
        id: "silent",
        summary: "takes connections and says nothing",
        demonstrates: Some("net.handshake-stalled"),
        example: IMPATIENT,
        open: |_| {
            Ok(Arc::new(Raw {
                words: b"",
                then: Then::Wait,
            }))
        },
        ..RAW
    },
    Door {
        id: "closed",
        summary: "reads the first bytes, and closes the connection",
        demonstrates: Some("net.closed"),
        open: |_| says(b""),
        ..RAW
    },
    Door {
        id: "reset",
        summary: "reads the first byte, and resets the connection",
        demonstrates: Some("net.reset"),
        open: |_| {
            Ok(Arc::new(Raw {
                words: b"",
                then: Then::Reset,
            }))
        },
        ..RAW
    },
    Door {
        id: "http1",
        summary: "a web server: HTTP/1.1 without TLS",
        demonstrates: Some("plain.server-is-http1"),
        open: |_| says(raw::BAD_REQUEST),
        ..RAW
    },
    Door {
        id: "ssh",
        summary: "greets as an SSH server",
        demonstrates: Some("plain.server-is-ssh"),
        open: |_| says(b"SSH-2.0-OpenSSH_9.9\r\n"),
        ..RAW
    },
    Door {
        id: "smtp",
        summary: "greets as a mail server",
        demonstrates: Some("plain.not-tls"),
        open: |_| says(b"220 mail.lab.test ESMTP\r\n"),
        ..RAW
    },
    Door {
        id: "old-tls",
        summary: "answers every hello with the alert protocol_version, as a server with TLS 1.1 alone does",
        demonstrates: Some("tls.version"),
        open: |_| says(const { &raw::fatal_alert(70) }),
        ..RAW
    },
    Door {
        id: "no-common-cipher",
        summary: "answers every hello with the alert handshake_failure",
        demonstrates: Some("tls.handshake-failed"),
        open: |_| says(const { &raw::fatal_alert(40) }),
        ..RAW
    },
    Door {
        id: "malformed",
        summary: "answers every hello with a ServerHello of no length",
        demonstrates: Some("tls.malformed"),
        open: |_| says(&[0x16, 3, 3, 0, 4, 2, 0, 0, 0]),
        ..RAW
    },
    Door {
        id: "unrecognized-name",
        summary: "answers every hello with the alert unrecognized_name",
        demonstrates: Some("sni.unrecognized"),
        example: "grpcauth call {address} lab.v1.Vault/GetPublic --cacert {dir}/ca.pem --servername other.test",
        open: |_| says(const { &raw::fatal_alert(112) }),
        ..RAW
    },
    Door {
        id: "no-alpn",
        summary: "TLS without an answer to the client's list of protocols (ALPN)",
        demonstrates: Some("alpn.none"),
        channel: Channel::Tls(TLS.without_alpn()),
        ..FAULTY
    },
    Door {
        id: "http1-alpn",
        summary: "TLS, and HTTP/1.1 alone",
        demonstrates: Some("alpn.no-h2"),
        channel: Channel::Tls(TLS.http1()),
        ..FAULTY
    },
];
