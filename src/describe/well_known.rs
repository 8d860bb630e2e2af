//! The files `google/protobuf/*.proto`, which many sources leave out.
//!
//! The messages with a JSON form of their own are always taken from here: the library that reads and
//! writes that form relies on their fields, and a peer could declare others under the same names.

use std::sync::LazyLock;

use crate::describe::descriptor_set::LazySet;
use crate::describe::outline::Outline;
use crate::describe::outline::file;
use crate::describe::outline::name_of;
use crate::describe::wire::fields;
use crate::invoke::json::WITH_A_JSON_FORM;

/// A `FileDescriptorSet`; a test compares it with what `prost-reflect` carries.
static SET: &[u8] = include_bytes!("well_known/google-protobuf.binpb");

const PACKAGE: &str = "google.protobuf";

static SCANNED: LazyLock<LazySet<'static>> =
    LazyLock::new(|| LazySet::scan(SET).expect("a test scans the set that is built in"));

/// The well-known file of this name.
pub(super) fn file(name: &str) -> Option<Outline<'static>> {
    name.starts_with("google/protobuf/")
        .then(|| SCANNED.file(name).cloned())?
}

/// The one true descriptor of a message with a JSON form of its own.
pub(super) fn message(package: &str, name: &str) -> Option<&'static [u8]> {
    if package != PACKAGE || !WITH_A_JSON_FORM.contains(&name) {
        return None;
    }
    SCANNED
        .files()
        .iter()
        .flat_map(|outline| fields(outline.bytes).flatten())
        .filter(|field| field.number == file::MESSAGE)
        .filter_map(|field| field.bytes().ok())
        .find(|bytes| name_of(bytes).is_ok_and(|found| found == name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use prost_reflect::DescriptorPool;

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "a test is told by a variable to write its file"
    )]
    fn the_set_is_the_one_that_the_library_carries() {
        let carried = DescriptorPool::global().encode_to_vec();
        if std::env::var_os("UPDATE_WELL_KNOWN").is_some() {
            std::fs::write("src/describe/well_known/google-protobuf.binpb", &carried).unwrap();
        }
        assert!(
            SET == carried,
            "run this test with UPDATE_WELL_KNOWN=1 to write the set anew"
        );
    }

    #[test]
    fn files_and_messages_are_found() {
        assert!(file("google/protobuf/timestamp.proto").is_some());
        assert!(file("google/protobuf/descriptor.proto").is_some());
        assert!(file("google/api/http.proto").is_none());
        for name in WITH_A_JSON_FORM {
            assert!(message(PACKAGE, name).is_some(), "{name}");
        }
        assert!(message(PACKAGE, "FileOptions").is_none());
        assert!(message("shop", "Any").is_none());
    }
}
