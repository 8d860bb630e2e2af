//! JSON of proto2, editions and every well-known type: what is taken, what is written for it, what is refused.

use std::sync::LazyLock;

use grpcauth::internals::Encoder;
use grpcauth::internals::Layout;
use grpcauth::internals::Transcoder;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::MessageDescriptor;
use protox::file::ChainFileResolver;
use protox::file::File;
use protox::file::FileResolver;
use protox::file::GoogleFileResolver;

const OLD: &str = r#"
    syntax = "proto2";
    package old;
    message Old {
        required int32 id = 1 [default = 7];
        optional Mood mood = 2 [default = SAD];
        optional group Inner = 4 { optional string text = 5; }
        extensions 100 to 200;
    }
    enum Mood { SAD = 3; GLAD = 4; }
    extend Old { optional string more = 100; repeated Old others = 101; }
"#;

const TYPES: &str = r#"
    syntax = "proto3";
    package types;
    import "google/protobuf/any.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/empty.proto";
    import "google/protobuf/field_mask.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/wrappers.proto";
    message Types {
        google.protobuf.Timestamp at = 1; google.protobuf.Duration lasting = 2; google.protobuf.FieldMask mask = 3;
        google.protobuf.Struct object = 4; google.protobuf.Value value = 5; google.protobuf.ListValue list = 6;
        google.protobuf.NullValue null = 7; google.protobuf.Empty nothing = 8; google.protobuf.Any any = 9;
        google.protobuf.BoolValue a_bool = 10; google.protobuf.BytesValue octets = 11; google.protobuf.DoubleValue a_double = 12;
        google.protobuf.FloatValue a_float = 13; google.protobuf.Int32Value an_int32 = 14; google.protobuf.Int64Value an_int64 = 15;
        google.protobuf.StringValue text = 16; google.protobuf.UInt32Value a_uint32 = 17; google.protobuf.UInt64Value a_uint64 = 18;
        int64 long = 20; uint64 unsigned_long = 21; bytes plain_octets = 22; map<string, string> names = 23;
        bool flag = 24; float real = 25; map<int64, Types> nested = 26; uint32 short = 27;
    }
"#;

struct Files;

impl FileResolver for Files {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        match name {
            "old.proto" => File::from_source(name, OLD),
            "types.proto" => File::from_source(name, TYPES),
            _ => Err(protox::Error::file_not_found(name)),
        }
    }
}

static POOL: LazyLock<DescriptorPool> = LazyLock::new(|| {
    let mut resolver = ChainFileResolver::new();
    resolver.add(Files);
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler.include_imports(true);
    compiler.open_files(["old.proto", "types.proto"]).unwrap();
    let set = compiler.file_descriptor_set().encode_to_vec();
    DescriptorPool::decode(&set[..]).unwrap()
});

fn named(name: &str) -> MessageDescriptor {
    POOL.get_message_by_name(name).unwrap()
}

/// What is written for what was read.
fn written(name: &str, json: &str) -> Result<String, String> {
    let encoded = Encoder::new(named(name), false)
        .encode_all(json)
        .map_err(|bad| bad.to_string())?;
    let mut transcoder = Transcoder::new(named(name), false);
    let text = transcoder.decode(&encoded[0], Layout::Compact);
    text.map(str::to_owned).map_err(|error| error.to_string())
}

#[test]
fn every_type_is_taken_and_written() {
    for (name, json, expected) in [
        ("old.Old", r#"{"id":0}"#, r#"{"id":0}"#),
        ("old.Old", r#"{"mood":"GLAD"}"#, r#"{"mood":"GLAD"}"#),
        ("old.Old", r#"{"mood":3}"#, r#"{"mood":"SAD"}"#),
        (
            "old.Old",
            r#"{"inner":{"text":"x"}}"#,
            r#"{"inner":{"text":"x"}}"#,
        ),
        ("old.Old", r#"{"[old.more]":"x"}"#, r#"{"[old.more]":"x"}"#),
        (
            "old.Old",
            r#"{"[old.others]":[{"id":1},{"[old.more]":"y"}]}"#,
            r#"{"[old.others]":[{"id":1},{"[old.more]":"y"}]}"#,
        ),
        (
            "types.Types",
            r#"{"at":"2026-11-21T11:00:00+01:00"}"#,
            r#"{"at":"2026-11-21T10:00:00Z"}"#,
        ),
        (
            "types.Types",
            r#"{"at":"0001-01-01T00:00:00Z"}"#,
            r#"{"at":"0001-01-01T00:00:00Z"}"#,
        ),
        (
            "types.Types",
            r#"{"at":"9999-12-31T23:59:59.999999999Z"}"#,
            r#"{"at":"9999-12-31T23:59:59.999999999Z"}"#,
        ),
        (
            "types.Types",
            r#"{"lasting":"-1.5s"}"#,
            r#"{"lasting":"-1.500s"}"#,
        ),
        (
            "types.Types",
            r#"{"mask":"a.bC,d"}"#,
            r#"{"mask":"a.bC,d"}"#,
        ),
        (
            "types.Types",
            r#"{"object":{"a":[null,{"b":1e3}]}}"#,
            r#"{"object":{"a":[null,{"b":1000.0}]}}"#,
        ),
        ("types.Types", r#"{"value":null}"#, r#"{"value":null}"#),
        (
            "types.Types",
            r#"{"list":["x",true]}"#,
            r#"{"list":["x",true]}"#,
        ),
        ("types.Types", r#"{"nothing":{}}"#, r#"{"nothing":{}}"#),
        (
            "types.Types",
            r#"{"any":{"@type":"x/google.protobuf.Duration","value":"3s"}}"#,
            r#"{"any":{"@type":"x/google.protobuf.Duration","value":"3s"}}"#,
        ),
        (
            "types.Types",
            r#"{"any":{"long":"5","@type":"x/types.Types"}}"#,
            r#"{"any":{"@type":"x/types.Types","long":"5"}}"#,
        ),
        (
            "types.Types",
            r#"{"aBool":false,"octets":"","aDouble":0}"#,
            r#"{"aBool":false,"octets":"","aDouble":0.0}"#,
        ),
        (
            "types.Types",
            r#"{"aFloat":"NaN","aDouble":"-Infinity"}"#,
            r#"{"aDouble":"-Infinity","aFloat":"NaN"}"#,
        ),
        (
            "types.Types",
            r#"{"anInt32":-1,"anInt64":-2,"aUint32":3,"aUint64":"4"}"#,
            r#"{"anInt32":-1,"anInt64":"-2","aUint32":3,"aUint64":"4"}"#,
        ),
        (
            "types.Types",
            r#"{"text":null,"at":null,"long":null}"#,
            "{}",
        ),
        (
            "types.Types",
            r#"{"long":-9223372036854775808}"#,
            r#"{"long":"-9223372036854775808"}"#,
        ),
        (
            "types.Types",
            r#"{"unsignedLong":"18446744073709551615"}"#,
            r#"{"unsignedLong":"18446744073709551615"}"#,
        ),
        (
            "types.Types",
            r#"{"plainOctets":"-_8"}"#,
            r#"{"plainOctets":"+/8="}"#,
        ),
        (
            "types.Types",
            r#"{"plainOctets":"+/8="}"#,
            r#"{"plainOctets":"+/8="}"#,
        ),
        (
            "types.Types",
            r#"{"names":{"a_b":"1","aB":"2","\u0000":"nul"}}"#,
            r#"{"names":{"\u0000":"nul","aB":"2","a_b":"1"}}"#,
        ),
        (
            "types.Types",
            r#"{"nested":{"-5":{"flag":true}}}"#,
            r#"{"nested":{"-5":{"flag":true}}}"#,
        ),
        ("types.Types", r#"{"short":1e3}"#, r#"{"short":1000}"#),
    ] {
        assert_eq!(written(name, json).as_deref(), Ok(expected), "{json}");
    }
}

#[test]
fn what_does_not_fit_is_refused_with_its_place() {
    for (json, place, words) in [
        (
            r#"{"long":9223372036854775808}"#,
            "column 27",
            "out of range",
        ),
        (
            r#"{"long":"9223372036854775808"}"#,
            "column 29",
            "too large",
        ),
        (r#"{"unsignedLong":-1}"#, "column 18", "out of range"),
        (
            r#"{"unsigned_long":1,"unsignedLong":2}"#,
            "column 20",
            "given twice",
        ),
        (
            r#"{"nested":{"1":{"a_bool":true,"aBool":true}}}"#,
            "column 31",
            "given twice",
        ),
        (r#"{"flag":true,"flag":true}"#, "column 14", "given twice"),
        (r#"{"flag":"true"}"#, "column 14", "a boolean"),
        (r#"{"real":1e39}"#, "column 12", "out of range"),
        (r#"{"real":1e999}"#, "column", "out of range"),
        (r#"{"at":"yesterday"}"#, "column 17", "timestamp"),
        (
            r#"{"at":"10000-01-01T00:00:00Z"}"#,
            "column 29",
            "timestamp",
        ),
        (r#"{"lasting":"1h"}"#, "column 15", "duration"),
        (r#"{"any":{"@type":"types.Types"}}"#, "column 30", "type"),
        (r#"{"[old.more]":"x"}"#, "column 2", "no field"),
        (r#"{"text":5}"#, "column 9", "a string"),
        (r#"{"nested":{"x":{}}}"#, "column 14", "invalid digit"),
    ] {
        let refused = written("types.Types", json).unwrap_err();
        assert!(refused.contains(place), "{json}: {refused}");
        assert!(refused.contains(words), "{json}: {refused}");
    }
}
