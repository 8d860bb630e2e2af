//! Every call kind from the command line: messages sent as they are read, answers shown as they come.

use std::io::BufRead as _;
use std::io::BufReader;
use std::io::Read as _;
use std::io::Write as _;
use std::process::Child;
use std::process::ChildStdin;
use std::process::Command;
use std::process::Stdio;

use serde_json::Value;

use crate::world::Ran;
use crate::world::World;

/// A run whose standard input is still open.
fn spawn(world: &World, line: &str) -> (Child, ChildStdin) {
    let mut child = world
        .command(line)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let stdin = child.stdin.take().unwrap();
    (child, stdin)
}

fn with_input(world: &World, line: &str, input: &str) -> Ran {
    let (child, mut stdin) = spawn(world, line);
    // A run that refuses the input may end before it has read it.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    Ran::new(child.wait_with_output().unwrap())
}

fn texts(ran: &Ran) -> Vec<Value> {
    let texts = serde_json::Deserializer::from_str(&ran.stdout).into_iter();
    texts.map(Result::unwrap).collect()
}

#[test]
fn each_kind_takes_its_messages_from_every_source() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("requests.json");
    for (kind, input, replies, received) in [
        ("GetPublic", r#"{"text":"a"}"#, 1, 1),
        ("GetPublic", "", 1, 1),
        ("ListPublic", r#"{"count":5}"#, 5, 1),
        (
            "CollectPublic",
            "{\"text\":\"a\"}{\"text\":\"b\"}\n{\"text\":\n\"c\"}",
            1,
            3,
        ),
        ("CollectPublic", "", 1, 0),
        (
            "WatchPublic",
            "{\"text\":\"a\"}\n\n{\"text\":\"b\"}\n",
            2,
            2,
        ),
        ("WatchPublic", "", 0, 0),
    ] {
        std::fs::write(&file, input).unwrap();
        let line = format!("call {{plaintext}} lab.v1.Vault/{kind} --plaintext -d");
        let inline = {
            let mut command = world.command(&line);
            Ran::new(command.arg(input).output().unwrap())
        };
        let from_file = {
            let mut command = world.command(&line);
            let name = format!("@{}", file.display());
            Ran::new(command.arg(name).output().unwrap())
        };
        for ran in [
            inline,
            from_file,
            with_input(&world, &format!("{line} @-"), input),
            with_input(&world, &format!("{line} @"), input),
        ] {
            assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{kind} {input}");
            let texts = texts(&ran);
            assert_eq!(texts.len(), replies, "{kind} {input}: {}", ran.stdout);
            if let Some(last) = texts.last() {
                let counted = last["received"].as_u64().unwrap_or(0);
                assert_eq!(counted, received, "{kind} {input}");
            }
        }
    }
}

#[test]
fn a_conversation_goes_both_ways_at_once() {
    let world = World::open();
    for format in ["text", "ndjson"] {
        let line = format!(
            "call {{plaintext}} lab.v1.Vault/WatchPublic --plaintext -d @- --format {format}"
        );
        let (mut child, mut stdin) = spawn(&world, &line);
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        for word in ["one", "two", "three"] {
            // No line end: the text is whole without it.
            write!(stdin, "{{\"text\":\"{word}\"}}").unwrap();
            stdin.flush().unwrap();
            let told = answers.by_ref().map(Result::unwrap);
            assert!(
                told.take(20).any(|line| line.contains(word)),
                "{word} was not answered before the next message"
            );
        }
        drop(stdin);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

#[test]
fn a_bad_message_ends_the_call_where_it_stands() {
    let world = World::open();
    let line = "call {plaintext} lab.v1.Vault/WatchPublic --plaintext -d @-";
    let input = "{\"text\":\"good\"}\n{\"text\":\"also good\"}\n  {\"txet\":\"bad\"}\n{}";
    let ran = with_input(&world, line, input);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("cancelled"), "{}", ran.stderr);
    let document = with_input(&world, &format!("{line} --format json"), input).document();
    assert_eq!(document["exit_code"], 2);
    assert_eq!(document["status"], Value::Null);
    for (input, place, words) in [
        (input, "line 3, column 4", "did you mean `text`"),
        (
            "{\"text\":\"good\"}\n{\"text\" \"x\"}",
            "line 2, column 9",
            "expected `:`",
        ),
        ("{}\n{\"count\": -1}", "line 2, column 12", "out of range"),
        ("{}\n\"half", "line 2, column 5", "EOF"),
        ("{\"text\":\"\\ud800\"}", "line 1, column 16", "hex escape"),
    ] {
        let ran = with_input(&world, line, input);
        assert_eq!(ran.code, 2, "{input}: {}", ran.stderr);
        let place = format!("standard input, {place}");
        for text in ["[input.request]", &place, words] {
            assert!(ran.stderr.contains(text), "{text} is not in {}", ran.stderr);
        }
    }
}

#[test]
fn what_was_received_before_a_bad_message_stays() {
    let world = World::open();
    let line = "call {plaintext} lab.v1.Vault/WatchPublic --plaintext -d @- --format ndjson";
    let (mut child, mut stdin) = spawn(&world, line);
    let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
    writeln!(stdin, "{{\"text\":\"good\"}}").unwrap();
    let answer = answers.find(|line| line.as_ref().unwrap().contains("\"message\""));
    assert!(answer.unwrap().unwrap().contains("good"));
    writeln!(stdin, "{{\"count\":\"many\"}}").unwrap();
    let last: Value = serde_json::from_str(&answers.last().unwrap().unwrap()).unwrap();
    assert_eq!(last["event"], "finished");
    assert_eq!(last["exit_code"], 2);
    assert_eq!(child.wait().unwrap().code(), Some(2));
}

#[test]
fn a_method_of_one_message_is_sent_no_second() {
    let world = World::open();
    for kind in ["GetPublic", "ListPublic"] {
        let line = format!("call {{plaintext}} lab.v1.Vault/{kind} --plaintext --format json -d");
        let mut command = world.command(&line);
        let inline = Ran::new(command.arg("{} {}").output().unwrap());
        let piped = with_input(&world, &format!("{line} @-"), "{}\n{}\n{}");
        for ran in [inline, piped] {
            assert_eq!(ran.code, 2);
            let document = ran.document();
            assert_eq!(document["attempts"], serde_json::json!([]), "{document}");
        }
    }
}

#[test]
fn an_open_input_holds_nobody_up() {
    let world = World::open();
    // The server says no while we could go on.
    let (child, stdin) = spawn(
        &world,
        "call {plaintext} lab.v1.Vault/WatchViewer --plaintext -d @-",
    );
    let ran = Ran::new(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 80, "{}", ran.stderr);
    drop(stdin);
    // Our own deadline: before anything was sent, and after.
    for (kind, code) in [("GetPublic", 3), ("WatchPublic", 68), ("CollectPublic", 68)] {
        let line =
            format!("call {{plaintext}} lab.v1.Vault/{kind} --plaintext -d @- --max-time 300ms");
        let (child, stdin) = spawn(&world, &line);
        let ran = Ran::new(child.wait_with_output().unwrap());
        assert_eq!(ran.code, code, "{kind}: {}", ran.stderr);
        drop(stdin);
    }
    // A signal, at a moment when an answer has shown that the call is under way.
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let line = "call {plaintext} lab.v1.Vault/WatchPublic --plaintext -d @- --format ndjson";
        let (mut child, mut stdin) = spawn(&world, line);
        let mut answers = BufReader::new(child.stdout.take().unwrap()).lines();
        writeln!(stdin, "{{}}").unwrap();
        assert!(answers.any(|line| line.unwrap().contains("\"message\"")));
        self::signal(&child, signal);
        assert_eq!(child.wait().unwrap().code(), Some(code));
        drop(stdin);
    }
}

/// What is known is told as soon as it is, and a signal leaves it, with the times that passed.
#[test]
fn v_tells_each_stage_as_it_is_reached() {
    let world = World::open();
    let line = "call {plaintext} lab.v1.Vault/CollectPublic --plaintext -d @- -v";
    let mut command = world.command(line);
    command.stdin(Stdio::piped()).stdout(Stdio::null());
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut before = Vec::new();
    // The call waits for its requests: nothing is over when its own are told.
    while before
        .last()
        .is_none_or(|line: &String| !line.starts_with("> :authority"))
    {
        before.push(told.next().unwrap().unwrap());
    }
    for stage in [
        "* plaintext",
        "* descriptors from",
        "> POST /lab.v1.Vault/CollectPublic",
    ] {
        let found = before.iter().filter(|line| line.starts_with(stage));
        assert_eq!(found.count(), 1, "{stage}: {before:?}");
    }
    signal(&child, "INT");
    let after: Vec<String> = told.map(Result::unwrap).collect();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    let text = after.join("\n");
    assert!(!text.contains("> POST"), "told once: {text}");
    assert!(text.contains("\nerror: interrupted\n"), "{text}");
    assert!(
        text.contains("\n  waiting for  lab.v1.Vault/CollectPublic, for "),
        "{text}"
    );
    let times = after
        .iter()
        .find(|line| line.starts_with("  time spent"))
        .unwrap();
    assert!(
        times.contains("call ") && !times.contains("total 0 ms"),
        "{times}"
    );
}

/// At moments when a message has been shown, and when nothing has come.
#[test]
fn a_document_that_a_signal_ends_can_be_read() {
    let world = World::open();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let silent = silent.local_addr().unwrap();
    for (line, messages) in [
        (
            "call {plaintext} lab.v1.Vault/WatchPublic --plaintext -d @-".to_owned(),
            1,
        ),
        (
            format!("call {silent} lab.v1.Vault/WatchPublic --plaintext -d @-"),
            0,
        ),
        (format!("list {silent} --plaintext"), 0),
        (format!("handshake {silent} --plaintext"), 0),
    ] {
        for format in ["json", "ndjson"] {
            let (mut child, mut stdin) = spawn(&world, &format!("{line} --format {format}"));
            let mut stdout = child.stdout.take().unwrap();
            let mut text = String::new();
            if messages > 0 {
                writeln!(stdin, "{{\"text\":\"good\"}}").unwrap();
                let mut octet = [0];
                while !text.contains("good") {
                    stdout.read_exact(&mut octet).unwrap();
                    text.push(char::from(octet[0]));
                }
            } else {
                until_caught(child.id());
            }
            signal(&child, "INT");
            stdout.read_to_string(&mut text).unwrap();
            assert_eq!(child.wait().unwrap().code(), Some(130), "{line}: {text}");
            let last: Value = match format {
                "json" => serde_json::from_str(&text),
                _ => serde_json::from_str(text.lines().last().unwrap()),
            }
            .unwrap_or_else(|error| panic!("{line}: {error}: {text}"));
            assert_eq!(last["exit_code"], 130, "{line}: {text}");
            assert_eq!(last["diagnosis"], Value::Null);
            if format == "json" && messages > 0 {
                assert_eq!(last["messages"].as_array().unwrap().len(), messages);
            }
        }
    }
}

/// Until a process has a handler for SIGINT: before that the system ends it without a word.
fn until_caught(process: u32) {
    const SIGINT: u64 = 1 << 1;
    let path = format!("/proc/{process}/status");
    loop {
        let status = std::fs::read_to_string(&path).unwrap();
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = u64::from_str_radix(caught.unwrap().trim(), 16).unwrap();
        if caught & SIGINT != 0 {
            return;
        }
        std::thread::yield_now();
    }
}

fn signal(child: &Child, name: &str) {
    let kill = Command::new("kill")
        .args(["-s", name, &child.id().to_string()])
        .status();
    assert!(kill.unwrap().success());
}

#[test]
fn long_inputs_are_streamed() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("requests.ndjson");
    let one = format!("{{\"text\":\"{}\"}}\n", "x".repeat(1000));
    std::fs::write(&path, one.repeat(5000)).unwrap();
    let line = format!(
        "call {{plaintext}} lab.v1.Vault/CollectPublic --plaintext -d '@{}'",
        path.display()
    );
    let ran = world.run(&line);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(texts(&ran)[0]["received"], 5000);
    // A file that is bad far behind its beginning, where it is no longer held whole.
    std::fs::write(&path, format!("{}{{\"text\":}}", one.repeat(5000))).unwrap();
    let ran = world.run(&line);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("message 5000"), "{}", ran.stderr);
}

#[test]
fn events_come_one_a_line() {
    let world = World::open();
    let mut command =
        world.command("call {plaintext} Vault/ListPublic --plaintext --format ndjson -d");
    let ran = Ran::new(command.arg("{\"count\":2}").output().unwrap());
    let events: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let names: Vec<_> = events
        .iter()
        .map(|event| event["event"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["notice", "headers", "message", "message", "finished"]
    );
    assert_eq!(events[3]["message"]["number"], 2);
    let last = events.last().unwrap();
    assert_eq!(last["schema"], "grpcauth/1");
    assert_eq!(last["exit_code"], 0);
    assert_eq!(last["status"]["name"], "OK");
    assert_eq!(last.get("messages"), None);
    assert_eq!(ran.stderr, "");
}
