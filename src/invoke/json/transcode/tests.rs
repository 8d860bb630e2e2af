use std::sync::LazyLock;

use proptest::collection::vec;
use proptest::prelude::*;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::FieldDescriptor;
use prost_reflect::Kind as FieldKind;
use protox::file::ChainFileResolver;
use protox::file::File;
use protox::file::FileResolver;
use protox::file::GoogleFileResolver;

use super::*;

const PROTO: &str = r#"
    syntax = "proto3";
    package rich;
    import "google/protobuf/any.proto";
    import "google/protobuf/duration.proto";
    import "google/protobuf/empty.proto";
    import "google/protobuf/field_mask.proto";
    import "google/protobuf/struct.proto";
    import "google/protobuf/timestamp.proto";
    import "google/protobuf/wrappers.proto";
    message Rich {
        double a_double = 1; float a_float = 2; int32 an_int32 = 3; int64 an_int64 = 4;
        uint32 a_uint32 = 5; uint64 a_uint64 = 6; sint32 a_sint32 = 7; sint64 a_sint64 = 8;
        fixed32 a_fixed32 = 9; fixed64 a_fixed64 = 10; sfixed32 a_sfixed32 = 11; sfixed64 a_sfixed64 = 12;
        bool a_bool = 13; string a_string = 14; bytes some_bytes = 15; Colour a_colour = 16; Rich child = 17;
        optional int32 maybe_int32 = 20; optional string maybe_string = 21; optional double maybe_double = 22;
        optional Colour maybe_colour = 23;
        repeated double doubles = 30; repeated float floats = 31; repeated sint32 sints = 32;
        repeated int64 longs = 33; repeated fixed32 fixeds = 34 [packed = false]; repeated bool bools = 35;
        repeated string strings = 36; repeated bytes many_bytes = 37; repeated Colour colours = 38;
        repeated Rich children = 39; repeated google.protobuf.Timestamp times = 40;
        map<string, string> by_text = 50; map<int32, Rich> by_int32 = 51; map<sint64, bool> by_sint64 = 52;
        map<bool, Colour> by_bool = 53; map<fixed64, bytes> by_fixed64 = 54; map<uint32, double> by_uint32 = 55;
        map<string, google.protobuf.Duration> durations = 56;
        oneof choice { string left = 60; int64 right = 61; Rich middle = 62; }
        oneof other { bool yes = 63; bool no = 64; }
        google.protobuf.Timestamp at = 70; google.protobuf.Duration lasting = 71;
        google.protobuf.Int32Value int32_value = 72; google.protobuf.Int64Value int64_value = 73;
        google.protobuf.UInt64Value uint64_value = 74; google.protobuf.FloatValue float_value = 75;
        google.protobuf.DoubleValue double_value = 76; google.protobuf.BoolValue bool_value = 77;
        google.protobuf.StringValue string_value = 78; google.protobuf.BytesValue bytes_value = 79;
        google.protobuf.UInt32Value uint32_value = 80; google.protobuf.Empty nothing = 81;
        google.protobuf.Struct object = 82; google.protobuf.Any any = 83; google.protobuf.FieldMask mask = 84;
        google.protobuf.NullValue null = 85;
        string odd_name_ = 500 [json_name = "a\"b\\c"];
    }
    enum Colour { option allow_alias = true; NONE = 0; RED = 1; CRIMSON = 1; FAR = 1000; BEFORE = -1; }
"#;

const OLD_PROTO: &str = r#"
    syntax = "proto2";
    package old;
    message Old {
        required int32 id = 1 [default = 7];
        optional Mood mood = 2 [default = SAD];
        repeated int32 numbers = 3;
        optional group Inner = 4 { optional string text = 5; }
        map<string, Mood> moods = 6;
        extensions 100 to 200;
    }
    enum Mood { SAD = 3; GLAD = 4; }
    extend Old { optional string more = 100; }
"#;

struct Files;

impl FileResolver for Files {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        match name {
            "rich.proto" => File::from_source(name, PROTO),
            "old.proto" => File::from_source(name, OLD_PROTO),
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
    compiler.open_files(["rich.proto", "old.proto"]).unwrap();
    let set = compiler.file_descriptor_set().encode_to_vec();
    DescriptorPool::decode(&set[..]).unwrap()
});

fn message_type(name: &str) -> MessageDescriptor {
    POOL.get_message_by_name(name).unwrap()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut octets = Vec::new();
    while number >= 128 {
        octets.push((number % 128) as u8 | 0x80);
        number /= 128;
    }
    octets.push(number as u8);
    octets
}

fn tagged(number: u32, wire_type: u8, value: &[u8]) -> Vec<u8> {
    [
        &varint(u64::from(number << 3 | u32::from(wire_type)))[..],
        value,
    ]
    .concat()
}

fn delimited(octets: &[u8]) -> Vec<u8> {
    [&varint(octets.len() as u64)[..], octets].concat()
}

fn any_varint() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        4 => (0..5_u64).prop_map(varint),
        1 => Just(varint(1000)),
        1 => Just(varint(u64::MAX)),
        1 => Just(varint(1 << 32)),
        2 => any::<u64>().prop_map(varint),
        2 => any::<i32>().prop_map(|number| varint(i64::from(number).cast_unsigned())),
    ]
    .boxed()
}

fn any_fixed_64() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        any::<u64>().prop_map(|bits| bits.to_le_bytes().to_vec()),
        any::<f64>().prop_map(|number| number.to_le_bytes().to_vec()),
        prop::sample::select(vec![
            0.0,
            -0.0,
            1.0,
            1e300,
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY
        ])
        .prop_map(|number| number.to_le_bytes().to_vec()),
    ]
    .boxed()
}

fn any_fixed_32() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        any::<f32>().prop_map(|number| number.to_le_bytes().to_vec()),
        prop::sample::select(vec![0.0_f32, -0.0, 0.1, 1e30, f32::NAN, f32::NEG_INFINITY])
            .prop_map(|number| number.to_le_bytes().to_vec()),
    ]
    .boxed()
}

fn any_text() -> BoxedStrategy<Vec<u8>> {
    prop_oneof![
        10 => "[a-c\"\\\\\n\u{7f}é\u{202e}\u{1f600}]{0,6}".prop_map(String::into_bytes),
        1 => vec(any::<u8>(), 0..4),
    ]
    .prop_map(|octets| delimited(&octets))
    .boxed()
}

fn time() -> BoxedStrategy<Vec<u8>> {
    let seconds = prop_oneof![
        any::<i32>().prop_map(i64::from),
        -62_135_596_900_i64..253_402_300_900,
        Just(0_i64),
        any::<i64>(),
    ];
    let nanos = prop_oneof![
        Just(0_i32),
        (0..1000_i32).prop_map(|number| number * 1_000_000),
        (0..1_000_000_i32).prop_map(|number| number * 1000),
        -1_000_000_001..1_000_000_001_i32,
    ];
    (seconds, nanos)
        .prop_map(|(seconds, nanos)| {
            let number = |number: i64| varint(number.cast_unsigned());
            [
                tagged(1, 0, &number(seconds)),
                tagged(2, 0, &number(nanos.into())),
            ]
            .concat()
        })
        .boxed()
}

/// A value of the field's type, and its wire type.
fn value(field: &FieldDescriptor, depth: u32) -> (u8, BoxedStrategy<Vec<u8>>) {
    match field.kind() {
        FieldKind::Double | FieldKind::Fixed64 | FieldKind::Sfixed64 => (1, any_fixed_64()),
        FieldKind::Float | FieldKind::Fixed32 | FieldKind::Sfixed32 => (5, any_fixed_32()),
        FieldKind::String => (2, any_text()),
        FieldKind::Bytes => (
            2,
            vec(any::<u8>(), 0..6)
                .prop_map(|octets| delimited(&octets))
                .boxed(),
        ),
        FieldKind::Message(kind) => {
            let name = kind.full_name();
            let content = match name {
                "google.protobuf.Timestamp" | "google.protobuf.Duration" => time(),
                _ if depth == 0 => Just(Vec::new()).boxed(),
                _ => message(kind, depth - 1),
            };
            (2, content.prop_map(|octets| delimited(&octets)).boxed())
        }
        _ => (0, any_varint()),
    }
}

/// A field on the wire: once, or some times in a row, packed or not.
fn on_wire(field: FieldDescriptor, depth: u32) -> BoxedStrategy<(u32, Vec<u8>)> {
    let number = field.number();
    let (wire_type, value) = value(&field, depth);
    let single = value
        .clone()
        .prop_map(move |value| tagged(number, wire_type, &value));
    let octets = if field.is_list() || field.is_map() {
        let row = vec(single, 1..4).prop_map(|row| row.concat());
        if wire_type == 2 {
            row.boxed()
        } else {
            let packed = vec(value, 0..4);
            let packed = packed.prop_map(move |row| tagged(number, 2, &delimited(&row.concat())));
            prop_oneof![row, packed].boxed()
        }
    } else {
        single.boxed()
    };
    octets.prop_map(move |octets| (number, octets)).boxed()
}

/// A message, its fields mostly in order and each once.
fn message(descriptor: MessageDescriptor, depth: u32) -> BoxedStrategy<Vec<u8>> {
    let mut fields: Vec<_> = descriptor
        .fields()
        .map(|field| on_wire(field, depth))
        .collect();
    let unknown = (any_varint(), 900..902_u32)
        .prop_map(|(value, number)| (number, tagged(number, 0, &value)));
    fields.push(unknown.boxed());
    let field = proptest::strategy::Union::new(fields);
    (vec(field, 0..6), prop::bool::weighted(0.9))
        .prop_map(|(mut fields, in_order)| {
            if in_order {
                fields.sort_by_key(|(number, _)| *number);
                fields.dedup_by_key(|(number, _)| *number);
            }
            fields.into_iter().flat_map(|(_, octets)| octets).collect()
        })
        .boxed()
}

/// Both ways give the same, be it a text or an error.
fn compare(name: &str, encoded: &[u8]) {
    for layout in [Layout::Compact, Layout::Pretty] {
        let expected = Decoder::new(message_type(name), false).decode(encoded, layout);
        let mut transcoder = Transcoder::new(message_type(name), false);
        let text = transcoder.decode(encoded, layout).map(str::to_owned);
        assert_eq!(text, expected, "{encoded:02x?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn the_text_is_the_decoders(encoded in message(message_type("rich.Rich"), 2)) {
        compare("rich.Rich", &encoded);
    }

    #[test]
    fn so_it_is_for_proto2(encoded in message(message_type("old.Old"), 1)) {
        compare("old.Old", &encoded);
    }

    #[test]
    fn and_for_hostile_octets(encoded in vec(any::<u8>(), 0..40)) {
        compare("rich.Rich", &encoded);
        compare("old.Old", &encoded);
    }

    #[test]
    fn and_for_what_is_cut_off(encoded in message(message_type("rich.Rich"), 1), cut in 0..100_usize) {
        compare("rich.Rich", &encoded[..encoded.len().saturating_sub(cut)]);
    }
}

fn transcoded(encoded: &[u8]) -> (String, bool) {
    let mut transcoder = Transcoder::new(message_type("rich.Rich"), false);
    let text = transcoder
        .decode(encoded, Layout::Compact)
        .unwrap()
        .to_owned();
    (text, transcoder.gave_up())
}

#[test]
fn what_is_common_is_not_left_to_the_decoder() {
    let text = |number, text: &str| tagged(number, 2, &delimited(text.as_bytes()));
    let number = |field, number| tagged(field, 0, &varint(number));
    let time = [number(1, 1_763_719_200), number(2, 500_000_000)].concat();
    let entry = |key: &str, value: &str| {
        tagged(50, 2, &delimited(&[text(1, key), text(2, value)].concat()))
    };
    for (encoded, expected) in [
        (vec![], "{}"),
        (number(4, 42), r#"{"anInt64":"42"}"#),
        (number(16, 1000), r#"{"aColour":"FAR"}"#),
        (number(16, 77), r#"{"aColour":77}"#),
        (number(999, 1), "{}"),
        (
            [text(14, "é"), number(3, 1)].concat(),
            r#"{"anInt32":1,"aString":"é"}"#,
        ),
        (text(14, "\u{202e}"), r#"{"aString":"\u202e"}"#),
        (tagged(15, 2, &delimited(b"ab")), r#"{"someBytes":"YWI="}"#),
        (tagged(30, 2, &delimited(&[0; 8])), r#"{"doubles":[0.0]}"#),
        (
            tagged(70, 2, &delimited(&time)),
            r#"{"at":"2025-11-21T10:00:00.500Z"}"#,
        ),
        (
            [entry("b", "2"), entry("a", "1")].concat(),
            r#"{"byText":{"a":"1","b":"2"}}"#,
        ),
        (text(61 - 1, "x"), r#"{"left":"x"}"#),
        (
            tagged(78, 2, &delimited(&text(1, "w"))),
            r#"{"stringValue":"w"}"#,
        ),
        (text(500, "o"), r#"{"a\"b\\c":"o"}"#),
    ] {
        let (text, gave_up) = transcoded(&encoded);
        assert_eq!(text, expected);
        assert!(!gave_up, "{expected}");
    }
}

#[test]
fn what_is_rare_is_left_to_the_decoder() {
    let number = |field, number| tagged(field, 0, &varint(number));
    for encoded in [
        [number(3, 1), number(3, 2)].concat(),
        [number(63, 1), number(64, 1)].concat(),
        [number(33, 1), number(3, 1), number(33, 2)].concat(),
        tagged(82, 2, &delimited(&[])),
    ] {
        let (_, gave_up) = transcoded(&encoded);
        assert!(gave_up, "{encoded:02x?}");
    }
}

#[test]
fn a_type_that_is_always_left_is_tried_no_more() {
    let mut transcoder = Transcoder::new(message_type("rich.Rich"), false);
    let rare = tagged(82, 2, &delimited(&[]));
    for _ in 0..100 {
        let text = transcoder.decode(&rare, Layout::Compact).unwrap();
        assert_eq!(text, r#"{"object":{}}"#);
    }
    assert!(transcoder.patience <= 0);
}
