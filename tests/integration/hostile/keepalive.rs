//! `--keepalive-time`, as a server sees it.

use super::statuses::after_request;
use super::*;
use crate::invoke::grpc_headers;
use crate::invoke::trailers;

/// A server that answers once it is asked whether it is there: without the question it never would.
#[test]
fn a_silent_server_is_asked_whether_it_is_there() {
    let directory = tempfile::tempdir().unwrap();
    let protoset = protoset(&directory);
    let script = after_request(vec![
        grpc_headers(),
        Step::AwaitPing,
        trailers(&[("grpc-status", "7")]),
    ]);
    for (words, code) in [
        (&["--keepalive-time", "50ms", "--max-time", "20s"][..], 71),
        (&["--max-time", "1s"], 68),
        (&["--keepalive-time", "10s", "--max-time", "1s"], 68),
    ] {
        let mut command = grpcauth();
        command
            .args([
                "call",
                &serve(&script),
                "hostile.v1.Peer/Get",
                "--plaintext",
            ])
            .args(words)
            .arg("--protoset")
            .arg(&protoset);
        let ran = Ran::new(command.output().unwrap());
        assert_eq!(ran.code, code, "{words:?}: {}", ran.stderr);
    }
}
