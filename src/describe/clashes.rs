//! Fields of one message whose names clash.
//!
//! The linker wants JSON names to differ, and in proto3 also names that differ in more than case and underscores.
//! Compilers let more pass: proto2 takes equal JSON names, and proto3 takes `foobar` beside `foo_bar`. Only where
//! linking failed are names looked at here.

use std::collections::HashMap;
use std::collections::HashSet;

use crate::describe::flaw::Flaw;
use crate::describe::flaw::quote;
use crate::describe::outline::NAME;
use crate::describe::outline::message;
use crate::describe::outline::name_of;
use crate::describe::outline::qualify;
use crate::describe::wire::Malformed;
use crate::describe::wire::fields;
use crate::describe::wire::put_bytes;

/// `FieldDescriptorProto.json_name`.
const JSON_NAME: u32 = 10;
/// Notes on one set of descriptors.
const MAX_NOTES: usize = 20;

/// What was renamed.
#[derive(Debug, Default)]
pub(super) struct Renamed {
    pub any: bool,
    /// A sentence for each field that has another name in JSON, escaped.
    pub notes: Vec<String>,
}

/// Names of one field, as it has them and as they are to be.
struct Names<'a> {
    name: &'a str,
    json: String,
    linked: String,
}

/// Writes a `DescriptorProto`, and what is nested in it, with names that differ. `scope`: what it stands in.
///
/// # Errors
/// When it cannot be read.
pub(super) fn resolved(
    bytes: &[u8],
    scope: &str,
    is_proto3: bool,
    renamed: &mut Renamed,
) -> Result<Vec<u8>, Flaw> {
    let scope = qualify(scope, name_of(bytes).map_err(unreadable)?);
    let mut names = Vec::new();
    for field in fields(bytes) {
        let field = field.map_err(unreadable)?;
        if field.number == message::FIELD {
            names.push(Names::read(field.bytes().map_err(unreadable)?)?);
        }
    }
    tell_json_apart(&mut names, &scope, renamed);
    if is_proto3 {
        tell_names_apart(&mut names, renamed);
    }
    let mut names = names.iter();
    let mut out = Vec::with_capacity(bytes.len());
    for field in fields(bytes) {
        let field = field.map_err(unreadable)?;
        match (field.number, field.bytes()) {
            (message::FIELD, Ok(inner)) => {
                let inner = match names.next() {
                    Some(names) => names.write(inner),
                    None => inner.to_vec(),
                };
                put_bytes(message::FIELD, &inner, &mut out);
            }
            (message::NESTED, Ok(inner)) => {
                let inner = resolved(inner, &scope, is_proto3, renamed)?;
                put_bytes(message::NESTED, &inner, &mut out);
            }
            _ => out.extend_from_slice(field.raw),
        }
    }
    Ok(out)
}

impl<'a> Names<'a> {
    fn read(field: &'a [u8]) -> Result<Self, Flaw> {
        let name = name_of(field).map_err(unreadable)?;
        let mut json = None;
        for inner in fields(field) {
            let inner = inner.map_err(unreadable)?;
            if inner.number == JSON_NAME {
                json = Some(inner.text().map_err(unreadable)?.to_owned());
            }
        }
        Ok(Self {
            name,
            json: json.unwrap_or_else(|| default_json_name(name)),
            linked: name.to_owned(),
        })
    }

    /// The field with its names behind it: of what is given twice the last one counts.
    fn write(&self, field: &[u8]) -> Vec<u8> {
        let mut out = field.to_vec();
        put_bytes(NAME, self.linked.as_bytes(), &mut out);
        put_bytes(JSON_NAME, self.json.as_bytes(), &mut out);
        out
    }
}

/// Of fields with one JSON name, the one whose own name it is keeps it, or else the first; the others go by
/// their own names.
fn tell_json_apart(names: &mut [Names<'_>], scope: &str, renamed: &mut Renamed) {
    let mut keepers: HashMap<String, usize> = HashMap::new();
    for (index, field) in names.iter().enumerate() {
        let keeper = keepers.entry(field.json.clone()).or_insert(index);
        if field.name == field.json {
            *keeper = index;
        }
    }
    let mut taken: HashSet<String> = keepers.keys().cloned().collect();
    for (index, field) in names.iter_mut().enumerate() {
        if keepers.get(&field.json) == Some(&index) {
            continue;
        }
        let mut json = field.name.to_owned();
        while !taken.insert(json.clone()) {
            json.push('_');
        }
        renamed.any = true;
        if renamed.notes.len() < MAX_NOTES {
            renamed.notes.push(format!(
                "{}: two fields are {} in JSON; {} is written as {}",
                quote(scope),
                quote(&field.json),
                quote(field.name),
                quote(&json)
            ));
        }
        field.json = json;
    }
}

/// Of fields whose names the linker takes for one, those that lose nothing are linked under another name: a
/// request may name a field as JSON does.
fn tell_names_apart(names: &mut [Names<'_>], renamed: &mut Renamed) {
    let alike = |name: &str| name.replace('_', "").to_ascii_lowercase();
    let mut keepers: HashMap<String, usize> = HashMap::new();
    for (index, field) in names.iter().enumerate() {
        let keeper = keepers.entry(alike(field.name)).or_insert(index);
        if field.name != field.json {
            *keeper = index;
        }
    }
    for (index, field) in names.iter_mut().enumerate() {
        if keepers.get(&alike(field.name)) != Some(&index) {
            // No name that can be written has brackets, and no two fields have one index.
            field.linked = format!("{}({index})", field.name);
            renamed.any = true;
        }
    }
}

/// The JSON name that the compiler gives: `some_field` becomes `someField`.
pub(super) fn default_json_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut raise = false;
    for character in name.chars() {
        if character == '_' {
            raise = true;
        } else if raise {
            out.push(character.to_ascii_uppercase());
            raise = false;
        } else {
            out.push(character);
        }
    }
    out
}

fn unreadable(error: Malformed) -> Flaw {
    Flaw::Malformed {
        place: "a declaration".to_owned(),
        why: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use crate::describe::descriptor_set::LazySet;
    use crate::describe::samples;
    use crate::describe::samples::service_file;
    use prost_reflect::MessageDescriptor;
    use prost_reflect::prost_types::FieldDescriptorProto;
    use prost_reflect::prost_types::FileDescriptorProto;

    /// A message with fields of these names, each with its JSON name if that is given; and the notes.
    fn linked(syntax: &str, names: &[(&str, Option<&str>)]) -> (MessageDescriptor, Vec<String>) {
        let field = |(index, (name, json)): (usize, &(&str, Option<&str>))| FieldDescriptorProto {
            name: Some((*name).to_owned()),
            json_name: json.map(str::to_owned),
            number: Some(index as i32 + 1),
            label: Some(1),
            r#type: Some(5),
            ..FieldDescriptorProto::default()
        };
        let mut file = FileDescriptorProto {
            syntax: Some(syntax.to_owned()),
            ..service_file("a", &[])
        };
        file.message_type[0].field = names.iter().enumerate().map(field).collect();
        let set = samples::set(vec![file]);
        let set = LazySet::scan(&set).unwrap();
        let linked = set.closure_for_method("p.S", "M").unwrap();
        let notes = linked.notes.iter();
        let notes = notes.map(|note| crate::peer_text::plain(note)).collect();
        (linked.pool.get_message_by_name("p.Q").unwrap(), notes)
    }

    #[test]
    fn names_that_clash_are_told_apart() {
        for (syntax, names, json, notes) in [
            (
                "proto2",
                &[("foo_bar", None), ("fooBar", None)][..],
                &["foo_bar", "fooBar"][..],
                &["`p.Q`: two fields are `fooBar` in JSON; `foo_bar` is written as `foo_bar`"][..],
            ),
            (
                "proto2",
                &[("a", Some("x")), ("b", Some("x")), ("x", Some("b"))],
                &["x", "b_", "b"],
                &["`p.Q`: two fields are `x` in JSON; `b` is written as `b_`"],
            ),
            (
                "proto3",
                &[("foobar", None), ("foo_bar", None)],
                &["foobar", "fooBar"],
                &[],
            ),
            (
                "proto3",
                &[("foo_bar", None), ("foobar", None), ("FOOBAR", None)],
                &["fooBar", "foobar", "FOOBAR"],
                &[],
            ),
            ("proto3", &[("a_b", None), ("c", None)], &["aB", "c"], &[]),
        ] {
            let (message, told) = linked(syntax, names);
            let found: Vec<_> = message
                .fields()
                .map(|field| field.json_name().to_owned())
                .collect();
            assert_eq!(found, json);
            assert_eq!(told, notes);
            for (index, (name, _)) in names.iter().enumerate() {
                let by_json = message.get_field_by_json_name(name);
                let by_name = message.get_field_by_name(name).or(by_json).unwrap();
                assert_eq!(by_name.number(), index as u32 + 1, "{name}");
            }
        }
    }
}
