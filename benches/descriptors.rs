//! CPU time and memory of reading a large protoset lazily, beside grpcurl's when it is installed.
//!
//! `cargo bench --bench descriptors` writes a set of 2,000 files with 20,000 messages to a temporary
//! directory and reads it in processes of its own, so that each figure is one process's whole cost.
//! Figures come from Linux' /proc; machines are shared, so compare ratios within one run.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use grpcauth::internals::Given;
use grpcauth::internals::LazySet;
use grpcauth::internals::MethodName;
use grpcauth::internals::from_files;
use prost::Message as _;
use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::FileDescriptorSet;
use prost_reflect::prost_types::MessageOptions;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::ServiceDescriptorProto;

const FILES: usize = 2_000;
const MESSAGES: usize = 5;
/// Each file imports the one this much before it: a closure has some twenty files.
const STEP: usize = 100;
const ROUNDS: usize = 9;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [_, "list", path] => {
            list(Path::new(path));
            tell_costs();
        }
        [_, "describe", path] => {
            describe(Path::new(path));
            tell_costs();
        }
        _ => compare(),
    }
}

fn list(path: &Path) {
    let bytes = fs::read(path).expect("the set was written");
    let set = LazySet::scan(&bytes).expect("the set is good");
    let mut names: Vec<String> = set.services().map(|service| service.full_name()).collect();
    names.sort();
    std::io::stdout()
        .write_all(names.join("\n").as_bytes())
        .expect("stdout takes it");
}

fn describe(path: &Path) {
    let bytes = fs::read(path).expect("the set was written");
    let name = MethodName::parse("big.p1999.Service1999/Call").expect("a method");
    let given = Given::one(path.to_owned(), bytes.into());
    let described = from_files(&given, &name).expect("the set is good");
    let full_name = described.method.full_name().to_owned();
    std::io::stdout()
        .write_all(full_name.as_bytes())
        .expect("stdout takes it");
}

fn compare() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let path = directory.path().join("big.binpb");
    let set = big_set().encode_to_vec();
    fs::write(&path, &set).expect("the set can be written");
    let path = path.to_str().expect("the temporary path is UTF-8");
    let own = std::env::current_exe().expect("this program has a path");
    let own = own.to_str().expect("its path is UTF-8");
    let symbol = "big.p1999.Service1999";
    let commands: [(&str, Vec<&str>); 4] = [
        ("list", vec![own, "list", path]),
        ("describe", vec![own, "describe", path]),
        ("grpcurl list", vec!["grpcurl", "-protoset", path, "list"]),
        (
            "grpcurl describe",
            vec!["grpcurl", "-protoset", path, "describe", symbol],
        ),
    ];
    let mut out = std::io::stdout();
    writeln!(out, "{FILES} files, {} bytes", set.len()).expect("stdout takes it");
    let mut samples: [Vec<(f64, f64)>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for (index, (_, command)) in commands.iter().enumerate() {
            samples[index].extend(measure(command));
        }
    }
    for ((name, _), samples) in commands.iter().zip(&mut samples) {
        samples.sort_by(|one, other| one.0.total_cmp(&other.0));
        match samples.get(samples.len() / 2) {
            Some((seconds, megabytes)) => {
                writeln!(out, "{name:18} {seconds:.4} s CPU, {megabytes:.1} MB")
            }
            None => writeln!(out, "{name:18} not measured"),
        }
        .expect("stdout takes it");
    }
}

/// CPU seconds and peak megabytes of one process: our own tell them, grpcurl's come from time(1).
fn measure(command: &[&str]) -> Option<(f64, f64)> {
    let is_own = command[0] != "grpcurl";
    let mut process = if is_own {
        Command::new(command[0])
    } else {
        let mut timed = Command::new("/usr/bin/time");
        timed.args(["-f", "%U %S %M", command[0]]);
        timed
    };
    let output = process.args(&command[1..]).output().ok()?;
    let text = String::from_utf8(output.stderr).ok()?;
    let mut figures = text.lines().last()?.split(' ').map(str::parse::<f64>);
    let mut next = || figures.next()?.ok();
    let (user, system, kilobytes) = (next()?, next()?, next()?);
    Some((user + system, kilobytes / 1024.0))
}

/// Writes this process's CPU seconds and peak kilobytes to stderr, as `measure` reads them.
fn tell_costs() {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let nanoseconds = read("/proc/self/schedstat");
    let nanoseconds = nanoseconds.split(' ').next().and_then(|ns| ns.parse().ok());
    let status = read("/proc/self/status");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = peak.and_then(|peak| peak.trim().strip_suffix(" kB")?.parse().ok());
    let (nanoseconds, kilobytes): (f64, f64) =
        (nanoseconds.unwrap_or(0.0), kilobytes.unwrap_or(0.0));
    let line = format!("{} 0 {kilobytes}", nanoseconds / 1e9);
    std::io::stderr()
        .write_all(line.as_bytes())
        .expect("stderr takes it");
}

fn big_set() -> FileDescriptorSet {
    FileDescriptorSet {
        file: (0..FILES).map(file).collect(),
    }
}

fn file(number: usize) -> FileDescriptorProto {
    let package = format!("big.p{number}");
    let request = format!(".{package}.Message0");
    FileDescriptorProto {
        name: Some(format!("big/p{number}.proto")),
        dependency: match number.checked_sub(STEP) {
            Some(before) => vec![format!("big/p{before}.proto")],
            None => Vec::new(),
        },
        message_type: (0..MESSAGES)
            .map(|message| message_of(number, message))
            .collect(),
        service: vec![ServiceDescriptorProto {
            name: Some(format!("Service{number}")),
            method: vec![MethodDescriptorProto {
                name: Some("Call".to_owned()),
                input_type: Some(request.clone()),
                output_type: Some(request),
                ..MethodDescriptorProto::default()
            }],
            options: None,
        }],
        package: Some(package),
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    }
}

/// A message with 14 strings, a reference into the imported file, and a map: an entry message.
fn message_of(number: usize, message: usize) -> DescriptorProto {
    let package = format!(".big.p{number}");
    let target = match number.checked_sub(STEP) {
        Some(before) => format!(".big.p{before}.Message{message}"),
        None => format!("{package}.Message{message}"),
    };
    let mut fields: Vec<_> = (1..=14)
        .map(|index| field(&format!("some_field_{index}"), index, None))
        .collect();
    fields.push(field("before", 15, Some(target)));
    let entry = format!("{package}.Message{message}.TagsEntry");
    fields.push(FieldDescriptorProto {
        label: Some(3),
        ..field("tags", 16, Some(entry))
    });
    DescriptorProto {
        name: Some(format!("Message{message}")),
        field: fields,
        nested_type: vec![DescriptorProto {
            name: Some("TagsEntry".to_owned()),
            field: vec![field("key", 1, None), field("value", 2, None)],
            options: Some(MessageOptions {
                map_entry: Some(true),
                ..MessageOptions::default()
            }),
            ..DescriptorProto::default()
        }],
        ..DescriptorProto::default()
    }
}

/// A string, or a message of this type.
fn field(name: &str, number: i32, type_name: Option<String>) -> FieldDescriptorProto {
    FieldDescriptorProto {
        name: Some(name.to_owned()),
        number: Some(number),
        label: Some(1),
        r#type: Some(if type_name.is_some() { 11 } else { 9 }),
        type_name,
        ..FieldDescriptorProto::default()
    }
}
