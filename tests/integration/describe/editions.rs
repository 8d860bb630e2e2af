//! Messages of files in editions, held against what protobuf itself makes of them: see
//! `tests/data/editions/make.py`.

use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use grpcauth::internals::Decoder;
use grpcauth::internals::Encoder;
use grpcauth::internals::Given;
use grpcauth::internals::Layout;
use grpcauth::internals::MethodName;
use grpcauth::internals::Transcoder;
use grpcauth::internals::from_files;
use prost::Message as _;
use prost_reflect::MessageDescriptor;
use serde_json::Value;

use crate::reflection::Act;
use crate::reflection::Server;
use crate::reflection::files;
use crate::world::Ran;
use crate::world::grpcauth;

static CASES: &str = include_str!("../../data/editions/cases.json");

/// What is wrong with the kinds, each with its name; nothing is if it is empty.
fn all(check: impl Fn(&Value, &MessageDescriptor) -> Vec<String>) -> Vec<String> {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    assert!(cases.len() > 30);
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case["kind"].as_str().unwrap();
        match descriptor(case) {
            Ok(descriptor) => wrong.extend(
                check(case, &descriptor)
                    .into_iter()
                    .map(|what| format!("{name}: {what}")),
            ),
            Err(why) => wrong.push(format!("{name}: {why}")),
        }
    }
    wrong
}

fn descriptor(case: &Value) -> Result<MessageDescriptor, String> {
    let set = STANDARD.decode(case["set"].as_str().unwrap()).unwrap();
    let given = Given::one(PathBuf::from("set.binpb"), set.into());
    let name = MethodName::parse("p.S/M").unwrap();
    let described = from_files(&given, &name).map_err(|error| format!("{error:?}"))?;
    Ok(described.method.input())
}

fn list<'a>(case: &'a Value, name: &str) -> &'a [Value] {
    case[name].as_array().unwrap()
}

fn octets(hex: &str) -> Bytes {
    let octet = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(octet).collect()
}

fn encode(descriptor: &MessageDescriptor, json: &Value) -> Result<String, String> {
    let encoder = Encoder::new(descriptor.clone(), false);
    let encoded = encoder.encode_all(&json.to_string());
    let encoded = encoded.map_err(|error| format!("{json}: {error:?}"))?;
    Ok(encoded[0]
        .iter()
        .map(|octet| format!("{octet:02x}"))
        .collect())
}

/// The message as JSON, by way of both that write it, which must agree.
fn decode(descriptor: &MessageDescriptor, hex: &str) -> Result<Value, String> {
    let encoded = octets(hex);
    let text = Decoder::new(descriptor.clone(), false).decode(&encoded, Layout::Compact);
    let text = text.map_err(|error| format!("{hex}: {error}"))?;
    let mut transcoder = Transcoder::new(descriptor.clone(), false);
    let fast = transcoder.decode(&encoded, Layout::Compact);
    let fast = fast.map_err(|error| format!("{hex}: {error}"))?;
    if fast != text {
        return Err(format!("{hex}: {fast}, and slowly {text}"));
    }
    Ok(serde_json::from_str(&text).unwrap())
}

/// With all numbers as floating point: `0` is `0.0`.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().into(),
        Value::Array(values) => values.iter().map(plain).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .collect(),
        other => other.clone(),
    }
}

fn compare(hex: &str, found: Result<Value, String>, expected: &Value) -> Option<String> {
    match found {
        Err(why) => Some(why),
        Ok(found) if plain(&found) == plain(expected) => None,
        Ok(found) => Some(format!("{hex}: {found} instead of {expected}")),
    }
}

#[test]
fn requests_are_encoded_as_protobuf_encodes_them() {
    let wrong = all(|case, descriptor| {
        let check = |written: &Value| match encode(descriptor, &written["json"]) {
            Err(why) => Some(why),
            Ok(encoded) if encoded == written["encoded"].as_str().unwrap() => None,
            Ok(encoded) => Some(format!("{encoded} instead of {written}")),
        };
        list(case, "written").iter().filter_map(check).collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn answers_are_written_as_protobuf_writes_them() {
    let wrong = all(|case, descriptor| {
        let back = |written: &Value| {
            let hex = written["encoded"].as_str().unwrap().to_owned();
            compare(&hex, decode(descriptor, &hex), &written["back"])
        };
        let read = |read: &Value| {
            let hex = read["encoded"].as_str().unwrap().to_owned();
            compare(&hex, decode(descriptor, &hex), &read["json"])
        };
        let written = list(case, "written").iter().filter_map(back);
        written
            .chain(list(case, "read").iter().filter_map(read))
            .collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn requests_that_protobuf_refuses_are_refused() {
    let wrong = all(|case, descriptor| {
        let accepted = |json: &&Value| encode(descriptor, json).is_ok();
        let refused = list(case, "refused").iter().filter(accepted);
        refused.map(|json| format!("{json} is accepted")).collect()
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A `FileDescriptorSet` whose files are not decoded: the types at hand know no editions.
#[derive(Clone, PartialEq, prost::Message)]
struct RawSet {
    #[prost(bytes = "vec", repeated, tag = "1")]
    file: Vec<Vec<u8>>,
}

/// Reflection, the cache and a set give the same; what the server sends is kept as it is. The server has
/// reflection and nothing else: a call ends with UNIMPLEMENTED, after its description.
#[test]
fn editions_are_described_whatever_they_come_from() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let named = |case: &&Value| case["kind"] == "everything_in_one_file";
    let case = cases.iter().find(named).unwrap();
    let set = STANDARD.decode(case["set"].as_str().unwrap()).unwrap();
    let sent = RawSet::decode(&set[..]).unwrap().file;
    let server = Server::start(move |_| Act::Answer(files(sent.clone())));
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("out.binpb");
    let out = out.to_str().unwrap();
    let run = |words: &[&str]| {
        let mut command = grpcauth();
        command.env("XDG_CACHE_HOME", directory.path());
        Ran::new(command.args(words).arg("--plaintext").output().unwrap())
    };
    let target = server.address.as_str();
    for source in [
        &["--descriptor-cache", "on", "--protoset-out", out][..],
        &["--descriptor-cache", "on"],
        &["--protoset", out],
    ] {
        for (data, code) in [(r#"{"i": 0, "g": "X"}"#, 76), (r#"{"g": 5}"#, 2)] {
            let ran = run(&[&["call", target, "p.S/M", "-d", data][..], source].concat());
            assert_eq!(ran.code, code, "{source:?}: {ran:?}");
        }
        assert_eq!(std::fs::read(out).unwrap(), set);
    }
    let described = run(&["describe", target, "p.T"]);
    let expected = "// message p.T, in kind.proto\n// edition 2023\nmessage T {\n  int32 a = 1 [features.field_presence = IMPLICIT];\n  int32 b = 2;\n";
    assert!(described.stdout.starts_with(expected), "{described:?}");
    let template = run(&["describe", target, "p.S/M", "--template"]);
    assert_eq!(template.code, 0, "{template:?}");
    for expected in ["\"g\": \"X\"", "\"h\": \"Y\"", "\"a\": 0"] {
        assert!(template.stdout.contains(expected), "{template:?}");
    }
}

#[test]
fn an_edition_is_described_as_its_source_has_it() {
    let cases: Vec<Value> = serde_json::from_str(CASES).unwrap();
    let directory = tempfile::tempdir().unwrap();
    for (kind, symbol, expected) in [
        (
            "edition_2024_features",
            "p.N",
            "// edition 2024, features.repeated_field_encoding = EXPANDED, features.message_encoding = DELIMITED\nexport message N {\n",
        ),
        (
            "edition_2024_features",
            "p.E",
            "local enum E {\n  option features.enum_type = CLOSED;\n  E_A = 1;\n}\n",
        ),
        ("reserved", "p.T", "  reserved foo, bar;\n"),
        (
            "required",
            "p.T",
            "string a = 1 [features.field_presence = LEGACY_REQUIRED];",
        ),
    ] {
        let case = cases.iter().find(|case| case["kind"] == kind).unwrap();
        let set = STANDARD.decode(case["set"].as_str().unwrap()).unwrap();
        let path = directory.path().join("set.binpb");
        std::fs::write(&path, set).unwrap();
        let mut command = grpcauth();
        command.args(["describe", symbol, "--protoset", path.to_str().unwrap()]);
        let ran = Ran::new(command.output().unwrap());
        assert!(ran.stdout.contains(expected), "{kind}: {ran:?}");
    }
}
