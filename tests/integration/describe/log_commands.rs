//! Names, comments and messages that the runners of CI systems would take for commands, in every output.

use prost::Message as _;
use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::ServiceDescriptorProto;
use prost_reflect::prost_types::SourceCodeInfo;
use prost_reflect::prost_types::source_code_info::Location;

use super::run;
use crate::reflection::Act;
use crate::reflection::MessageRequest;
use crate::reflection::Server;
use crate::reflection::error;
use crate::reflection::files;
use crate::reflection::services;
use crate::world::Ran;

const COMMANDS: &[&str] = &[
    "::error::c0mmand",
    "  ::set-output name=a::c0mmand",
    "##[error]c0mmand",
    "##vso[task.setvariable variable=a]c0mmand",
    "##teamcity[c0mmand]",
    "section_start:1:c0mmand\r\u{1b}[0K",
    "\n::error::c0mmand",
    "\r::error::c0mmand",
    "\u{85}::error::c0mmand",
];

/// What a runner would do, line by line.
fn obeyed(output: &str) -> Option<&str> {
    output
        .split(['\n', '\r', '\u{85}', '\u{2028}'])
        .find(|line| {
            line.trim_start().starts_with("::")
                || ["##[", "##vso[", "##teamcity[", "\u{1b}[0K"]
                    .iter()
                    .any(|command| line.contains(command))
        })
}

/// Whether a run shows what the peer wrote, which no runner must obey.
fn shows(ran: &Ran, of: &str) -> bool {
    for output in [&ran.stdout, &ran.stderr] {
        assert_eq!(obeyed(output), None, "{of}: {ran:?}");
    }
    format!("{}{}", ran.stdout, ran.stderr).contains("c0mmand")
}

/// A file whose comments and field names are commands.
fn file(command: &str) -> FileDescriptorProto {
    let text = |name: &str, json: &str| FieldDescriptorProto {
        name: Some(name.to_owned()),
        json_name: Some(json.to_owned()),
        number: Some(1),
        label: Some(1),
        r#type: Some(9),
        ..FieldDescriptorProto::default()
    };
    let name = |name: &str| Some(name.to_owned());
    FileDescriptorProto {
        name: name("a"),
        package: name("p"),
        syntax: name("proto3"),
        message_type: vec![DescriptorProto {
            name: name("M"),
            field: vec![text("f", command)],
            ..DescriptorProto::default()
        }],
        service: vec![ServiceDescriptorProto {
            name: name("S"),
            method: vec![MethodDescriptorProto {
                name: name("Get"),
                input_type: name(".p.M"),
                output_type: name(".p.M"),
                ..MethodDescriptorProto::default()
            }],
            ..ServiceDescriptorProto::default()
        }],
        source_code_info: Some(SourceCodeInfo {
            location: [vec![4, 0], vec![6, 0]]
                .into_iter()
                .map(|path| Location {
                    path,
                    span: vec![0, 0, 0],
                    leading_comments: Some(format!("{command}\n{command}\n")),
                    leading_detached_comments: vec![command.to_owned()],
                    ..Location::default()
                })
                .collect(),
        }),
        ..FileDescriptorProto::default()
    }
}

#[test]
fn no_output_is_a_command() {
    for command in COMMANDS {
        let server = Server::start(move |question| match question {
            MessageRequest::ListServices(_) => Act::Answer(services([*command])),
            MessageRequest::FileContainingSymbol(symbol) if symbol.starts_with("p.") => {
                Act::Answer(files(vec![file(command).encode_to_vec()]))
            }
            _ => Act::Answer(error(5, command)),
        });
        let address = server.address.as_str();
        let mut shown = 0;
        for words in [
            &["list", address][..],
            &["list", address, "q.S"],
            &["describe", address, "p.S"],
            &["describe", address, "p.M", "--template"],
            &["describe", address, "p.M"],
            &["describe", address, "q.M"],
            &["call", address, "q.S/Get"],
        ] {
            for format in ["text", "json", "ndjson"] {
                if format == "ndjson" && words[0] != "call" {
                    continue;
                }
                let line = [
                    words,
                    &["--plaintext", "--max-time", "2", "--format", format, "-v"],
                ]
                .concat();
                shown += usize::from(shows(&run(&line), &format!("{line:?} {command:?}")));
            }
        }
        assert!(shown >= 10, "{command:?} was shown {shown} times");
    }
}

/// The lab's Vault gives back what text it is sent.
#[test]
fn no_message_is_a_command() {
    let world = crate::world::World::open();
    for command in COMMANDS {
        for format in ["text", "json", "ndjson"] {
            let body = serde_json::json!({ "text": command }).to_string();
            let line =
                format!("call {{tls}} lab.v1.Vault/GetPublic --cacert @ca.pem --format {format}");
            let ran = Ran::new(world.command(&line).args(["-d", &body]).output().unwrap());
            assert_eq!(ran.code, 0, "{ran:?}");
            assert!(shows(&ran, &format!("{format} {command:?}")), "{ran:?}");
            let document: serde_json::Value =
                serde_json::from_str(ran.stdout.lines().collect::<Vec<_>>().concat().as_str())
                    .unwrap_or_default();
            if format == "text" {
                assert_eq!(document["text"], *command);
            }
        }
    }
}
