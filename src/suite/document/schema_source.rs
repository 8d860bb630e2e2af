//! Where a target's methods are described.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde::de::value::MapAccessDeserializer;

use crate::suite::document::located::Several;

/// `"reflection"`, or files.
#[derive(Clone, Debug)]
pub(crate) enum SchemaSource {
    Reflection,
    Files(SchemaFiles),
}

/// Files that describe methods.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SchemaFiles {
    /// Descriptor sets.
    #[serde(default)]
    pub protoset: Several<String>,
    /// Sources.
    #[serde(default)]
    pub proto: Several<String>,
    /// Where their imports are looked up.
    #[serde(default)]
    pub include: Several<String>,
}

impl<'de> Deserialize<'de> for SchemaSource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = SchemaSource;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(
                    "\"reflection\", { protoset = FILE } or { proto = [FILE], include = [DIR] }",
                )
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<SchemaSource, E> {
                match text {
                    "reflection" => Ok(SchemaSource::Reflection),
                    _ => Err(E::custom(
                        "write \"reflection\", { protoset = FILE } or { proto = [FILE], include = [DIR] }",
                    )),
                }
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<SchemaSource, A::Error> {
                let files = SchemaFiles::deserialize(MapAccessDeserializer::new(map))?;
                match files.protoset.0.is_empty() && files.proto.0.is_empty() {
                    true => Err(A::Error::custom("it names no file: add protoset or proto")),
                    false => Ok(SchemaSource::Files(files)),
                }
            }
        }

        deserializer.deserialize_any(Read)
    }
}

impl JsonSchema for SchemaSource {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "SchemaSource".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let files = generator.subschema_for::<SchemaFiles>();
        schemars::json_schema!({ "anyOf": [{ "const": "reflection" }, files] })
    }
}
