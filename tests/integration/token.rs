//! `grpcauth token`: explain, mint and verify, from the command line to the exit code.

mod explain;
mod mint;
mod verify;

use std::io::Write as _;
use std::process::Stdio;

use crate::world::Ran;
use crate::world::grpcauth;

const SECRET: &str = "a secret of at least thirty-two bytes";

/// Runs `grpcauth token` with a secret in `HS` and a token in `TOKEN`; `%name` is a fixture's path.
fn run(line: &str, token: &str) -> Ran {
    Ran::new(command(line, token).output().unwrap())
}

fn run_with_input(line: &str, input: &str) -> Ran {
    let mut child = command(line, "")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    Ran::new(child.wait_with_output().unwrap())
}

fn command(line: &str, token: &str) -> std::process::Command {
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/src/jwt/fixtures/");
    let mut command = grpcauth();
    command
        .arg("token")
        .args(shlex::split(&line.replace('%', fixtures)).unwrap())
        .env("HS", SECRET)
        .env("TOKEN", token);
    command
}

/// A token signed with `SECRET`, or as the line says.
fn minted(line: &str) -> String {
    let ran = run(&format!("mint {line}"), "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    ran.stdout.trim_end().to_owned()
}
