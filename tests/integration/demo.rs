//! `grpcauth demo`, `grpcauth lab`: the embedded world from the outside.

use std::io::BufRead as _;
use std::io::BufReader;
use std::process::Stdio;

use grpcauth::internals::SCENES;

use crate::world::Ran;
use crate::world::grpcauth;

#[test]
fn the_demo_shows_its_outcomes_and_ends_well() {
    let ran = Ran::new(grpcauth().arg("demo").output().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(ran.stderr, "");
    for absolute in ["--cacert /", "file:/"] {
        assert!(!ran.stdout.contains(absolute), "{}", ran.stdout);
    }
    let mut rest = ran.stdout.as_str();
    for (index, scene) in SCENES.iter().enumerate() {
        let title = format!("\n{}. {}\n", index + 1, scene.title);
        let (_, from_here) = rest
            .split_once(&title)
            .unwrap_or_else(|| panic!("{title} is not in {}", ran.stdout));
        rest = from_here;
        let scene_ends = rest.find("\nexit code ").unwrap();
        let told = &rest[..scene_ends];
        assert!(told.contains("$ grpcauth call 127.0.0.1:"), "{told}");
        match scene.diagnosis {
            Some(id) => assert!(told.contains(&format!("error[{id}]: ")), "{told}"),
            None => assert!(!told.contains("error"), "{told}"),
        }
    }
}

#[test]
fn the_lab_serves_until_it_is_interrupted() {
    let mut child = grpcauth()
        .args(["lab", "--format", "json"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let document: serde_json::Value = serde_json::from_str(&line).unwrap();
    let directory = document["directory"].as_str().unwrap().to_owned();
    assert!(std::path::Path::new(&directory).join("ca.pem").is_file());
    let interrupt = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(interrupt.success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(
        !std::path::Path::new(&directory).exists(),
        "{directory} was left behind"
    );
}

#[test]
fn completions_and_man_pages_are_printed() {
    for words in [
        &["completions", "bash"][..],
        &["completions", "zsh"],
        &["man"],
        &["man", "call"],
    ] {
        let ran = Ran::new(grpcauth().args(words).output().unwrap());
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("grpcauth"), "{words:?}");
    }
    let ran = Ran::new(grpcauth().args(["man", "cal"]).output().unwrap());
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("did you mean `call`?"),
        "{}",
        ran.stderr
    );
}
