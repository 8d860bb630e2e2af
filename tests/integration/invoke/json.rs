//! JSON to messages and back, on a type that has a field of every kind.

use std::sync::LazyLock;

use grpcauth::internals::Decoder;
use grpcauth::internals::Encoder;
use grpcauth::internals::Layout;
use grpcauth::internals::NoMessage;
use grpcauth::internals::Requests as _;
use grpcauth::internals::Splitter;
use grpcauth::internals::Stream;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::MessageDescriptor;
use prost_reflect::prost_types::Any;
use protox::file::ChainFileResolver;
use protox::file::File;
use protox::file::FileResolver;
use protox::file::GoogleFileResolver;
use tokio::io::AsyncWriteExt as _;

const PROTO: &str = r#"
    syntax = "proto3";
    package test;
    import "google/protobuf/any.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/wrappers.proto";
    message All {
        int32 small_number = 1;
        int64 large = 2;
        bytes octets = 3;
        double real = 4;
        Colour colour = 5;
        repeated All children = 6;
        map<string, int32> by_name = 7;
        map<int32, All> by_number = 8;
        google.protobuf.Timestamp at = 9;
        google.protobuf.Any any = 10;
        google.protobuf.Struct object = 11;
        google.protobuf.StringValue wrapped = 12;
        string text = 13;
        oneof choice { string left = 14; bool right = 15; }
        optional bool maybe = 16;
    }
    enum Colour { UNSPECIFIED = 0; RED = 1; }
"#;

struct OneFile;

impl FileResolver for OneFile {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        match name {
            "all.proto" => File::from_source(name, PROTO),
            _ => Err(protox::Error::file_not_found(name)),
        }
    }
}

static ALL: LazyLock<MessageDescriptor> = LazyLock::new(|| {
    let mut resolver = ChainFileResolver::new();
    resolver.add(OneFile);
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler
        .include_imports(true)
        .open_file("all.proto")
        .unwrap();
    let set = compiler.encode_file_descriptor_set();
    let pool = DescriptorPool::decode(&set[..]).unwrap();
    pool.get_message_by_name("test.All").unwrap()
});

fn encode(json: &str) -> Vec<u8> {
    let messages = Encoder::new(ALL.clone(), false).encode_all(json).unwrap();
    assert_eq!(messages.len(), 1, "{json}");
    messages[0].to_vec()
}

fn decode(encoded: &[u8]) -> Result<String, String> {
    Decoder::new(ALL.clone(), false)
        .decode(encoded, Layout::Compact)
        .map_err(|error| error.to_string())
}

#[test]
fn what_is_read_is_written_again() {
    for json in [
        r#"{}"#,
        r#"{"smallNumber":-7,"large":"9007199254740993","octets":"AP8=","real":1.5,"colour":"RED"}"#,
        r#"{"real":"NaN"}"#,
        r#"{"real":"-Infinity","colour":9}"#,
        r#"{"children":[{},{"text":"x"}],"left":""}"#,
        r#"{"byName":{"a":1,"b":2,"c":3,"d":4},"byNumber":{"-1":{},"2":{"right":true},"10":{}}}"#,
        r#"{"at":"2026-11-21T10:00:00.500Z","wrapped":"w"}"#,
        r#"{"object":{"a":null,"b":[1.0,true,"x",{}]}}"#,
        r#"{"any":{"@type":"type.googleapis.com/test.All","any":{"@type":"x/google.protobuf.StringValue","value":"y"},"text":"x"}}"#,
        r#"{"any":{"@type":"x/google.protobuf.Any","value":{"@type":"x/test.All"}}}"#,
        r#"{"maybe":false}"#,
    ] {
        assert_eq!(decode(&encode(json)).unwrap(), json);
    }
}

#[test]
fn proto_names_and_numbers_as_text_are_read() {
    let json = r#"{"small_number": "7", "large": 8, "octets": "AP8"}"#;
    let expected = r#"{"smallNumber":7,"large":"8","octets":"AP8="}"#;
    assert_eq!(decode(&encode(json)).unwrap(), expected);
}

#[test]
fn defaults_are_written_on_request() {
    let encoded = encode(r#"{"text": "x"}"#);
    let decoder = Decoder::new(ALL.clone(), true);
    let expected = concat!(
        r#"{"smallNumber":0,"large":"0","octets":"","real":0.0,"colour":"UNSPECIFIED","#,
        r#""children":[],"byName":{},"byNumber":{},"text":"x"}"#
    );
    assert_eq!(decoder.decode(&encoded, Layout::Compact).unwrap(), expected);
}

#[test]
fn pretty_is_indented_by_two() {
    let decoder = Decoder::new(ALL.clone(), false);
    let encoded = encode(r#"{"children":[{}],"text":"x"}"#);
    let pretty = decoder.decode(&encoded, Layout::Pretty).unwrap();
    assert_eq!(
        pretty,
        "{\n  \"children\": [\n    {}\n  ],\n  \"text\": \"x\"\n}"
    );
    assert_eq!(decoder.value(&encoded).unwrap()["text"], "x");
}

#[test]
fn deceptive_characters_are_escaped_and_a_parser_gets_them_back() {
    let text = "\u{1b}[31m\u{9b}31m\u{7f}\u{202e}\u{200b}\u{e0001}é漢";
    let json = serde_json::json!({ "text": text }).to_string();
    let written = decode(&encode(&json)).unwrap();
    assert!(
        written.chars().all(grpcauth::internals::is_plain),
        "{written}"
    );
    let read: serde_json::Value = serde_json::from_str(&written).unwrap();
    assert_eq!(read["text"], text);
}

#[test]
fn an_any_of_an_unknown_type_is_shown_in_base64() {
    let any = |type_url: &str, value: &[u8]| Any {
        type_url: type_url.into(),
        value: value.to_vec(),
    };
    for (any, expected) in [
        (
            any("x/no.Such", b"\xff"),
            r#"{"@type":"x/no.Such","value":"/w=="}"#,
        ),
        (
            any("x/test.All", b"\xff"),
            r#"{"@type":"x/test.All","value":"/w=="}"#,
        ),
        (any("", b""), "{}"),
    ] {
        let written = decode(&field(10, &any.encode_to_vec())).unwrap();
        assert_eq!(written, format!(r#"{{"any":{expected}}}"#));
    }
}

/// A length-delimited field.
fn field(number: u32, value: &[u8]) -> Vec<u8> {
    let mut encoded = Vec::new();
    let wire_type = prost::encoding::WireType::LengthDelimited;
    prost::encoding::encode_key(number, wire_type, &mut encoded);
    prost::encoding::encode_varint(value.len() as u64, &mut encoded);
    encoded.extend(value);
    encoded
}

#[test]
fn hostile_messages_are_refused_and_do_not_overflow_the_stack() {
    let nested = |depth: usize, wrap: &dyn Fn(Vec<u8>) -> Vec<u8>| {
        (0..depth).fold(Vec::new(), |inner, _| wrap(inner))
    };
    let children = nested(9_000, &|inner| field(6, &inner));
    let packed = nested(2_000, &|value| {
        let type_url = "/google.protobuf.Any".into();
        Any { type_url, value }.encode_to_vec()
    });
    for (name, encoded) in [
        ("children in children", children),
        ("Any in Any", field(10, &packed)),
        ("garbage", b"\xff\xff\xff".to_vec()),
        ("text that is not UTF-8", field(13, b"\xff")),
        (
            "a time beyond the calendar",
            field(9, b"\x08\xff\xff\xff\xff\xff\xff\xff\x7f"),
        ),
    ] {
        let refused = decode(&encoded).unwrap_err();
        assert!(
            refused.starts_with("the message is no test.All: "),
            "{name}: {refused}"
        );
    }
}

#[test]
fn bad_input_is_named_with_its_place_and_what_was_meant() {
    for (json, place, message, suggestion) in [
        (
            r#"{"smalNumber": 1}"#,
            (1, 2),
            "`test.All` has no field `smalNumber`",
            Some("smallNumber"),
        ),
        (
            "{\n  \"children\": [\n    {}, {\"txt\": \"txt\"}\n  ]\n}",
            (3, 10),
            "`test.All` has no field `txt`",
            Some("text"),
        ),
        (
            r#"{"byNumber": {"1": {"qqq": 1}}}"#,
            (1, 21),
            "`test.All` has no field `qqq`",
            None,
        ),
        (
            r#"{"colour": "READ"}"#,
            (1, 12),
            "`test.Colour` has no value `READ`",
            Some("RED"),
        ),
        (
            "{}\n{\"zz\": 1}",
            (2, 2),
            "`test.All` has no field `zz`",
            None,
        ),
        (
            r#"{"smallNumber": 2147483648}"#,
            (1, 26),
            "out of range",
            None,
        ),
        (
            r#"{"smallNumber": 1.5}"#,
            (1, 19),
            "expected integer value",
            None,
        ),
        (
            r#"{"left": "a", "right": true}"#,
            (1, 28),
            "multiple fields provided for oneof 'choice'",
            None,
        ),
        (r#"{"octets": "*"}"#, (1, 14), "invalid base64", None),
        (
            r#"{"any": {"@type": "x/no.Such"}}"#,
            (1, 30),
            "message 'no.Such' not found",
            None,
        ),
        (r#"{"text": "#, (1, 9), "EOF while parsing", None),
        ("nonsense", (1, 2), "expected ident", None),
        ("{} }", (1, 4), "expected value", None),
        (
            r#"{"text": "\ud800"}"#,
            (1, 17),
            "unexpected end of hex escape",
            None,
        ),
        (
            "7",
            (1, 1),
            "invalid type: integer `7`, expected a map",
            None,
        ),
    ] {
        let bad = Encoder::new(ALL.clone(), false)
            .encode_all(json)
            .unwrap_err();
        assert_eq!((bad.line, bad.column), place, "{json}: {bad}");
        assert!(bad.message.contains(message), "{json}: {bad}");
        assert_eq!(bad.suggestion.as_deref(), suggestion, "{json}: {bad}");
    }
}

#[test]
fn deep_json_is_refused() {
    let deep = format!(
        "{}1{}",
        r#"{"children":["#.repeat(100_000),
        "]}".repeat(100_000)
    );
    let bad = Encoder::new(ALL.clone(), false)
        .encode_all(&deep)
        .unwrap_err();
    assert!(bad.message.contains("recursion limit"), "{}", bad.message);
}

#[test]
fn unknown_fields_are_left_out_on_request() {
    let encoder = Encoder::new(ALL.clone(), true);
    let messages = encoder.encode_all(r#"{"zz": {"a": []}, "colour": "BLUE", "text": "x"}"#);
    assert_eq!(decode(&messages.unwrap()[0]).unwrap(), r#"{"text":"x"}"#);
}

#[test]
fn several_messages_are_read_from_one_input() {
    let encoder = Encoder::new(ALL.clone(), false);
    for (input, count) in [("", 0), (" \n", 0), ("{}{}", 2), ("{}\n{}\n\n{}\n", 3)] {
        assert_eq!(encoder.encode_all(input).unwrap().len(), count, "{input:?}");
    }
    let mut splitter = Splitter::new();
    splitter.push(b"{\"text\": \"x\"} {\"te");
    let text = splitter.next().unwrap().unwrap();
    assert_eq!(
        decode(&encoder.encode(&text).unwrap()).unwrap(),
        r#"{"text":"x"}"#
    );
    assert_eq!(splitter.next(), None);
}

#[tokio::test]
async fn requests_are_had_as_they_are_typed() {
    let (mut typed, input) = tokio::io::duplex(100);
    let mut stream = Stream::new(input, Encoder::new(ALL.clone(), false));
    typed.write_all(b"{\"text\": \"x\"}\n{\"te").await.unwrap();
    let first = stream.next().await.unwrap().unwrap();
    assert_eq!(decode(&first).unwrap(), r#"{"text":"x"}"#);
    typed.write_all(b"xt\": \"y\"}\n{\"zz\": 1}").await.unwrap();
    let second = stream.next().await.unwrap().unwrap();
    assert_eq!(decode(&second).unwrap(), r#"{"text":"y"}"#);
    drop(typed);
    let bad = stream.next().await.unwrap();
    assert!(matches!(bad, Err(NoMessage::Bad(bad)) if (bad.line, bad.column) == (3, 2)));
    assert!(stream.next().await.is_none());
}
