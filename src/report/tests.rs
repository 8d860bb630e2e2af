//! Several sinks: the same events in the same order, one redactor, and each its own troubles.

use std::io;
use std::io::Write;
use std::thread;

use prost_reflect::DescriptorPool;
use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::FileDescriptorSet;

use super::*;
use crate::evidence::Evidence;
use crate::report::formats::Row;
use crate::report::output::Kept;
use crate::report::redactor::MASK;
use crate::report::style::Style;
use crate::verdict;
use crate::verdict::Expectation;

const SECRET: &str = "canary-0123456789";

/// A format made up for these tests: a word an event.
struct Words;

const WORDS: Row = Row {
    name: "words",
    summary: "a word an event",
    layout: Layout::Pretty,
    renderer: || Box::new(Words),
};

impl Format for Words {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context<'_>) {
        let word = match event {
            Event::Notice(text) => format!("notice {}", context.redactor.text(text)),
            Event::Reached(step, _) => format!("{step:?}"),
            Event::Headers(_) => "headers".to_owned(),
            Event::Serving(status) => format!("serving {status}"),
            Event::Finished(run) => format!("finished {}", run.verdict.exit.code()),
            Event::Interrupted(_) => "interrupted".to_owned(),
            Event::Produced(_) | Event::Page(_) => "other".to_owned(),
        };
        context
            .output
            .print(&format!("{}.{} {word}\n", origin.run, origin.cell));
    }

    fn message(&mut self, origin: Origin, json: &str, output: &mut Output) {
        let lines = json.lines().count();
        output.print(&format!(
            "{}.{} message of {lines} lines: {}\n",
            origin.run,
            origin.cell,
            json.contains(SECRET)
        ));
    }
}

fn sink(format: &Row, kept: &Kept) -> Sink {
    Sink::new(format, kept.output(), Detail::default())
}

fn reporter(sinks: Vec<Sink>) -> (Reporter, Kept) {
    let told = Kept::default();
    let console = Console::new(Box::new(told.clone()), Style::PLAIN);
    (Reporter::new(sinks, console, Redactor::new(false)), told)
}

/// Writes messages of `Text { string text = 1; }`, and one such message.
fn message(text: &str) -> (Vec<u8>, Transcoder) {
    let field = FieldDescriptorProto {
        name: Some("text".to_owned()),
        number: Some(1),
        label: Some(1),
        r#type: Some(9),
        ..FieldDescriptorProto::default()
    };
    let message = DescriptorProto {
        name: Some("Text".to_owned()),
        field: vec![field],
        ..DescriptorProto::default()
    };
    let file = FileDescriptorProto {
        name: Some("text.proto".to_owned()),
        message_type: vec![message],
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    };
    let set = FileDescriptorSet { file: vec![file] };
    let pool = DescriptorPool::from_file_descriptor_set(set).unwrap();
    let descriptor = pool.get_message_by_name("Text").unwrap();
    let length = u8::try_from(text.len()).unwrap();
    let encoded = [&[0x0a, length], text.as_bytes()].concat();
    (encoded, Transcoder::new(descriptor, false))
}

fn finish(reporter: &Reporter) {
    let evidence = Evidence::of_nothing(time::OffsetDateTime::UNIX_EPOCH);
    let expectation = Expectation::default();
    reporter.emit(&Event::Finished(&Run {
        evidence: &evidence,
        expectation: &expectation,
        verdict: &verdict::judge(&expectation, &evidence),
    }));
}

fn documents(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {text}")))
        .collect()
}

#[test]
fn every_sink_gets_every_event_in_its_own_way() {
    let kept: [Kept; 4] = Default::default();
    let formats = [
        &formats::text::ROW,
        &formats::json::ROW,
        formats::find("ndjson").unwrap(),
        &WORDS,
    ];
    let sinks = formats.into_iter().zip(&kept);
    let (reporter, told) = reporter(sinks.map(|(format, kept)| sink(format, kept)).collect());
    let _ = Secret::new(SECRET);
    reporter.notice(&format!("it is {SECRET}"));
    let (encoded, mut transcoder) = message(SECRET);
    for _ in 0..2 {
        let given = reporter.message(&encoded, &mut transcoder).unwrap();
        assert!(given.contains(SECRET), "judged as it came");
    }
    finish(&reporter);
    assert_eq!(
        reporter.exit_status(ExitStatus::Success),
        ExitStatus::Success
    );

    let [text, json, ndjson, words] = kept.map(|kept| kept.text());
    for written in [&text, &json, &ndjson, &words, &told.text()] {
        assert!(!written.contains(SECRET), "{written}");
    }
    let pretty = format!("{{\n  \"text\": \"{MASK}\"\n}}\n");
    assert!(
        text.starts_with(&format!("note: it is {MASK}\n{pretty}")),
        "{text}"
    );
    assert_eq!(text.matches("echoes a secret").count(), 1, "{text}");
    let [document] = &documents(&json)[..] else {
        panic!("{json}");
    };
    let masked = serde_json::json!({ "text": MASK });
    assert_eq!(document["messages"], serde_json::json!([masked, masked]));
    let events: Vec<String> = documents(&ndjson)
        .iter()
        .map(|event| event["event"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        events,
        ["notice", "message", "notice", "message", "finished"]
    );
    let words: Vec<&str> = words.lines().collect();
    assert_eq!(words[1], "0.0 message of 3 lines: false");
    assert_eq!(words.len(), 5, "{words:?}");
}

#[test]
fn what_makes_no_call_and_pages_go_to_every_sink_too() {
    let kept: [Kept; 3] = Default::default();
    let sinks = formats::ALL.iter().zip(&kept);
    let (reporter, told) = reporter(sinks.map(|(format, kept)| sink(format, kept)).collect());
    reporter.emit(&Event::Page(&Page::Text("a page\n")));
    reporter.emit(&Event::Produced(&Product::Cleared { tokens: 2 }));
    let [text, json, ndjson] = kept.map(|kept| kept.text());
    assert!(text.starts_with("a page\n2 tokens "), "{text}");
    assert_eq!(documents(&json)[0]["cleared"], 2);
    assert_eq!(json, ndjson, "pages are for people");
    assert_eq!(told.text(), "");
}

/// Fails with this after so many bytes.
struct Failing(io::ErrorKind, usize);

impl Write for Failing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.1.checked_sub(bytes.len()) {
            Some(left) => {
                self.1 = left;
                Ok(bytes.len())
            }
            None => Err(self.0.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_sink_that_fails_harms_no_other() {
    for (kind, status, told) in [
        (io::ErrorKind::BrokenPipe, ExitStatus::Success, ""),
        (
            io::ErrorKind::StorageFull,
            ExitStatus::Output,
            "error: report.txt could not be written: ",
        ),
    ] {
        let output = Output::new("report.txt", Box::new(Failing(kind, 20)), Style::PLAIN);
        let broken = Sink::new(&WORDS, output, Detail::default());
        let kept = Kept::default();
        let (reporter, console) = reporter(vec![broken, sink(&WORDS, &kept)]);
        for _ in 0..3 {
            reporter.notice("still here");
        }
        assert!(!reporter.is_closed(), "one sink has its reader");
        assert_eq!(kept.text().lines().count(), 3);
        assert_eq!(reporter.exit_status(ExitStatus::Success), status);
        assert!(console.text().starts_with(told), "{}", console.text());
        assert_eq!(console.text().is_empty(), told.is_empty());
    }
}

#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
    for (kind, expected) in [
        (io::ErrorKind::BrokenPipe, ExitStatus::Success),
        (io::ErrorKind::StorageFull, ExitStatus::Output),
    ] {
        let output = Output::new("memory", Box::new(Failing(kind, 0)), Style::PLAIN);
        let (reporter, _) = reporter(vec![Sink::new(&WORDS, output, Detail::default())]);
        reporter.notice("x");
        reporter.notice("y");
        assert!(reporter.is_closed(), "nobody reads any report");
        assert_eq!(reporter.exit_status(ExitStatus::Success), expected);
    }
}

#[test]
fn without_a_sink_messages_are_still_judged() {
    let (reporter, _) = reporter(Vec::new());
    let (encoded, mut transcoder) = message("x");
    assert!(!reporter.is_closed());
    assert_eq!(
        reporter.message(&encoded, &mut transcoder).unwrap(),
        r#"{"text":"x"}"#
    );
    assert!(reporter.message(&[0x0a, 9], &mut transcoder).is_err());
}

#[test]
fn clones_keep_their_order_and_every_sink_has_the_same() {
    const CELLS: u32 = 8;
    const CALLS: usize = 25;
    let kept: [Kept; 3] = Default::default();
    let formats = [&WORDS, &formats::json::ROW, &WORDS];
    let sinks = formats.into_iter().zip(&kept);
    let (reporter, _) = reporter(sinks.map(|(format, kept)| sink(format, kept)).collect());
    thread::scope(|scope| {
        for cell in 0..CELLS {
            let reporter = reporter.of(Origin { run: 1, cell });
            scope.spawn(move || {
                for call in 0..CALLS {
                    reporter.notice(&format!("{call}"));
                    let (encoded, mut transcoder) = message(&format!("{cell}.{call}"));
                    reporter.message(&encoded, &mut transcoder).unwrap();
                    reporter.message(&encoded, &mut transcoder).unwrap();
                    thread::yield_now();
                    finish(&reporter);
                }
            });
        }
    });
    let [first, json, second] = kept.map(|kept| kept.text());
    assert_eq!(first, second, "one order for all");
    for cell in 0..CELLS {
        let own = first
            .lines()
            .filter_map(|line| line.strip_prefix(&format!("1.{cell} notice ")));
        let expected: Vec<String> = (0..CALLS).map(|call| call.to_string()).collect();
        assert_eq!(own.collect::<Vec<_>>(), expected);
    }
    // Documents stay whole although the messages of several are on their way at once.
    let mut messages: Vec<String> = documents(&json)
        .iter()
        .map(|document| {
            let both = document["messages"].as_array().unwrap();
            assert_eq!((both.len(), &both[0]), (2, &both[1]));
            both[0]["text"].as_str().unwrap().to_owned()
        })
        .collect();
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), CALLS * CELLS as usize);
}

/// A call that is given up in the middle takes no other's report with it.
#[test]
fn documents_that_wait_for_one_which_never_ends_are_written_at_the_end() {
    let kept = Kept::default();
    let (reporter, _) = reporter(vec![sink(&formats::json::ROW, &kept)]);
    let (encoded, mut transcoder) = message("x");
    let given_up = reporter.of(Origin { run: 0, cell: 0 });
    given_up.message(&encoded, &mut transcoder).unwrap();
    for cell in 1..6 {
        let reporter = reporter.of(Origin { run: 0, cell });
        reporter.message(&encoded, &mut transcoder).unwrap();
        finish(&reporter);
    }
    reporter.exit_status(ExitStatus::Success);
    let text = kept.text();
    let (_, whole) = text.split_once('\n').unwrap();
    assert_eq!(documents(whole).len(), 5);
}
