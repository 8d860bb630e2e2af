//! Descriptors for the tests of this module.

use prost::Message as _;
use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::FileDescriptorSet;
use protox::file::ChainFileResolver;
use protox::file::File;
use protox::file::FileResolver;
use protox::file::GoogleFileResolver;

struct Sources(Vec<(String, String)>);

impl FileResolver for Sources {
    fn open_file(&self, name: &str) -> Result<File, protox::Error> {
        let found = self.0.iter().find(|(file, _)| file == name);
        let (_, text) = found.ok_or_else(|| protox::Error::file_not_found(name))?;
        File::from_source(name, text)
    }
}

/// The set of the first file and what it imports, as `protoc --include_imports` writes it.
pub fn compile(files: &[(&str, &str)]) -> Vec<u8> {
    let sources = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let mut resolver = ChainFileResolver::new();
    resolver.add(Sources(sources.collect()));
    resolver.add(GoogleFileResolver::new());
    let mut compiler = protox::Compiler::with_file_resolver(resolver);
    compiler.include_imports(true).include_source_info(true);
    compiler.open_file(files[0].0).unwrap();
    compiler.encode_file_descriptor_set()
}

/// A shop whose types lie in three files, with an unused message in each.
pub fn shop() -> Vec<u8> {
    compile(&[
        (
            "shop/orders.proto",
            r#"syntax = "proto3"; package shop.v1;
            import "shop/item.proto"; import "google/protobuf/timestamp.proto";
            // Where orders are kept.
            service Orders {
              rpc Get(GetRequest) returns (Order);
              rpc List(GetRequest) returns (stream Order);
              rpc Watch(Unused) returns (stream Unused);
            }
            message GetRequest { string id = 1; }
            message Order {
              repeated Item items = 1; google.protobuf.Timestamp placed = 2;
              map<string, Item.Note> notes = 3; State state = 4; Order parent = 5;
            }
            enum State { OPEN = 0; SENT = 1; }
            message Unused { Other other = 1; }"#,
        ),
        (
            "shop/item.proto",
            r#"syntax = "proto3"; package shop.v1; import "shop/money.proto";
            message Item { string name = 1; shop.money.Money price = 2; message Note { string text = 1; } }
            message Other { string x = 1; }"#,
        ),
        (
            "shop/money.proto",
            r#"syntax = "proto3"; package shop.money;
            message Money { string currency = 1; int64 units = 2 [deprecated = true]; }
            message Coin { int32 value = 1; }"#,
        ),
    ])
}

/// A file that declares nothing.
pub fn file(name: &str, imports: &[&str]) -> FileDescriptorProto {
    FileDescriptorProto {
        name: Some(name.to_owned()),
        package: Some("p".to_owned()),
        dependency: imports.iter().map(|import| (*import).to_owned()).collect(),
        syntax: Some("proto3".to_owned()),
        ..FileDescriptorProto::default()
    }
}

/// A file that declares service `p.S` with the method `M`, from `p.Q` to `p.Q`.
pub fn service_file(name: &str, imports: &[&str]) -> FileDescriptorProto {
    use prost_reflect::prost_types::MethodDescriptorProto;
    use prost_reflect::prost_types::ServiceDescriptorProto;
    FileDescriptorProto {
        message_type: vec![message("Q", &[])],
        service: vec![ServiceDescriptorProto {
            name: Some("S".to_owned()),
            method: vec![MethodDescriptorProto {
                name: Some("M".to_owned()),
                input_type: Some(".p.Q".to_owned()),
                output_type: Some(".p.Q".to_owned()),
                ..MethodDescriptorProto::default()
            }],
            options: None,
        }],
        ..file(name, imports)
    }
}

/// A message with a field of each of these message types.
pub fn message(name: &str, types: &[&str]) -> DescriptorProto {
    let field = |(index, type_name): (usize, &&str)| FieldDescriptorProto {
        name: Some(format!("f{index}")),
        number: Some(index as i32 + 1),
        label: Some(1),
        r#type: Some(11),
        type_name: Some((*type_name).to_owned()),
        ..FieldDescriptorProto::default()
    };
    DescriptorProto {
        name: Some(name.to_owned()),
        field: types.iter().enumerate().map(field).collect(),
        ..DescriptorProto::default()
    }
}

pub fn set(files: Vec<FileDescriptorProto>) -> Vec<u8> {
    FileDescriptorSet { file: files }.encode_to_vec()
}
