//! A home directory for one test, with the tokens that the binary keeps in it.

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use ring::digest;
use serde_json::Value;
use tempfile::TempDir;

use crate::world::Ran;
use crate::world::World;

pub struct Home(TempDir);

impl Home {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The binary, at home here.
    pub fn command(&self, lab: &World, line: &str) -> Command {
        let mut command = lab.command(line);
        command
            .env("HOME", self.path())
            .env("XDG_CACHE_HOME", self.path().join("cache"));
        command
    }

    pub fn run(&self, lab: &World, line: &str) -> Ran {
        Ran::new(self.command(lab, line).output().unwrap())
    }

    /// Where tokens are kept.
    pub fn tokens(&self) -> PathBuf {
        self.path().join("cache/grpcauth/tokens")
    }

    /// The files of the tokens that are kept.
    pub fn kept(&self) -> Vec<PathBuf> {
        let mut files = self.files();
        files.retain(|path| path.extension().is_some_and(|name| name == "token"));
        files
    }

    /// All files.
    pub fn files(&self) -> Vec<PathBuf> {
        files(self.path())
    }

    /// The access token of the only one that is kept.
    pub fn kept_token(&self) -> String {
        let [file] = &self.kept()[..] else {
            panic!("{:?}", self.kept())
        };
        let text = fs::read_to_string(file).unwrap();
        let kept: Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
        kept["access_token"].as_str().unwrap().to_owned()
    }

    /// Makes all that is kept as old as if it had expired a moment ago.
    pub fn expire(&self) {
        for file in self.kept() {
            let text = fs::read_to_string(&file).unwrap();
            let (head, body) = text.split_once('\n').unwrap();
            let (version, _) = head.split_once(' ').unwrap();
            let mut kept: Value = serde_json::from_str(body).unwrap();
            let hour = 3_600_000;
            kept["obtained_at"] = Value::from(kept["obtained_at"].as_i64().unwrap() - hour);
            kept["expires_at"] = Value::from(kept["obtained_at"].as_i64().unwrap() + 900_000);
            let body = kept.to_string();
            let sum = digest::digest(&digest::SHA256, body.as_bytes());
            let sum: String = sum
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            // As the binary does: nobody may find half of it.
            let whole = file.with_extension("new");
            fs::write(&whole, format!("{version} {sum}\n{body}\n")).unwrap();
            fs::set_permissions(&whole, fs::metadata(&file).unwrap().permissions()).unwrap();
            fs::rename(&whole, &file).unwrap();
        }
    }
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            found.extend(files(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}
