//! Messages as serde sees them.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::Kind;
use prost_reflect::MapKey;
use prost_reflect::ReflectMessage as _;
use prost_reflect::SerializeOptions;
use prost_reflect::Value;
use serde::ser::Error as _;
use serde::ser::Serialize;
use serde::ser::SerializeMap;
use serde::ser::Serializer;

use crate::invoke::json::census;
use crate::invoke::json::features::is_real;
use crate::invoke::json::received;
use crate::invoke::json::well_known::has_a_json_form;

/// Messages within messages that are written, those packed in `Any` included. `prost` decodes 100
/// levels, but begins anew within each `Any`: without a limit a peer could overflow the stack.
const MAX_DEPTH: usize = 128;

/// What the `Any` messages around one another may hold together, in bytes: each is in memory as long as what is in it.
const MAX_UNPACKED: usize = 16 << 20;

/// How deep in a message something is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Level {
    depth: usize,
    unpacked: usize,
}

impl Level {
    fn deeper(self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self
        }
    }

    fn within(self, packed: usize) -> Self {
        Self {
            unpacked: self.unpacked + packed,
            ..self
        }
    }
}

const ANY: &str = "google.protobuf.Any";

/// How to write, and where the types of packed messages are found.
#[derive(Clone, Debug)]
pub(super) struct Context {
    pub emit_defaults: bool,
    pub pools: Vec<DescriptorPool>,
    /// Whether any enum in the pools is closed, once that was asked.
    has_closed: OnceLock<bool>,
}

impl Context {
    pub(super) fn new(emit_defaults: bool, pools: Vec<DescriptorPool>) -> Self {
        Self {
            emit_defaults,
            pools,
            has_closed: OnceLock::new(),
        }
    }

    pub(super) fn has_closed_enums(&self) -> bool {
        let ask = || self.pools.iter().any(received::has_closed_enums);
        *self.has_closed.get_or_init(ask)
    }
}

/// A message.
pub(super) struct Shown<'a> {
    message: &'a DynamicMessage,
    context: &'a Context,
    level: Level,
}

impl<'a> Shown<'a> {
    pub(super) fn new(message: &'a DynamicMessage, context: &'a Context) -> Self {
        Self {
            message,
            context,
            level: Level::default(),
        }
    }

    fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        if self.context.emit_defaults {
            for field in self.message.descriptor().fields() {
                if self.message.has_field(&field) || !field.supports_presence() {
                    let value = self.message.get_field(&field);
                    map.serialize_entry(field.json_name(), &self.item(&value, &field.kind()))?;
                }
            }
        } else {
            for (field, value) in self.message.fields() {
                map.serialize_entry(field.json_name(), &self.item(value, &field.kind()))?;
            }
        }
        for (extension, value) in self.message.extensions() {
            map.serialize_entry(extension.json_name(), &self.item(value, &extension.kind()))?;
        }
        Ok(())
    }

    fn item<'b>(&self, value: &'b Value, kind: &'b Kind) -> Item<'b>
    where
        'a: 'b,
    {
        Item {
            value,
            kind,
            context: self.context,
            level: self.level,
        }
    }

    fn packed<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let type_url = self.message.get_field_by_number(1);
        let value = self.message.get_field_by_number(2);
        let type_url = type_url.as_ref().and_then(|url| url.as_str());
        let value = value.as_ref().and_then(|value| value.as_bytes());
        let value = value.map(|value| &value[..]).unwrap_or_default();
        let type_url = type_url.unwrap_or_default();
        if type_url.is_empty() && value.is_empty() {
            return serializer.serialize_map(Some(0))?.end();
        }
        Packed::new(type_url, value, self.context, self.level).serialize(serializer)
    }
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.level.depth > MAX_DEPTH {
            return Err(S::Error::custom("messages are nested too deeply"));
        }
        let descriptor = self.message.descriptor();
        if descriptor.full_name() == ANY {
            return self.packed(serializer);
        }
        if let Some(text) = not_finite_wrapped(self.message) {
            return serializer.serialize_str(text);
        }
        if has_a_json_form(&descriptor) {
            let options = SerializeOptions::new().skip_default_fields(!self.context.emit_defaults);
            return self.message.serialize_with_options(serializer, &options);
        }
        let mut map = serializer.serialize_map(None)?;
        self.write_fields(&mut map)?;
        map.end()
    }
}

/// The content of an `Any`.
pub(super) struct Packed<'a> {
    type_url: &'a str,
    value: &'a [u8],
    message: Option<DynamicMessage>,
    context: &'a Context,
    level: Level,
}

impl<'a> Packed<'a> {
    pub(super) fn new(
        type_url: &'a str,
        value: &'a [u8],
        context: &'a Context,
        level: Level,
    ) -> Self {
        let name = type_url.rsplit_once('/').map_or(type_url, |(_, name)| name);
        let fits = level.within(value.len()).unpacked <= MAX_UNPACKED;
        let message = context
            .pools
            .iter()
            .filter(|_| fits)
            .find_map(|pool| pool.get_message_by_name(name))
            .filter(|descriptor| census::is_bearable(descriptor, value))
            .and_then(|descriptor| {
                received::decode(descriptor, value, context.has_closed_enums()).ok()
            });
        Self {
            type_url,
            value,
            message,
            context,
            level: level.within(value.len()),
        }
    }
}

impl Serialize for Packed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.level.unpacked > MAX_UNPACKED {
            return Err(S::Error::custom(
                "messages packed in one another are too large together",
            ));
        }
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("@type", self.type_url)?;
        match &self.message {
            None => map.serialize_entry("value", &STANDARD.encode(self.value))?,
            Some(message) => {
                let shown = Shown {
                    message,
                    context: self.context,
                    level: self.level.deeper(),
                };
                let descriptor = message.descriptor();
                if has_a_json_form(&descriptor) {
                    map.serialize_entry("value", &shown)?;
                } else {
                    shown.write_fields(&mut map)?;
                }
            }
        }
        map.end()
    }
}

/// A field's value.
struct Item<'a> {
    value: &'a Value,
    kind: &'a Kind,
    context: &'a Context,
    level: Level,
}

impl<'a> Item<'a> {
    fn with(&self, value: &'a Value, kind: &'a Kind) -> Self {
        Self {
            value,
            kind,
            ..*self
        }
    }

    fn write_map<S: Serializer>(
        &self,
        entries: &HashMap<MapKey, Value>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let Some(entry) = self.kind.as_message() else {
            return Err(S::Error::custom("a map field without an entry type"));
        };
        let kind = entry.map_entry_value_field().kind();
        let mut sorted: Vec<_> = entries.iter().collect();
        sorted.sort_by(|(one, _), (other, _)| order(one, other));
        let mut map = serializer.serialize_map(Some(sorted.len()))?;
        for (key, value) in sorted {
            let key = match key {
                MapKey::Bool(key) => key.to_string(),
                MapKey::I32(key) => key.to_string(),
                MapKey::I64(key) => key.to_string(),
                MapKey::U32(key) => key.to_string(),
                MapKey::U64(key) => key.to_string(),
                MapKey::String(key) => key.clone(),
            };
            let item = Item {
                value,
                kind: &kind,
                context: self.context,
                level: self.level,
            };
            map.serialize_entry(&key, &item)?;
        }
        map.end()
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::I32(value) => serializer.serialize_i32(*value),
            Value::U32(value) => serializer.serialize_u32(*value),
            Value::I64(value) => serializer.collect_str(value),
            Value::U64(value) => serializer.collect_str(value),
            Value::F32(value) if value.is_finite() => serializer.serialize_f32(*value),
            Value::F64(value) if value.is_finite() => serializer.serialize_f64(*value),
            Value::F32(value) => serializer.serialize_str(not_finite((*value).into())),
            Value::F64(value) => serializer.serialize_str(not_finite(*value)),
            Value::String(value) => serializer.serialize_str(value),
            Value::Bytes(value) => serializer.serialize_str(&STANDARD.encode(value)),
            Value::EnumNumber(number) => write_enum(*number, self.kind, serializer),
            Value::Message(message) => Shown {
                message,
                context: self.context,
                level: self.level.deeper(),
            }
            .serialize(serializer),
            Value::List(values) => {
                serializer.collect_seq(values.iter().map(|value| self.with(value, self.kind)))
            }
            Value::Map(entries) => self.write_map(entries, serializer),
        }
    }
}

fn write_enum<S: Serializer>(number: i32, kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    match kind.as_enum() {
        Some(kind) if kind.full_name() == "google.protobuf.NullValue" => {
            serializer.serialize_none()
        }
        Some(kind) => match kind.get_value(number).filter(is_real) {
            Some(value) => serializer.serialize_str(value.name()),
            None => serializer.serialize_i32(number),
        },
        None => serializer.serialize_i32(number),
    }
}

/// Of a `FloatValue` or `DoubleValue`, which `prost_reflect` writes as `null`.
fn not_finite_wrapped(message: &DynamicMessage) -> Option<&'static str> {
    let value: f64 = match message.descriptor().full_name() {
        "google.protobuf.FloatValue" => message.get_field_by_number(1)?.as_f32()?.into(),
        "google.protobuf.DoubleValue" => message.get_field_by_number(1)?.as_f64()?,
        _ => return None,
    };
    (!value.is_finite()).then(|| not_finite(value))
}

fn not_finite(value: f64) -> &'static str {
    match (value.is_nan(), value.is_sign_negative()) {
        (true, _) => "NaN",
        (false, true) => "-Infinity",
        (false, false) => "Infinity",
    }
}

/// Numbers by size, texts by their bytes; the keys of one map are of one kind.
fn order(one: &MapKey, other: &MapKey) -> Ordering {
    match (one, other) {
        (MapKey::Bool(one), MapKey::Bool(other)) => one.cmp(other),
        (MapKey::I32(one), MapKey::I32(other)) => one.cmp(other),
        (MapKey::I64(one), MapKey::I64(other)) => one.cmp(other),
        (MapKey::U32(one), MapKey::U32(other)) => one.cmp(other),
        (MapKey::U64(one), MapKey::U64(other)) => one.cmp(other),
        (MapKey::String(one), MapKey::String(other)) => one.cmp(other),
        _ => Ordering::Equal,
    }
}
