//! A JSON request to fill in: every field of a message with a value of its kind.
//!
//! Of a oneof the first field stands for all: more than one would be refused. A message within itself
//! is left empty, and so is everything once the text is long enough.

use prost_reflect::FieldDescriptor;
use prost_reflect::Kind;
use prost_reflect::MessageDescriptor;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::invoke::json::is_real;

/// Fields in one template; a hostile type of a few lines could ask for billions.
const MAX_FIELDS: usize = 4_000;
/// Messages within messages.
const MAX_DEPTH: usize = 24;

/// The template of a message, indented.
pub(super) fn write(message: &MessageDescriptor) -> String {
    let mut writer = Template {
        path: Vec::new(),
        fields: 0,
    };
    let value = writer.message(message);
    serde_json::to_string_pretty(&value).expect("a value of plain JSON serializes")
}

struct Template {
    /// The messages being written, outermost first.
    path: Vec<String>,
    fields: usize,
}

impl Template {
    fn message(&mut self, message: &MessageDescriptor) -> Value {
        let name = message.full_name();
        if let Some(value) = well_known(name) {
            return value;
        }
        let is_cut = self.path.iter().any(|outer| outer == name)
            || self.path.len() >= MAX_DEPTH
            || self.fields >= MAX_FIELDS;
        if is_cut {
            return json!({});
        }
        self.path.push(name.to_owned());
        let mut fields = Map::new();
        for field in message.fields() {
            if self.fields >= MAX_FIELDS {
                break;
            }
            let stands_behind = field.containing_oneof().is_some_and(|oneof| {
                let first = oneof.fields().next();
                !oneof.is_synthetic() && first.is_some_and(|first| first != field)
            });
            if !stands_behind {
                self.fields += 1;
                fields.insert(field.json_name().to_owned(), self.field(&field));
            }
        }
        self.path.pop();
        Value::Object(fields)
    }

    fn field(&mut self, field: &FieldDescriptor) -> Value {
        let kind = field.kind();
        if field.is_map()
            && let Kind::Message(entry) = &kind
        {
            let key = match entry.map_entry_key_field().kind() {
                Kind::String => "key",
                Kind::Bool => "false",
                _ => "0",
            };
            let value = self.single(&entry.map_entry_value_field().kind());
            return json!({ key: value });
        }
        let value = self.single(&kind);
        if field.is_list() {
            json!([value])
        } else {
            value
        }
    }

    fn single(&mut self, kind: &Kind) -> Value {
        match kind {
            Kind::Double | Kind::Float => json!(0.0),
            Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 | Kind::Uint32 | Kind::Fixed32 => json!(0),
            // As proto3's JSON has 64-bit numbers.
            Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 | Kind::Uint64 | Kind::Fixed64 => {
                json!("0")
            }
            Kind::Bool => json!(false),
            Kind::String | Kind::Bytes => json!(""),
            Kind::Enum(declared) if declared.full_name() == "google.protobuf.NullValue" => {
                Value::Null
            }
            Kind::Enum(declared) => {
                let first = declared.values().find(is_real);
                let first = first.unwrap_or_else(|| declared.default_value());
                json!(first.name())
            }
            Kind::Message(message) => self.message(message),
        }
    }
}

/// Messages with a JSON form of their own: <https://protobuf.dev/programming-guides/json/>.
fn well_known(name: &str) -> Option<Value> {
    Some(match name.strip_prefix("google.protobuf.")? {
        "Any" => json!({ "@type": "type.googleapis.com/google.protobuf.StringValue", "value": "" }),
        "Timestamp" => json!("1970-01-01T00:00:00Z"),
        "Duration" => json!("0s"),
        "FieldMask" | "StringValue" | "BytesValue" => json!(""),
        "Struct" | "Empty" => json!({}),
        "Value" => Value::Null,
        "ListValue" => json!([]),
        "BoolValue" => json!(false),
        "Int32Value" | "UInt32Value" => json!(0),
        "Int64Value" | "UInt64Value" => json!("0"),
        "DoubleValue" | "FloatValue" => json!(0.0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::descriptor_set::LazySet;
    use crate::describe::samples;
    use prost_reflect::DynamicMessage;

    const ALL: &str = r#"syntax = "proto3"; package p;
        import "google/protobuf/any.proto"; import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto";
        import "google/protobuf/struct.proto"; import "google/protobuf/wrappers.proto"; import "google/protobuf/field_mask.proto"; import "google/protobuf/empty.proto";
        enum E { ZERO = 0; }
        message M {
          double d = 1; int32 i = 2; int64 big = 3; bool yes = 4; string text = 5; bytes raw = 6; E e = 7; repeated E es = 8;
          map<string, M> ms = 9; map<bool, int64> flags = 10; map<sfixed64, E> by = 11; oneof one { string a = 12; M b = 13; } optional int32 maybe = 14;
          google.protobuf.Any any = 15; google.protobuf.Timestamp at = 16; google.protobuf.Duration for = 17; google.protobuf.Struct s = 18;
          google.protobuf.Value v = 19; google.protobuf.ListValue l = 20; google.protobuf.NullValue n = 21; google.protobuf.BoolValue wb = 22;
          google.protobuf.UInt64Value wu = 23; google.protobuf.BytesValue wbytes = 24; google.protobuf.FloatValue wf = 25; google.protobuf.FieldMask mask = 26;
          google.protobuf.Empty empty = 27; Inner inner = 28; message Inner { M up = 1; string with_name = 2; }
        }"#;

    #[test]
    fn every_kind_of_field_has_a_value_that_is_read_back() {
        let bytes = samples::compile(&[("a.proto", ALL)]);
        let pool = LazySet::scan(&bytes)
            .unwrap()
            .closure_for_symbol("p.M")
            .unwrap()
            .pool;
        let message = pool.get_message_by_name("p.M").unwrap();
        let text = write(&message);
        let mut reader = serde_json::Deserializer::from_str(&text);
        DynamicMessage::deserialize(message, &mut reader).unwrap();
        let value: Value = serde_json::from_str(&text).unwrap();
        for (field, expected) in [
            ("big", json!("0")),
            ("es", json!(["ZERO"])),
            ("ms", json!({ "key": {} })),
            ("flags", json!({ "false": "0" })),
            ("by", json!({ "0": "ZERO" })),
            ("a", json!("")),
            ("maybe", json!(0)),
            ("inner", json!({ "up": {}, "withName": "" })),
        ] {
            assert_eq!(value[field], expected, "{field}");
        }
        assert!(value.get("b").is_none(), "{text}");
    }

    #[test]
    fn what_could_grow_without_end_is_cut() {
        let mut source = String::from("syntax = \"proto3\"; package p;");
        for level in 0..12 {
            let fields: Vec<String> = (1..=10)
                .map(|field| format!("M{} f{field} = {field};", level + 1))
                .collect();
            source.push_str(&format!("message M{level} {{ {} }}", fields.join(" ")));
        }
        source.push_str("message M12 { string end = 1; }");
        let bytes = samples::compile(&[("a.proto", &source)]);
        let pool = LazySet::scan(&bytes)
            .unwrap()
            .closure_for_symbol("p.M0")
            .unwrap()
            .pool;
        let text = write(&pool.get_message_by_name("p.M0").unwrap());
        assert!(text.len() < 1 << 20, "{}", text.len());
    }
}
