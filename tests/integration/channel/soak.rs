//! Ten thousand calls over one connection: memory and file descriptors stay as they were.

use std::fs;
use std::process::Command;

use futures_util::future::join_all;

use super::Planned;
use super::silent;
use super::verdict;
use crate::world::World;

/// What memory may grow by while nine in ten of the calls are made: 200 bytes a call.
const GROWTH: u64 = 2 << 20;

/// Calls at once.
const AT_ONCE: usize = 20;

/// In a process of its own: the tests beside it would be counted too.
#[test]
#[expect(clippy::disallowed_methods, reason = "a variable asks for more")]
fn calls_leave_nothing_behind() {
    let calls = std::env::var("SOAK_CALLS").unwrap_or_else(|_| "2000".to_owned());
    let ran = Command::new(std::env::current_exe().unwrap())
        .args([
            "channel::soak::alone",
            "--exact",
            "--ignored",
            "--nocapture",
        ])
        .env("SOAK_CALLS", calls)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    assert!(
        ran.status.success(),
        "{told}{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    assert!(told.contains("1 passed"), "{told}");
}

#[tokio::test]
#[ignore = "run by the test above"]
#[expect(clippy::disallowed_methods, reason = "a variable asks for more")]
async fn alone() {
    let calls: usize = std::env::var("SOAK_CALLS").map_or(2000, |calls| calls.parse().unwrap());
    let lab = World::open();
    let reporter = silent();
    let line = "{tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt";
    let planned = Planned::new(&lab, line);
    let channel = planned.open(&reporter).await;
    let caller = planned.caller(&reporter).await;
    let call = async |times: usize| {
        for _ in 0..times.div_ceil(AT_ONCE) {
            let called = (0..AT_ONCE).map(|_| planned.call(&channel, &caller, &reporter));
            for evidence in join_all(called).await {
                assert_eq!(verdict(&evidence), (0, None), "{evidence:?}");
            }
        }
    };
    call(calls / 10).await;
    let (memory, descriptors) = (resident(), open_files());
    call(calls - calls / 10).await;
    let grown = resident().saturating_sub(memory);
    println!("{calls} calls: {grown} bytes more");
    assert_eq!(open_files(), descriptors);
    assert!(grown < GROWTH, "{grown} bytes for {calls} calls");
    channel.hang_up(&mut planned.evidence()).await;
}

fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
    kilobytes.parse::<u64>().unwrap() << 10
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}
