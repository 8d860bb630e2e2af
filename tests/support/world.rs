//! The lab in a thread of this process, and the built binary run against it.

use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::mpsc;
use std::thread::JoinHandle;

use grpcauth::internals::lab;
use grpcauth::internals::lab::OpenDoor;
use serde_json::Value;
use time::OffsetDateTime;
use tokio::sync::oneshot;

/// A lab that ends with the test.
pub struct World {
    doors: Vec<OpenDoor>,
    directory: PathBuf,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl World {
    pub fn open() -> Self {
        let (opened, ready) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let options = lab::Options {
                    directory: None,
                    base_port: None,
                    now: OffsetDateTime::now_utc(),
                };
                let lab = lab::start(options).await.unwrap();
                let doors = lab.doors().to_vec();
                opened.send((doors, lab.directory().to_owned())).unwrap();
                let _ = stopped.await;
                lab.shutdown().await;
            });
        });
        let (doors, directory) = ready.recv().unwrap();
        Self {
            doors,
            directory,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    pub fn doors(&self) -> &[OpenDoor] {
        &self.doors
    }

    /// The address of a door.
    pub fn door(&self, id: &str) -> &str {
        let found = self.doors.iter().find(|door| door.id == id);
        &found
            .unwrap_or_else(|| panic!("the lab has no door {id}"))
            .address
    }

    /// The base URL of the lab's authorization server.
    pub fn issuer(&self) -> &str {
        self.door("https-login").trim_end_matches("/login")
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// `words` after `grpcauth`; `{door}` is a door's address, `{issuer}` the authorization server's, also
    /// with more behind it; `@name` is a file of the lab's.
    pub fn words(&self, line: &str) -> Vec<String> {
        shlex::split(line)
            .unwrap()
            .into_iter()
            .map(|word| self.fill(word))
            .collect()
    }

    fn fill(&self, word: String) -> String {
        let door = word
            .strip_prefix('{')
            .and_then(|rest| rest.split_once('}'))
            .filter(|(id, _)| !id.contains(['"', ' ', ':']) && !id.is_empty());
        if let Some((id, rest)) = door {
            let address = match id {
                "issuer" => self.issuer(),
                id => self.door(id),
            };
            return format!("{address}{rest}");
        }
        match word.split_once('@') {
            Some((before, file))
                if (before.is_empty() || before == "file:")
                    && file.starts_with(char::is_alphabetic) =>
            {
                format!("{before}{}", self.directory.join(file).display())
            }
            _ => word,
        }
    }

    /// The binary, ready to run a line, in an environment of our own.
    pub fn command(&self, line: &str) -> Command {
        let mut command = grpcauth();
        command.args(self.words(line));
        command
    }

    pub fn run(&self, line: &str) -> Ran {
        Ran::new(self.command(line).output().unwrap())
    }

    /// What the lab's authorization server and its AuthService were asked, by path.
    pub fn stats(&self) -> Value {
        serde_json::from_str(&self.asked("GET /stats", "")).unwrap()
    }

    /// How often the authorization server or the AuthService was asked at this path.
    pub fn requests(&self, path: &str) -> u64 {
        self.stats()[path]["requests"].as_u64().unwrap_or(0)
    }

    /// The names of what its fault doors can do wrong.
    pub fn faults(&self) -> Vec<String> {
        let authority = self.door("http-faults").split('/').nth(2).unwrap();
        let listed: Vec<Value> = serde_json::from_str(&asked(authority, "GET /fault", "")).unwrap();
        let name = |fault: &Value| fault["name"].as_str().unwrap().to_owned();
        listed.iter().map(name).collect()
    }

    /// The authorization server's answer to a form of the client `ci`.
    pub fn form(&self, path: &str, form: &str) -> Value {
        let client = "client_id=ci&client_secret=ci-secret-0123456789-0123456789-0";
        let answer = self.asked(&format!("POST {path}"), &format!("{client}&{form}"));
        serde_json::from_str(&answer).unwrap_or(Value::Null)
    }

    /// Makes a token void.
    pub fn revoke(&self, token: &str) {
        self.form("/revoke", &format!("token={token}"));
    }

    fn asked(&self, what: &str, form: &str) -> String {
        let authority = self.door("http-login").split('/').nth(2).unwrap();
        asked(authority, what, form)
    }

    /// Ports and the directory blanked, so that texts can be compared.
    pub fn blank(&self, text: &str) -> String {
        let mut blanked = text.replace(self.directory.to_str().unwrap(), "LAB");
        for door in &self.doors {
            blanked = blanked.replace(&door.address, &format!("{{{}}}", door.id));
        }
        blanked
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The body of an answer that is a success.
fn asked(authority: &str, what: &str, form: &str) -> String {
    let mut stream = TcpStream::connect(authority).unwrap();
    let length = form.len();
    let request = format!(
        "{what} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{form}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{what}: {answer}");
    body.to_owned()
}

/// The binary without the caller's environment.
#[expect(clippy::disallowed_methods, reason = "programs are found by PATH")]
pub fn grpcauth() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_grpcauth"));
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// A run that is over.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    pub fn new(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Standard output as the one document that it must be.
    pub fn document(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {:?} {:?}", self.stdout, self.stderr))
    }
}
