//! The lab in a thread of this process, and the built binary run against it.

use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::sync::mpsc;
use std::thread::JoinHandle;

use grpcauth::lab;
use grpcauth::lab::OpenDoor;
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

    /// `words` after `grpcauth`; `{door}` is a door's address, `@name` a file of the lab's.
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
            .and_then(|rest| rest.strip_suffix('}'));
        if let Some(id) = door.filter(|id| !id.contains('"')) {
            return self.door(id).to_owned();
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
        let authority = self.door("http-login").split('/').nth(2).unwrap();
        let mut stream = TcpStream::connect(authority).unwrap();
        let head = format!("GET /stats HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap()
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

/// The binary without the caller's environment.
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
