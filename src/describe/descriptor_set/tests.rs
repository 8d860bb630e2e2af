use super::*;
use crate::describe::samples;
use crate::describe::samples::file;
use crate::describe::samples::message;
use crate::describe::samples::service_file;
use proptest::prelude::*;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::EnumDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::FileDescriptorSet;
use prost_reflect::prost_types::MessageOptions;

fn method(files: Vec<FileDescriptorProto>) -> Result<DescriptorPool, Flaw> {
    let set = samples::set(files);
    let linked = LazySet::scan(&set)?.closure_for_method("p.S", "M")?;
    Ok(linked.pool)
}

/// Names of everything that an outline names, and of a full decode.
fn compare(bytes: &[u8]) {
    let decoded = FileDescriptorSet::decode(bytes).unwrap();
    let scanned = LazySet::scan(bytes).unwrap();
    assert_eq!(scanned.files().len(), decoded.file.len());
    for (outline, file) in scanned.files().iter().zip(&decoded.file) {
        assert_eq!(outline.name, file.name());
        assert_eq!(outline.package, file.package());
        assert_eq!(outline.dependencies, file.dependency);
        let services: Vec<_> = outline
            .services
            .iter()
            .map(|service| (service.name, service.methods().collect::<Vec<_>>()))
            .collect();
        let expected: Vec<_> = file
            .service
            .iter()
            .map(|service| {
                let methods = service.method.iter().map(|method| method.name());
                (service.name(), methods.collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(services, expected);
    }
}

#[test]
fn a_scan_says_what_a_decode_says() {
    compare(&samples::shop());
}

#[test]
fn a_method_brings_what_it_reaches_and_no_more() {
    let bytes = samples::shop();
    let pool = LazySet::scan(&bytes)
        .unwrap()
        .closure_for_method("shop.v1.Orders", "Get")
        .unwrap()
        .pool;
    let has = |name: &str| pool.get_message_by_name(name).is_some();
    for name in [
        "shop.v1.Order",
        "shop.v1.Item.Note",
        "shop.money.Money",
        "google.protobuf.Timestamp",
    ] {
        assert!(has(name), "{name}");
    }
    for name in ["shop.v1.Unused", "shop.v1.Other", "shop.money.Coin"] {
        assert!(!has(name), "{name}");
    }
    assert!(pool.get_enum_by_name("shop.v1.State").is_some());
    let service = pool.get_service_by_name("shop.v1.Orders").unwrap();
    assert_eq!(service.methods().len(), 1);
}

#[test]
fn a_pruned_pool_reads_and_writes_json_as_the_whole_one() {
    let bytes = samples::shop();
    let json = r#"{"items":[{"name":"a","price":{"currency":"EUR","units":"3"}}],"placed":"2026-01-01T00:00:00Z","notes":{"k":{"text":"t"}},"state":"SENT"}"#;
    let pruned = LazySet::scan(&bytes)
        .unwrap()
        .closure_for_method("shop.v1.Orders", "Get")
        .unwrap()
        .pool;
    for pool in [pruned, DescriptorPool::decode(bytes.as_slice()).unwrap()] {
        let order = pool.get_message_by_name("shop.v1.Order").unwrap();
        let mut reader = serde_json::Deserializer::from_str(json);
        let message = DynamicMessage::deserialize(order, &mut reader).unwrap();
        assert_eq!(serde_json::to_string(&message).unwrap(), json);
    }
}

#[test]
fn a_symbol_brings_its_whole_file_with_comments() {
    let bytes = samples::shop();
    let set = LazySet::scan(&bytes).unwrap();
    let pool = set.closure_for_symbol("shop.v1.Order").unwrap().pool;
    assert!(pool.get_message_by_name("shop.v1.Unused").is_some());
    let file = pool.get_file_by_name("shop/orders.proto").unwrap();
    let info = file.file_descriptor_proto().source_code_info.as_ref();
    let comments = info.unwrap().location.iter();
    assert!(
        comments
            .clone()
            .any(|at| at.leading_comments().contains("orders are kept"))
    );
    assert!(
        set.closure_for_symbol("shop.money.Coin")
            .unwrap()
            .pool
            .files()
            .len()
            < 4
    );
    assert!(matches!(
        set.closure_for_symbol("shop.v1.Nothing"),
        Err(Flaw::Undeclared { .. })
    ));
}

#[test]
fn types_found_at_run_time_keep_everything() {
    for (name, field) in [
        ("any", "google.protobuf.Any detail = 1;"),
        ("extensible", "extensions 100 to 200;"),
    ] {
        let bytes = samples::compile(&[
            (
                "a.proto",
                &format!(
                    r#"syntax = "proto2"; package p; import "google/protobuf/any.proto"; import "b.proto";
                    message Q {{ {} {field} }} message Z {{ optional google.protobuf.Any a = 1; optional b.B b = 2; }}
                    service S {{ rpc M(Q) returns (Q); }}"#,
                    if name == "any" { "optional" } else { "" }
                ),
            ),
            (
                "b.proto",
                r#"syntax = "proto2"; package b; message B { optional string s = 1; }"#,
            ),
        ]);
        let set = LazySet::scan(&bytes).unwrap();
        let pool = set.closure_for_method("p.S", "M").unwrap().pool;
        assert!(pool.get_message_by_name("b.B").is_some(), "{name}");
    }
}

#[test]
fn public_imports_of_public_imports_are_followed() {
    let bytes = samples::compile(&[
        (
            "a.proto",
            r#"syntax = "proto3"; package p; import "b.proto";
            service S { rpc M(Q) returns (Q); } message Q { d.D d = 1; }"#,
        ),
        ("b.proto", r#"syntax = "proto3"; import public "c.proto";"#),
        (
            "c.proto",
            r#"syntax = "proto3"; package d; message D { string s = 1; }"#,
        ),
    ]);
    let set = LazySet::scan(&bytes).unwrap();
    assert!(set.closure_for_method("p.S", "M").is_ok());
}

#[test]
fn well_known_types_need_not_be_there_and_cannot_be_forged() {
    let with_time = |mut service: FileDescriptorProto| {
        service.message_type = vec![message("Q", &[".google.protobuf.Timestamp"])];
        service
    };
    let import = "google/protobuf/timestamp.proto";
    let missing = vec![with_time(service_file("a", &[import]))];
    let forged = FileDescriptorProto {
        package: Some("google.protobuf".into()),
        message_type: vec![message("Timestamp", &[".google.protobuf.Timestamp"])],
        ..file("evil", &[])
    };
    for files in [
        missing,
        vec![with_time(service_file("a", &["evil"])), forged],
    ] {
        let pool = method(files).unwrap();
        let timestamp = pool
            .get_message_by_name("google.protobuf.Timestamp")
            .unwrap();
        assert!(timestamp.get_field_by_name("seconds").is_some());
    }
}

#[test]
fn every_fault_has_its_own_error() {
    let chain = |length: usize| -> Vec<FileDescriptorProto> {
        let name = |index: usize| format!("f{index}");
        let link = |index: usize| match index {
            0 => service_file("f0", &["f1"]),
            last if last + 1 == length => file(&name(last), &[]),
            _ => file(&name(index), &[&name(index + 1)]),
        };
        (0..length).map(link).collect()
    };
    assert!(method(chain(1024)).is_ok());
    let nested = (0..40).fold(message("Q", &[]), |inner, _| DescriptorProto {
        nested_type: vec![inner],
        ..message("Q", &[])
    });
    let map_entry = DescriptorProto {
        nested_type: vec![DescriptorProto {
            options: Some(MessageOptions {
                map_entry: Some(true),
                ..MessageOptions::default()
            }),
            ..message("E", &[])
        }],
        ..message("Q", &[".p.Q.E"])
    };
    let with = |message: DescriptorProto| FileDescriptorProto {
        message_type: vec![message],
        ..service_file("a", &[])
    };
    let importing = |message: DescriptorProto, imports: &[&str]| FileDescriptorProto {
        message_type: vec![message],
        ..service_file("a", imports)
    };
    let long = "x".repeat(3000);
    let cases: Vec<(Vec<FileDescriptorProto>, &str)> = vec![
        (vec![service_file("a", &["a"])], "`a` imports itself"),
        (
            vec![
                service_file("a", &["b"]),
                file("b", &["c"]),
                file("c", &["b"]),
            ],
            "in a circle: `b` → `c` → `b`",
        ),
        (
            vec![importing(message("Q", &[".x.Gone"]), &["b", "c"])],
            "the type `x.Gone`, which none of the files declares; `b` is missing; `a` imports it; `c` is missing; `a` imports it",
        ),
        (
            vec![importing(
                message("Q", &[".p.Gone"]),
                &["1", "2", "3", "4", "5"],
            )],
            "`3` is missing; `a` imports it; 2 more are missing",
        ),
        (
            vec![importing(message("Q", &[".p.Gone"]), &["\u{1b}[31m"])],
            "`\\x1b[31m` is missing",
        ),
        (chain(1025), "more than 1024 deep"),
        (vec![service_file("", &[])], "no name"),
        (
            vec![
                service_file("a", &["b"]),
                FileDescriptorProto {
                    message_type: vec![message("Q", &[".p.S"])],
                    ..file("b", &[])
                },
            ],
            "declared by `b` and by `a`",
        ),
        (
            vec![with(message("Q", &[".p.Gone"]))],
            "uses the type `p.Gone`",
        ),
        (vec![with(message("Z", &[]))], "uses the type `p.Q`"),
        (vec![with(nested)], "nested more than 32 deep"),
        (vec![with(map_entry)], "no map entry"),
        (vec![with(message("Q", &[&long]))], "xxx"),
        (
            vec![FileDescriptorProto {
                package: Some(long.clone()),
                ..service_file("a", &[])
            }],
            "no file declares",
        ),
        (
            vec![FileDescriptorProto {
                syntax: Some("editions".into()),
                ..service_file("a", &[])
            }],
            "written in an edition that it does not name",
        ),
        (
            vec![FileDescriptorProto {
                enum_type: vec![EnumDescriptorProto {
                    name: Some("E".into()),
                    ..EnumDescriptorProto::default()
                }],
                ..with(message("Q", &[".p.E"]))
            }],
            "",
        ),
    ];
    for (files, expected) in cases {
        let flaw = crate::peer_text::plain(&method(files).unwrap_err().to_string());
        assert!(flaw.contains(expected), "{expected}: {flaw}");
        assert!(
            flaw.len() < 500 && flaw.chars().all(crate::text::is_plain),
            "{flaw}"
        );
    }
    let twice = vec![service_file("a", &[]), service_file("a", &[])];
    assert!(method(twice).is_ok(), "an identical copy is no conflict");
    for harmless in [
        vec![service_file("a", &["gone"])],
        vec![service_file("a", &[]), file("a", &["b"])],
        vec![file("a", &["b"]), service_file("a", &[])],
        vec![
            service_file("a", &["b"]),
            FileDescriptorProto {
                message_type: vec![message("Q", &[])],
                ..file("b", &[])
            },
        ],
    ] {
        assert!(method(harmless).is_ok());
    }
}

#[test]
fn a_set_too_large_to_link_is_refused_before_it_is_linked() {
    let names: Vec<String> = (0..200_000).map(|_| ".p.Q".to_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let files = vec![FileDescriptorProto {
        message_type: vec![message("Q", &names)],
        ..service_file("a", &[])
    }];
    assert!(matches!(method(files), Err(Flaw::TooLarge { .. })));
}

#[test]
fn cut_off_anywhere_a_set_is_an_error_or_a_smaller_set() {
    let bytes = samples::shop();
    for end in 0..bytes.len() {
        if let Ok(set) = LazySet::scan(&bytes[..end]) {
            let _ = set.closure_for_method("shop.v1.Orders", "Get");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = LazySet::scan(&bytes);
    }

    #[test]
    fn no_mutation_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = samples::shop();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(set) = LazySet::scan(&bytes) {
            for method in ["Get", "Watch"] {
                if let Ok(linked) = set.closure_for_method("shop.v1.Orders", method) {
                    use_everything(&linked.pool);
                }
            }
            if let Ok(linked) = set.closure_for_symbol("shop.v1.Orders") {
                use_everything(&linked.pool);
            }
        }
    }

    #[test]
    fn a_scan_of_generated_files_says_what_a_decode_says(
        files in proptest::collection::vec(("[a-z]{1,8}", "[a-z.]{0,8}", proptest::collection::vec("[a-z]{1,4}", 0..4)), 0..6)
    ) {
        let files = files.into_iter().enumerate().map(|(index, (name, package, imports))| {
            let imports: Vec<&str> = imports.iter().map(String::as_str).collect();
            FileDescriptorProto { package: Some(package), ..service_file(&format!("{index}{name}"), &imports) }
        });
        compare(&samples::set(files.collect()));
    }
}

/// What a later stage does with a pool: nothing of it may panic.
fn use_everything(pool: &DescriptorPool) {
    for message in pool.all_messages() {
        let empty = DynamicMessage::new(message.clone());
        let options = prost_reflect::SerializeOptions::new().skip_default_fields(false);
        let mut json = serde_json::Serializer::new(Vec::new());
        let _ = empty.serialize_with_options(&mut json, &options);
        for field in message.fields() {
            let _ = (field.default_value(), field.kind().default_value());
            let mut full = empty.clone();
            let _ = full.get_field_mut(&field);
            let mut json = serde_json::Serializer::new(Vec::new());
            let _ = full.serialize_with_options(&mut json, &options);
        }
        for bytes in [
            &b"\x0a\x02\x0a\x00"[..],
            b"\x12\x00\x1a\x04\x0a\x01k\x12",
            b"\x20\x01",
        ] {
            let _ = DynamicMessage::decode(message.clone(), bytes);
        }
    }
}
