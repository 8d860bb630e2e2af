//! `auth` and `tls` of an identity. They are read as a profile's are; here is what the JSON Schema says of them.

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use crate::authenticate::call_credentials;
use crate::identity::channel::TlsSpec;
use crate::identity::kind::Form;

/// A credential, or a list of them.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct AuthTables(IgnoredAny);

/// A client certificate, and whom to trust.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct TlsTable(IgnoredAny);

impl JsonSchema for AuthTables {
    fn schema_name() -> Cow<'static, str> {
        "Auth".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let kinds: Vec<&str> = call_credentials::kinds().map(|kind| kind.name).collect();
        let mut keys = Map::new();
        keys.insert("kind".to_owned(), json!({ "enum": kinds }));
        for parameter in call_credentials::kinds().flat_map(|kind| kind.parameters) {
            let mut schema = of_form(parameter.form);
            schema["description"] = parameter.help.into();
            keys.entry(parameter.key).or_insert(schema);
        }
        let table = json!({ "type": "object", "properties": keys, "additionalProperties": false });
        schemars::json_schema!({ "anyOf": [table, { "type": "array", "items": table }] })
    }
}

fn of_form(form: Form) -> Value {
    match form {
        Form::Text => json!({ "type": "string" }),
        Form::List | Form::Words => {
            json!({ "type": ["string", "array"], "items": { "type": "string" } })
        }
        Form::Secret => json!({ "type": "string", "pattern": "^(env:|file:|cmd:|prompt$)|\\$\\{" }),
        Form::Body => json!({ "type": ["string", "object"] }),
    }
}

impl JsonSchema for TlsTable {
    fn schema_name() -> Cow<'static, str> {
        "IdentityTls".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut keys = Map::new();
        for key in TlsSpec::KEYS {
            keys.insert((*key).to_owned(), json!({}));
        }
        schemars::json_schema!({ "type": "object", "properties": keys, "additionalProperties": false })
    }
}
