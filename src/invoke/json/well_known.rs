//! Which messages JSON writes in a way of their own.

use prost_reflect::MessageDescriptor;

const PACKAGE: &str = "google.protobuf.";

/// Messages of `google.protobuf` whose JSON is not that of their fields.
///
/// Source: <https://protobuf.dev/programming-guides/json/>.
pub(crate) const WITH_A_JSON_FORM: [&str; 17] = [
    "Any",
    "BoolValue",
    "BytesValue",
    "DoubleValue",
    "Duration",
    "Empty",
    "FieldMask",
    "FloatValue",
    "Int32Value",
    "Int64Value",
    "ListValue",
    "StringValue",
    "Struct",
    "Timestamp",
    "UInt32Value",
    "UInt64Value",
    "Value",
];

/// Whether a type is one of them.
pub(super) fn has_a_json_form(descriptor: &MessageDescriptor) -> bool {
    descriptor
        .full_name()
        .strip_prefix(PACKAGE)
        .is_some_and(|name| WITH_A_JSON_FORM.contains(&name))
}
