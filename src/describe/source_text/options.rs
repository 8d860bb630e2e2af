//! Options as source writes them: those of the language, and custom ones where their extensions are known.

use std::cell::OnceCell;

use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::Kind;
use prost_reflect::Value;

use crate::describe::link;
use crate::describe::outline::Outline;
use crate::describe::outline::file;
use crate::describe::source_text::literals;
use crate::describe::source_text::options_of;
use crate::describe::well_known;
use crate::describe::wire::fields;
use crate::text::escape;

/// Custom options are extensions, and begin here.
const FIRST_CUSTOM: u32 = 1000;
/// What the compiler sets or leaves behind, never written by hand.
const NOT_WRITTEN: [&str; 2] = ["map_entry", "uninterpreted_option"];

const FEATURES: &str = "features";

/// Reads options; what custom ones mean is linked only when one is met.
pub(super) struct Options<'s, 'a> {
    closure: &'s [Outline<'a>],
    custom: OnceCell<Option<DescriptorPool>>,
}

impl<'s, 'a> Options<'s, 'a> {
    /// `closure`: the files in which extensions are looked up.
    pub(super) fn new(closure: &'s [Outline<'a>]) -> Self {
        Self {
            closure,
            custom: OnceCell::new(),
        }
    }

    /// The features that a file sets, of those that its messages are encoded by.
    pub(super) fn of_file(&self, file: &[u8]) -> Vec<String> {
        let mut written = self.read(&options_of(file, file::OPTIONS), "FileOptions");
        written.retain(|option| option.starts_with("features."));
        written
    }

    /// `name = value` for each option in `bytes`, a message of google.protobuf such as `FieldOptions`.
    pub(super) fn read(&self, bytes: &[u8], message: &str) -> Vec<String> {
        if bytes.is_empty() {
            return Vec::new();
        }
        let mut written = Vec::new();
        let numbers = || fields(bytes).flatten().map(|field| field.number);
        let has_custom = numbers().any(|number| number >= FIRST_CUSTOM);
        let linked = has_custom.then(|| self.linked()).flatten();
        let global = DescriptorPool::global();
        let decoded = linked
            .unwrap_or(&global)
            .get_message_by_name(&format!("google.protobuf.{message}"))
            .and_then(|descriptor| DynamicMessage::decode(descriptor, bytes).ok());
        let Some(decoded) = decoded else {
            return written;
        };
        for (field, value) in decoded.fields() {
            match value {
                Value::Message(set) if field.name() == FEATURES => features(set, &mut written),
                _ if NOT_WRITTEN.contains(&field.name()) => {}
                _ => put(field.name(), value, &field.kind(), &mut written),
            }
        }
        for (extension, value) in decoded.extensions() {
            let name = format!("({})", extension.full_name());
            put(&name, value, &extension.kind(), &mut written);
        }
        written
    }

    /// All of the closure, and the option messages that extensions extend.
    fn linked(&self) -> Option<&DescriptorPool> {
        self.custom
            .get_or_init(|| {
                let mut files = self.closure.to_vec();
                let options = well_known::file("google/protobuf/descriptor.proto")?;
                if !files
                    .iter()
                    .any(|file| file.declares("google.protobuf.FileOptions"))
                {
                    files.insert(0, options);
                }
                link::whole(&files).ok().map(|linked| linked.pool)
            })
            .as_ref()
    }
}

/// Each feature by itself, as source has them; those of a language only where it is known.
fn features(set: &DynamicMessage, written: &mut Vec<String>) {
    for (field, value) in set.fields() {
        let name = format!("{FEATURES}.{}", field.name());
        put(&name, value, &field.kind(), written);
    }
    for (extension, value) in set.extensions() {
        let name = format!("{FEATURES}.({})", extension.full_name());
        put(&name, value, &extension.kind(), written);
    }
}

fn put(name: &str, value: &Value, kind: &Kind, written: &mut Vec<String>) {
    let name = escape(name);
    match value {
        Value::List(values) => {
            written.extend(
                values
                    .iter()
                    .map(|value| format!("{name} = {}", literals::value(value, kind))),
            );
        }
        single => written.push(format!("{name} = {}", literals::value(single, kind))),
    }
}
