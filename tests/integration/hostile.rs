//! The binary against HTTP/2 servers that are broken or mean to be: each run ends in time, with the right
//! exit code, a line that says what happened, bounded memory, and nothing raw of the peer's.

mod codes;
mod connections;
mod cuts;
mod echoes;
mod floods;
mod keepalive;
mod messages;
mod openings;
mod refusals;
mod rules;
pub(crate) mod statuses;
mod tls_closes;

use std::path::PathBuf;
use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use tempfile::TempDir;

use crate::raw_http2;
use crate::raw_http2::Step;
use crate::world::Ran;
use crate::world::grpcauth;

/// What the service looks like: its types nest, so that an answer can be deep.
const PROTO: &str = r#"
syntax = "proto3";
package hostile.v1;
service Peer {
  rpc Get(Node) returns (Node);
  rpc List(Node) returns (stream Node);
}
message Node {
  Node child = 1;
  string text = 2;
  repeated int64 numbers = 3;
}
"#;

/// The longest that any run may take: the 1 s of `--max-time` and what a debug build needs.
const LONGEST: Duration = Duration::from_secs(8);

/// The most memory that any run may hold.
const MOST: u64 = 100 << 20;

/// A behaviour, and what it must come to.
struct Row {
    name: &'static str,
    script: Vec<Step>,
    /// Whether the method streams its answers.
    streaming: bool,
    code: i32,
    /// Words of standard error; for an OK there must be no error.
    words: &'static [&'static str],
}

fn row(name: &'static str, script: Vec<Step>, code: i32, words: &'static [&'static str]) -> Row {
    Row {
        name,
        script,
        streaming: false,
        code,
        words,
    }
}

fn streaming(row: Row) -> Row {
    Row {
        streaming: true,
        ..row
    }
}

/// Plays every row to the binary, some at a time, and shows all that went wrong.
fn check(rows: Vec<Row>) {
    let directory = tempfile::tempdir().unwrap();
    let protoset = &protoset(&directory);
    let wrong: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = rows
            .iter()
            .map(|row| scope.spawn(move || play(row, protoset)))
            .collect();
        runs.into_iter()
            .filter_map(|run| run.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Four at a time: what each run finds.
fn in_parallel(count: usize, one: impl Fn(usize) -> Option<String> + Sync) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return found;
            }
            found.extend(one(index));
        }
    };
    thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

pub(crate) fn protoset(directory: &TempDir) -> PathBuf {
    let proto = directory.path().join("hostile.proto");
    std::fs::write(&proto, PROTO).unwrap();
    let set = protox::Compiler::new([directory.path()])
        .and_then(|mut compiler| {
            compiler.open_file("hostile.proto")?;
            Ok(compiler.encode_file_descriptor_set())
        })
        .unwrap();
    let path = directory.path().join("hostile.binpb");
    std::fs::write(&path, set).unwrap();
    path
}

/// What is wrong with the run, if anything is.
#[expect(clippy::disallowed_methods, reason = "a variable asks for the figures")]
fn play(row: &Row, protoset: &PathBuf) -> Option<String> {
    let address = serve(&row.script);
    let method = if row.streaming { "List" } else { "Get" };
    let mut command = grpcauth();
    command
        .args(["call", &address, &format!("hostile.v1.Peer/{method}")])
        .args(["--plaintext", "--max-time", "1s", "--protoset"])
        .arg(protoset)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let started = Instant::now();
    let child = command.spawn().unwrap();
    let watch = watch_memory(child.id());
    let output = child.wait_with_output().unwrap();
    let taken = started.elapsed();
    let peak = watch.join().unwrap();
    if !row.streaming && output.stdout.len() > 1 << 20 {
        return Some(format!(
            "{}: {} bytes of output",
            row.name,
            output.stdout.len()
        ));
    }
    let ran = Ran::new(output);
    let mut wrong = Vec::new();
    if ran.code != row.code {
        wrong.push(format!("exit {}, not {}", ran.code, row.code));
    }
    for word in row.words {
        if !ran.stderr.contains(word) {
            wrong.push(format!("`{word}` is not told"));
        }
    }
    let mut lines = ran.stderr.lines();
    let outcome = lines.find(|line| !line.starts_with("warning["));
    if outcome.is_some_and(|line| line.starts_with("error[")) != (row.code != 0) {
        wrong.push("the outcome is not told first".to_owned());
    }
    if ran.stderr.contains("panick") || ran.stderr.contains("a bug in") {
        wrong.push("it panicked".to_owned());
    }
    let raw = |text: &str| {
        text.chars()
            .any(|character| character != '\n' && !grpcauth::internals::is_plain(character))
    };
    if raw(&ran.stdout) || raw(&ran.stderr) {
        wrong.push("a raw control character".to_owned());
    }
    if taken > LONGEST {
        wrong.push(format!("{taken:?}"));
    }
    if peak > MOST {
        wrong.push(format!("{} MiB", peak >> 20));
    }
    if std::env::var_os("HOSTILE_SHOW").is_some() {
        eprintln!(
            "{:6} ms {:4} MiB {:3} {}",
            taken.as_millis(),
            peak >> 20,
            ran.code,
            row.name
        );
        eprint!("{}", ran.stderr);
    }
    (!wrong.is_empty()).then(|| format!("{}: {}\n{}", row.name, wrong.join(", "), ran.stderr))
}

/// Plays the script on a loopback port, to every client, until the test ends.
pub fn serve(script: &[Step]) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    listener.set_nonblocking(true).unwrap();
    let actions = raw_http2::bytes(script, 1);
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let serving = async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(raw_http2::play(stream, actions.clone()));
            }
        };
        // Nothing tells when the client is done for good; its own limit is far below this one.
        let _ = runtime.block_on(async { tokio::time::timeout(LONGEST * 2, serving).await });
    });
    address
}

/// The most memory that a run of the program held, in bytes, as far as the system tells.
///
/// A process that was just spawned has the memory map of its parent until the exec is done, and the parent may be
/// woken before that (`CLONE_VFORK`): what the system says then is the peak of the tests. The map and the name of
/// its executable change together, so a figure counts once the name is the program's.
pub fn watch_memory(process: u32) -> thread::JoinHandle<u64> {
    let program = std::fs::canonicalize(env!("CARGO_BIN_EXE_grpcauth")).unwrap();
    thread::spawn(move || {
        let mut peak = 0;
        let mut executed = false;
        while let Ok(status) = std::fs::read_to_string(format!("/proc/{process}/status")) {
            let held = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let Some(held) = held else { break };
            if executed {
                let kilobytes: u64 = held.trim().trim_end_matches(" kB").parse().unwrap();
                peak = peak.max(kilobytes << 10);
            } else {
                let name = std::fs::read_link(format!("/proc/{process}/exe"));
                executed = name.is_ok_and(|name| name == program);
                if executed {
                    continue;
                }
            }
            thread::sleep(Duration::from_millis(5));
        }
        peak
    })
}
