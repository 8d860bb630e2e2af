//! `--descriptor-cache on`: used before the server is asked, held against it beside the call.

use std::sync::Arc;
use std::sync::Mutex;

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorSet;

use super::compile;
use crate::reflection::Act;
use crate::reflection::MessageRequest;
use crate::reflection::Server;
use crate::reflection::error;
use crate::reflection::files;
use crate::world::Ran;
use crate::world::grpcauth;

/// The server has reflection and nothing else: calls end with UNIMPLEMENTED, after their description.
#[test]
fn a_cache_is_used_checked_and_renewed() {
    let directory = tempfile::tempdir().unwrap();
    let source = r#"syntax = "proto3"; package p; service S { rpc Get(Q) returns (Q); } message Q { string old = 1; }"#;
    let old = compile(directory.path(), "a.proto", source);
    let new = compile(directory.path(), "a.proto", &source.replace("old", "new"));
    let served: Arc<Mutex<Option<FileDescriptorSet>>> = Arc::new(Mutex::new(Some(old)));
    let shared = served.clone();
    let server = Server::start(move |question| {
        let served = shared.lock().unwrap();
        match (question, &*served) {
            (MessageRequest::FileContainingSymbol(_), Some(set)) => Act::Answer(files(
                set.file.iter().map(|file| file.encode_to_vec()).collect(),
            )),
            (_, None) => Act::Silence,
            _ => Act::Answer(error(5, "no")),
        }
    });
    let call = |field: &str| {
        let data = format!("{{\"{field}\": \"x\"}}");
        let mut command = grpcauth();
        command.env("XDG_CACHE_HOME", directory.path());
        let words = [
            "call",
            &server.address,
            "p.S/Get",
            "--plaintext",
            "--descriptor-cache",
            "on",
            "-d",
            &data,
        ];
        Ran::new(command.args(words).output().unwrap())
    };
    let warned = |ran: &Ran| ran.stderr.contains("[reflection.stale-cache]");
    for _ in 0..2 {
        let ran = call("old");
        assert!(ran.code == 76 && !warned(&ran), "{ran:?}");
    }
    *served.lock().unwrap() = Some(new);
    let stale = call("old");
    assert!(stale.code == 76 && warned(&stale), "{stale:?}");
    let renewed = call("new");
    assert!(renewed.code == 76 && !warned(&renewed), "{renewed:?}");
    // Without an answer beside the call the cache still serves, and that is said.
    *served.lock().unwrap() = None;
    let unchecked = call("new");
    assert!(unchecked.code == 76 && warned(&unchecked), "{unchecked:?}");
    let kept = std::fs::read_dir(directory.path().join("grpcauth/descriptors")).unwrap();
    assert_eq!(kept.count(), 1);
}
