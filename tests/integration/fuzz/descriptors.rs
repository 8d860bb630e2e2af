//! Descriptors in every form that they come in, and messages by them.

use std::fs;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use grpcauth::internals::Given;
use grpcauth::internals::Layout;
use grpcauth::internals::MethodName;
use grpcauth::internals::Transcoder;
use grpcauth::internals::decode;
use grpcauth::internals::from_files;
use grpcauth::internals::hostile::Metadata;
use grpcauth::internals::hostile::cache;
use grpcauth::internals::hostile::compile;
use grpcauth::internals::hostile::listing;
use grpcauth::internals::hostile::listing::Question;
use grpcauth::internals::hostile::reflection;
use prost::Message as _;
use prost_reflect::DescriptorPool;
use prost_reflect::MessageDescriptor;
use prost_reflect::prost_types::FileDescriptorSet;
use tokio::time::Instant;
use tonic_types::ErrorDetails;
use tonic_types::StatusExt as _;

use super::Target;
use super::tokens::signed;
use crate::invoke;
use crate::raw_http2;
use crate::raw_http2::Step;
use crate::reflection as replies;

/// Of everything that a file can declare, something.
const PROTO: &str = r#"
syntax = "proto3";
// The package's comment.
package fuzz.v1;
import "google/protobuf/any.proto";
import "google/protobuf/duration.proto";
import "google/protobuf/field_mask.proto";
import "google/protobuf/struct.proto";
import "google/protobuf/timestamp.proto";
import "google/protobuf/wrappers.proto";
// A service.
service Peer {
  rpc Get(Every) returns (Every);
  rpc Watch(stream Every) returns (stream Every.Inner) { option deprecated = true; }
}
message Every {
  Every child = 1;
  string text = 2; // trailing
  repeated sint64 numbers = 3 [packed = true];
  map<string, Inner> map = 4;
  google.protobuf.Any any = 5;
  google.protobuf.Timestamp at = 6;
  google.protobuf.Struct struct = 7;
  google.protobuf.FieldMask mask = 8;
  google.protobuf.Duration for = 9;
  google.protobuf.Int32Value wrapped = 10;
  oneof choice { bool flag = 11; bytes bytes = 12; double ratio = 13; }
  Kind kind = 14 [json_name = "kind"];
  repeated Every children = 15;
  message Inner { fixed32 id = 1; reserved 2, 4 to 6; reserved "old"; }
  enum Kind { option allow_alias = true; FIRST = 0; SECOND = 1; ALSO = 1; }
}
"#;

/// What building and printing descriptors costs at most, beside what grows with them.
const ROOM: usize = 48 << 20;

fn set_of(proto: &str) -> Vec<u8> {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("fuzz.proto");
    fs::write(&file, proto).unwrap();
    let set = compile(&[file], &[directory.path().to_owned()]);
    set.unwrap().to_vec()
}

/// A message type of all kinds of fields.
pub fn everything() -> MessageDescriptor {
    let pool = DescriptorPool::decode(&set_of(PROTO)[..]).unwrap();
    pool.get_message_by_name("fuzz.v1.Every").unwrap()
}

/// Lists, describes, fills in and looks up whatever is there.
fn answer(given: &Given) -> Result<String, String> {
    let mut shown = String::new();
    let describe = |template| Question::Describe {
        symbol: None,
        template,
    };
    let method = from_files(given, &MethodName::parse("Get").unwrap());
    shown += &format!("{:?}", method.map(|described| described.full_name_used));
    for question in [
        describe(true),
        describe(false),
        Question::List { service: None },
    ] {
        let listed = listing::from_files(given, &question, true);
        let listed = listed.map_err(|error| format!("{error:?}"))?;
        shown += &format!("{:?}", listed.contents);
    }
    Ok(shown)
}

/// Small, so that a change is likely to hit what matters.
const SMALL: &str = "syntax = \"proto2\"; package a; service S { rpc Get(M) returns (M); } message M { optional M m = 1; extensions 5; enum E { A = 0; } optional E e = 2 [default = A]; }";

pub fn descriptor_sets() -> Target {
    let seeds = [SMALL, PROTO].map(set_of);
    let read = |input: &[u8]| {
        let set = Bytes::copy_from_slice(input);
        answer(&Given::one(PathBuf::from("set.binpb"), set))
    };
    Target::new("descriptor set", seeds, read)
        .holding(ROOM)
        .one_in(4)
}

/// The key, a line end and a set, under their right digest.
pub fn descriptor_cache() -> Target {
    let directory = tempfile::tempdir().unwrap();
    let kept = directory.path().join("kept");
    let entry = cache::Entry::new(&kept, &["target", "service"]);
    entry.store(&files(&set_of(SMALL))).unwrap();
    let file = fs::read_dir(&kept).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&file).unwrap();
    let body_at = whole.iter().position(|octet| *octet == b'\n').unwrap() + 1;
    let body = whole[body_at..].to_vec();
    let read = move |input: &[u8]| {
        let whole = match input.starts_with(b"[") {
            true => signed("grpcauth-descriptors/1", input),
            false => input.to_vec(),
        };
        write_private(&file, &whole);
        let all = cache::of_target(directory.path(), "target");
        let given = entry
            .load()
            .ok_or_else(|| format!("{} others", all.sets.len()))?;
        answer(&given)
    };
    Target::new("descriptor cache", [body, whole], read)
        .holding(ROOM)
        .one_in(4)
}

fn write_private(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).unwrap();
    fs::set_permissions(file, Permissions::from_mode(0o600)).unwrap();
}

fn files(set: &[u8]) -> Vec<Bytes> {
    let set = FileDescriptorSet::decode(set).unwrap();
    set.file
        .iter()
        .map(|file| file.encode_to_vec().into())
        .collect()
}

/// A server that answers every question of reflection with the same octets.
pub fn reflection_replies() -> Target {
    let wrap = |answer| {
        tonic_reflection::pb::v1::ServerReflectionResponse {
            message_response: Some(answer),
            ..Default::default()
        }
        .encode_to_vec()
    };
    let sets = [SMALL, PROTO].map(|proto| files(&set_of(proto)));
    let seeds = sets.map(|files| {
        wrap(replies::files(
            files.iter().map(|file| file.to_vec()).collect(),
        ))
    });
    let others = [
        wrap(replies::services(["a.S", "fuzz.v1.Peer"])),
        wrap(replies::error(7, "no \u{1b}[31m")),
    ];
    let read = |input: &[u8]| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(ask(input))
    };
    let seeds = seeds.into_iter().chain(others);
    Target::new("reflection", seeds, read)
        .holding(ROOM)
        .one_in(4)
}

async fn ask(reply: &[u8]) -> Result<String, String> {
    let mut script = vec![Step::Settings(Vec::new()), Step::AwaitHeaders];
    let fields = raw_http2::fields(&[(":status", "200"), ("content-type", "application/grpc")]);
    script.push(Step::Headers { fields, end: false });
    let framed = invoke::message(reply).repeat(3);
    script.extend(framed.chunks(16_384).map(|octets| Step::Data {
        octets: octets.to_vec(),
        end: false,
    }));
    let mut shown = String::new();
    for name in ["a.S/Get", "Get"] {
        let (client, server) = tokio::io::duplex(1 << 22);
        let peer = tokio::spawn(raw_http2::play(server, raw_http2::bytes(&script, 1)));
        let channel = invoke::connect(client).await;
        let deadline = Some(Instant::now() + Duration::from_secs(5));
        let name = MethodName::parse(name).unwrap();
        let (metadata, given) = (Metadata::new(), Given::default());
        let described =
            reflection::beside_files(&channel, &metadata, &given, &name, deadline).await;
        shown += &format!("{:?}", described.map(|described| described.full_name_used));
        drop(channel);
        peer.abort();
    }
    Ok(shown)
}

pub fn sources() -> Target {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("hostile.proto");
    let read = move |input: &[u8]| {
        fs::write(&file, input).unwrap();
        let paths = [directory.path().to_owned()];
        let set =
            compile(std::slice::from_ref(&file), &paths).map_err(|error| format!("{error:?}"))?;
        Ok(format!("{} bytes", set.len()))
    };
    Target::new(".proto", [SMALL, PROTO], read)
        .holding(ROOM)
        .one_in(4)
}

/// A response, in both layouts.
pub fn messages() -> Target {
    let descriptor = everything();
    let texts = [
        r#"{"text":"é","numbers":["-1"],"child":{"child":{"flag":true}},"any":{"@type":"type.googleapis.com/fuzz.v1.Every","text":"x"}}"#,
        r#"{"map":{"a":{"id":1}},"at":"2030-01-01T00:00:00.5Z","struct":{"a":[1,"b",null,{"c":1e3}]},"mask":"a.b","for":"1.5s","wrapped":7,"kind":"SECOND"}"#,
        r#"{"children":[{},{"children":[{"ratio":"NaN"}]}],"bytes":"AA=="}"#,
    ];
    let encoder = grpcauth::internals::Encoder::new(descriptor.clone(), false);
    let seeds = texts.map(|text| encoder.encode_all(text).unwrap()[0].to_vec());
    let read = move |input: &[u8]| {
        let mut length = 0;
        for layout in [Layout::Pretty, Layout::Compact] {
            let mut transcoder = Transcoder::new(descriptor.clone(), true);
            let text = transcoder
                .decode(input, layout)
                .map_err(|error| format!("{error:?}"))?;
            assert!(
                serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(),
                "{text}"
            );
            length += text.len();
        }
        Ok(format!("{length} bytes"))
    };
    Target::new("messages", seeds, read).holding(ROOM)
}

/// `grpc-status-details-bin`, decoded.
pub fn status_details() -> Target {
    let mut details = ErrorDetails::new();
    details
        .set_error_info("EXPIRED", "id.test", [("token".to_owned(), "a".to_owned())])
        .set_retry_info(Some(Duration::from_millis(1500)))
        .set_debug_info(vec!["frame".to_owned()], "debug")
        .set_request_info("request", "data")
        .set_localized_message("de", "abgelaufen");
    details.add_bad_request_violation("field", "missing");
    details.add_quota_failure_violation("subject", "used up");
    let status =
        tonic::Status::with_error_details(tonic::Code::Unauthenticated, "expired", details);
    let pool = everything().parent_pool().clone();
    Target::new(
        "status details",
        [status.details().to_vec()],
        move |input| {
            let decoded = [decode(input, Some(&pool)), decode(input, None)];
            Ok(format!("{decoded:?}"))
        },
    )
}
