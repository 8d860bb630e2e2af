use super::*;
use crate::describe::descriptor_set::LazySet;
use crate::describe::samples;
use crate::describe::samples::file;
use crate::describe::samples::message;
use crate::describe::samples::service_file;
use crate::describe::wire::put_bytes;
use crate::describe::wire::put_number;
use crate::peer_text::plain;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::FieldDescriptor;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;

/// The file on the wire, in an edition, with features of the file.
fn in_edition(file: &FileDescriptorProto, edition: u64, features: &[(u32, u64)]) -> Vec<u8> {
    let file = FileDescriptorProto {
        syntax: Some("editions".to_owned()),
        ..file.clone()
    };
    let mut bytes = file.encode_to_vec();
    put_number(file::EDITION, edition, &mut bytes);
    let mut set = Vec::new();
    for (feature, value) in features {
        put_number(*feature, *value, &mut set);
    }
    let mut options = Vec::new();
    put_bytes(number::OF_FILE, &set, &mut options);
    put_bytes(file::OPTIONS, &options, &mut bytes);
    bytes
}

fn linked(files: &[Vec<u8>]) -> Result<DescriptorPool, Flaw> {
    let mut set = LazySet::default();
    for file in files {
        set.add(file)?;
    }
    let linked = set.closure_for_method("p.S", "M")?;
    Ok(linked.pool)
}

/// A method whose message has one field: a list of numbers, a number, or a message.
fn with_field(field: FieldDescriptorProto) -> FileDescriptorProto {
    let mut file = service_file("a", &[]);
    file.message_type[0].field = vec![FieldDescriptorProto {
        name: Some("f".to_owned()),
        number: Some(1),
        ..field
    }];
    file
}

fn of_kind(label: i32, kind: i32) -> FieldDescriptorProto {
    FieldDescriptorProto {
        label: Some(label),
        r#type: Some(kind),
        ..FieldDescriptorProto::default()
    }
}

fn only_field(
    file: &FileDescriptorProto,
    edition: u64,
    features: &[(u32, u64)],
) -> FieldDescriptor {
    let pool = linked(&[in_edition(file, edition, features)]).unwrap();
    let message = pool.get_message_by_name("p.Q").unwrap();
    message.get_field(1).unwrap()
}

#[test]
fn each_edition_has_its_defaults() {
    for (edition, presence, packed) in [
        (998, true, false),
        (999, false, true),
        (1000, true, true),
        (1001, true, true),
    ] {
        let single = only_field(&with_field(of_kind(1, 5)), edition, &[]);
        assert_eq!(single.supports_presence(), presence, "{edition}");
        let list = only_field(&with_field(of_kind(3, 5)), edition, &[]);
        assert_eq!(list.is_packed(), packed, "{edition}");
    }
}

#[test]
fn features_of_the_file_reach_its_fields() {
    let number = with_field(of_kind(1, 5));
    assert!(!only_field(&number, 1000, &[(1, 2)]).supports_presence());
    let required = only_field(&number, 1000, &[(1, 3)]);
    assert!(required.is_required() && required.supports_presence());
    assert!(!only_field(&with_field(of_kind(3, 5)), 1000, &[(3, 2)]).is_packed());
    let within = with_field(FieldDescriptorProto {
        type_name: Some(".p.Q".to_owned()),
        ..of_kind(1, 11)
    });
    assert!(only_field(&within, 1000, &[(5, 2)]).is_group());
    assert!(!only_field(&within, 1000, &[(5, 1)]).is_group());
    // A feature that is not known changes code, not messages.
    assert!(only_field(&number, 1001, &[(8, 1), (77, 1)]).supports_presence());
}

#[test]
fn what_is_not_known_is_this_programs_limit_and_names_the_file() {
    let number = with_field(of_kind(1, 5));
    for (edition, features, expected) in [
        (1002, &[][..], "`a`: it is written in edition 2026;"),
        (0, &[], "an edition that it does not name"),
        (9999, &[], "the edition numbered 9999"),
        (
            1000,
            &[(1, 9)],
            "`a`: a declaration sets the feature field_presence to 9",
        ),
        (1000, &[(5, 0)], "message_encoding to 0"),
    ] {
        let Err(Flaw::Unsupported { what }) = linked(&[in_edition(&number, edition, features)])
        else {
            panic!("{edition} {features:?}");
        };
        let what = plain(&what);
        assert!(what.contains(expected), "{what}");
    }
    let other = FileDescriptorProto {
        syntax: Some("proto4".to_owned()),
        ..number
    };
    let refused = linked(&[other.encode_to_vec()]);
    assert!(
        matches!(refused, Err(Flaw::Unsupported { what }) if plain(&what).contains("`proto4`"))
    );
}

#[test]
fn only_the_files_of_the_methods_messages_count() {
    let later = FileDescriptorProto {
        message_type: vec![message("R", &[])],
        ..file("b", &[])
    };
    let later = in_edition(&later, 1002, &[]);
    let beside = service_file("a", &["b"]).encode_to_vec();
    assert!(linked(&[beside, later.clone()]).is_ok());
    let mut needing = service_file("a", &["b"]);
    needing.message_type = vec![message("Q", &[".p.R"])];
    let refused = linked(&[needing.encode_to_vec(), later]);
    assert!(matches!(refused, Err(Flaw::Unsupported { what }) if plain(&what).starts_with("`b`")));
}

#[test]
fn files_in_other_syntax_are_given_on_as_they_are() {
    for syntax in [None, Some("proto2"), Some("proto3")] {
        let file = FileDescriptorProto {
            syntax: syntax.map(str::to_owned),
            ..service_file("a", &[])
        };
        let bytes = file.encode_to_vec();
        let outline = Outline::scan(&bytes).unwrap();
        let dialect = Dialect::of(&outline).unwrap();
        assert!(matches!(dialect, Dialect::Known));
        assert_eq!(dialect.message(b"", "p").unwrap(), None);
        assert_eq!(dialect.syntax(&outline), syntax.unwrap_or_default());
    }
}

#[test]
fn features_that_cannot_be_read_are_a_flaw_of_the_file() {
    let mut bytes = in_edition(&service_file("a", &[]), 1000, &[]);
    let mut options = Vec::new();
    put_bytes(number::OF_FILE, b"\xff", &mut options);
    put_bytes(file::OPTIONS, &options, &mut bytes);
    assert!(matches!(linked(&[bytes]), Err(Flaw::Malformed { .. })));
    let shop = samples::shop();
    assert!(LazySet::scan(&shop).is_ok());
}
