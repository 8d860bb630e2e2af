//! What is written compiles back to the descriptor that it was written from.

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorProto;

use super::*;
use crate::describe::closure;
use crate::describe::descriptor_set::LazySet;
use crate::describe::outline::file;
use crate::describe::samples;

const EVERYTHING: &str = r#"syntax = "proto2"; package a.b;
import "options.proto"; import "other.proto"; import "google/protobuf/timestamp.proto"; import "google/protobuf/descriptor.proto";
message Plain {
  option deprecated = true; option (opts.on_message) = { name: "x", numbers: 1, numbers: 2, inner { deep: true }, table { key: "k", value: 1 } };
  required int32 id = 1; optional string name = 2 [default = "a\"\n\\é\033", deprecated = true]; repeated int64 many = 3 [packed = true];
  optional bytes raw = 4 [default = "\001\"\xff"]; optional double ratio = 5 [default = -inf]; optional float one = 6 [default = 1.5];
  optional E choice = 7 [default = TWO]; optional bool flag = 8 [default = true, json_name = "FLAG"]; optional .google.protobuf.Timestamp at = 9;
  map<string, Inner> inners = 10; message Inner { optional Plain up = 1; optional E e = 2; enum E { X = 0; } }
  optional group Grouped = 11 [deprecated = true] { optional int32 x = 1; repeated group Deeper = 2 { optional string y = 1; } }
  map<int32, .a.b.other.Thing> things = 12; message Late {}
  oneof pick { option (opts.on_oneof) = "o"; string left = 13; Late right = 14 [(opts.on_field) = 7]; group Third = 16 { optional int32 z = 1; } }
  optional uint64 big = 15 [(opts.on_field) = 9, (opts.listed) = "p", (opts.listed) = "q", jstype = JS_STRING];
  extensions 100 to 199, 500; extensions 1000 to max;
  reserved 40, 50 to 60; reserved "gone", "also_gone";
  extend Plain { optional string within = 150; repeated group Ext = 151 { optional int32 e = 1; } }
}
enum E { option allow_alias = true; ONE = 1; TWO = 2; ZWEI = 2 [deprecated = true, (opts.on_value) = 3.25]; NEG = -1; reserved 10, 20 to 30, 100 to max; reserved "OLD"; }
extend Plain { optional Plain more = 100; optional int32 same_type = 101 [default = 5]; }
extend google.protobuf.MethodOptions { optional int32 own = 50777; }
message a { message b { optional .a.b.Plain hidden = 1; optional b own = 2; } }
message Hides { message google { optional .google.protobuf.Timestamp hidden = 1; } optional google own = 1; }
service S { option (opts.on_service) = HIGH; rpc Get(Plain) returns (stream Plain.Inner) { option (opts.rule) = { get: "/v1/{id}" }; option idempotency_level = NO_SIDE_EFFECTS; }
  rpc Put(stream a.b) returns (google.protobuf.Timestamp); }
"#;

const OPTIONS: &str = r#"syntax = "proto2"; package opts; import "google/protobuf/descriptor.proto";
enum Level { LOW = 0; HIGH = 1; }
message M { optional string name = 1; repeated int32 numbers = 2; message In { optional bool deep = 1; } optional In inner = 3; map<string, int32> table = 4; }
message Rule { oneof pattern { string get = 2; string put = 3; } }
extend google.protobuf.MessageOptions { optional M on_message = 50001; }
extend google.protobuf.FieldOptions { optional uint32 on_field = 50002; repeated string listed = 50003; }
extend google.protobuf.OneofOptions { optional string on_oneof = 50004; }
extend google.protobuf.EnumValueOptions { optional double on_value = 50005; }
extend google.protobuf.ServiceOptions { optional Level on_service = 50006; }
extend google.protobuf.MethodOptions { optional Rule rule = 72295728; }
"#;

const OTHER: &str = r#"syntax = "proto3"; package a.b.other; message Thing {}"#;

const THIRD: &str = r#"syntax = "proto3"; package third.v1; import "google/protobuf/any.proto";
message P { optional string maybe = 1; repeated int32 packed = 2; repeated int32 unpacked = 3 [packed = false]; oneof either { P p = 4; bytes b = 5; }
  map<uint64, Kind> kinds = 6; google.protobuf.Any any = 7; optional Kind kind = 8; string snake_case_name = 9; string jsonName = 10 [json_name = "other"]; }
enum Kind { KIND_UNSPECIFIED = 0; KIND_A = 1; }
service Streams { rpc Chat(stream P) returns (stream P); }"#;

/// The files of a set, written symbol by symbol, compiled again.
fn round_trip(sources: &[(&str, &str)]) {
    let bytes = samples::compile(sources);
    let set = LazySet::scan(&bytes).unwrap();
    let outline = set.file(sources[0].0).unwrap();
    let files = closure::of(&set, outline).unwrap().files;
    let original = FileDescriptorProto::decode(outline.bytes).unwrap();
    let text = whole_file(&original, outline, &files);
    let mut again: Vec<(&str, &str)> = vec![(sources[0].0, &text)];
    again.extend(&sources[1..]);
    let compiled = samples::compile(&again);
    let compiled = LazySet::scan(&compiled).unwrap();
    let compiled = compiled.file(sources[0].0).unwrap().bytes;
    let (mut one, mut other) = (original, FileDescriptorProto::decode(compiled).unwrap());
    for file in [&mut one, &mut other] {
        file.source_code_info = None;
    }
    assert_eq!(one, other, "{text}");
    // Custom options, which decoding drops, are in the wire form.
    assert_eq!(
        without_source_info(outline.bytes),
        without_source_info(compiled),
        "{text}"
    );
}

fn without_source_info(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for field in wire::fields(bytes).flatten() {
        if field.number != file::SOURCE_CODE_INFO
            && let Ok(bytes) = field.bytes()
        {
            wire::put_bytes(field.number, bytes, &mut out);
        }
    }
    out
}

/// Groups in a file's extensions bring their types along: such a type is not written again.
fn whole_file(
    declared: &FileDescriptorProto,
    outline: &Outline<'_>,
    files: &[Outline<'_>],
) -> String {
    let mut text = format!(
        "syntax = \"{}\";\npackage {};\n",
        if declared.syntax().is_empty() {
            "proto2"
        } else {
            declared.syntax()
        },
        declared.package()
    );
    for import in &declared.dependency {
        text.push_str(&format!("import \"{import}\";\n"));
    }
    for child in children(None, outline.bytes) {
        let located = Located {
            file: outline,
            path: vec![child],
        };
        text.push_str(&write(&located, files).unwrap());
    }
    text
}

#[test]
fn everything_compiles_back() {
    round_trip(
        &[
            ("a.proto", EVERYTHING),
            ("options.proto", OPTIONS),
            ("other.proto", OTHER),
        ]
        .map(|(name, text)| (name, text)),
    );
}

#[test]
fn other_files_compile_back() {
    round_trip(&[("third.proto", THIRD)]);
    round_trip(&[("options.proto", OPTIONS)]);
}
