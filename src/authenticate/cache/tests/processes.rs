//! Processes at once. They are this test binary again: what one does is chosen by a variable.

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::net::TcpStream;
use std::process::Child;
use std::process::ChildStdout;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::Mutex;

use super::*;

const ROLE: &str = "GRPCAUTH_TEST_CACHE_ROLE";
const DIRECTORY: &str = "GRPCAUTH_TEST_CACHE_DIRECTORY";
const AUTHORITY: &str = "GRPCAUTH_TEST_CACHE_AUTHORITY";
const MARK: &str = "as another process: ";
const PROCESSES: usize = 20;
const ROUNDS: usize = 10;

struct Process {
    child: Child,
    said: BufReader<ChildStdout>,
}

/// Runs [`as_another_process`] in a process of its own.
fn start(role: &str, directory: &Path, authority: &str) -> Process {
    let here = module_path!().split_once("::").unwrap().1;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", &format!("{here}::as_another_process")])
        .args(["--ignored", "--nocapture", "--test-threads=1"])
        .env(ROLE, role)
        .env(DIRECTORY, directory)
        .env(AUTHORITY, authority)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap());
    Process { child, said }
}

impl Process {
    /// What it says of itself; its harness prints too.
    fn says(&mut self) -> String {
        let lines = self.said.by_ref().lines().map(Result::unwrap);
        let said = |line: String| Some(line.split_once(MARK)?.1.to_owned());
        lines.filter_map(said).next().expect("it says something")
    }
}

fn say(text: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{MARK}{text}").unwrap();
    out.flush().unwrap();
}

#[tokio::test]
#[ignore = "what the processes of the other tests run"]
#[expect(clippy::disallowed_methods, reason = "the other tests tell it so")]
async fn as_another_process() {
    let directory = std::env::var_os(DIRECTORY).expect("run by another test");
    let (cache, _) = Cache::disk(Path::new(&directory)).unwrap();
    let key = key(&cache);
    let wait = || std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    match std::env::var(ROLE).unwrap().as_str() {
        "hold" => {
            let hold = cache.obtain(&key, now, Want::Usable, async |_| {
                say("held");
                wait();
                Err::<Entry, ()>(())
            });
            assert!(hold.await.is_err());
        }
        "refresh" => {
            wait();
            let authority = std::env::var(AUTHORITY).unwrap();
            let refresh = async |old: Option<Entry>| ask(&authority, &old.unwrap());
            let served = cache
                .obtain(&key, now, Want::Usable, refresh)
                .await
                .unwrap();
            assert_eq!(served.notices, []);
            say(served.entry.access_token.expose());
        }
        other => panic!("no role {other}"),
    }
}

/// Sends the refresh token, reads the new tokens.
fn ask(authority: &str, old: &Entry) -> Result<Entry, String> {
    let mut stream = TcpStream::connect(authority).unwrap();
    let refresh = old.refresh_token.as_ref().unwrap().expose();
    stream.write_all(format!("{refresh}\n").as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    match answer.strip_prefix("token ") {
        None => Err(answer),
        Some(text) => Ok(token(text, 3600)),
    }
}

/// An authority whose refresh tokens serve once.
#[derive(Default)]
struct Authority {
    issued: usize,
    refusals: usize,
}

fn serve(listener: &TcpListener, state: &Mutex<Authority>) {
    for stream in listener.incoming() {
        let mut stream = stream.unwrap();
        let mut asked = String::new();
        BufReader::new(&stream).read_line(&mut asked).unwrap();
        let mut state = state.lock().unwrap();
        let answer = if asked == format!("refresh-t{}\n", state.issued) {
            state.issued += 1;
            format!("token t{}", state.issued)
        } else {
            state.refusals += 1;
            "it was used before".to_owned()
        };
        stream.write_all(answer.as_bytes()).unwrap();
    }
}

#[tokio::test]
async fn twenty_processes_refresh_once_ten_times_over() {
    let directory = Directory::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let state = Arc::new(Mutex::new(Authority::default()));
    let served = Arc::clone(&state);
    std::thread::spawn(move || serve(&listener, &served));

    let cache = directory.cache();
    let key = key(&cache);
    let Kept::Disk(disk) = &cache.kept else {
        panic!("it is on disk")
    };
    for round in 0..ROUNDS {
        let locked = disk.lock(&key, LOCK_WAIT).await.unwrap();
        locked.write(&token(&format!("t{round}"), 0)).unwrap();
        drop(locked);
        let mut processes: Vec<Process> = (0..PROCESSES)
            .map(|_| start("refresh", &directory.path(), &address))
            .collect();
        // All are let go at once.
        for process in &mut processes {
            drop(process.child.stdin.take());
        }
        for process in &mut processes {
            assert_eq!(process.says(), format!("t{}", round + 1));
            std::io::copy(&mut process.said, &mut std::io::sink()).unwrap();
            assert!(process.child.wait().unwrap().success());
        }
        let state = state.lock().unwrap();
        assert_eq!((state.issued, state.refusals), (round + 1, 0));
    }
}

#[tokio::test]
async fn a_holder_that_is_killed_leaves_no_lock() {
    let directory = Directory::new();
    let cache = directory.cache();
    let mut holder = start("hold", &directory.path(), "");
    assert_eq!(holder.says(), "held");
    let Kept::Disk(disk) = &cache.kept else {
        panic!("it is on disk")
    };
    let taken = disk.lock(&key(&cache), Duration::ZERO).await;
    assert!(matches!(taken, Err(NotLocked::Busy(_))));
    holder.child.kill().unwrap();
    holder.child.wait().unwrap();
    is(obtain(&cache, Want::Usable, "1").await, "1", How::Fetched);
}
